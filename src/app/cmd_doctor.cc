#include "app/cmd_doctor.h"

#include <cerrno>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/config.h"
#include "app/readers.h"
#include "app/sources.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "imap/probe.h"
#include "report/doctor.h"
#include "smtp/probe.h"

namespace papertray {
namespace {

// Below this an evening's mail may not fit.
constexpr std::uint64_t little_room = 1024ULL * 1024 * 1024;

class Examination {
 public:
  void add(Verdict verdict, std::string check, std::string text) {
    rows_.push_back({verdict, std::move(check), std::move(text)});
    if (verdict == Verdict::fail && exit_ == Exit::done) exit_ = Exit::not_there;
  }
  // A check that throws has failed; the others go on.
  void attempt(const std::string& check, const std::function<void()>& look) {
    try {
      look();
    } catch (const Failure& failure) {
      if (exit_ == Exit::done) exit_ = failure.error().exit;
      add(Verdict::fail, check, failure.error().text);
    }
  }
  const std::vector<CheckRow>& rows() const { return rows_; }
  Exit exit() const { return exit_; }  // of the first failure

 private:
  std::vector<CheckRow> rows_;
  Exit exit_ = Exit::done;
};

void look_at_deadlines(Examination& found, const Rules& rules) {
  for (const Track& track : rules.tracks)
    for (const auto& [kind, due] :
         {std::pair("due", track.due), std::pair("final_due", track.final_due)}) {
      if (!due) continue;
      const std::string reading = fmt::format("\"{}\" ends {} ({})", due->text, rfc3339(due->last),
                                              local_text(due->last, rules.timezone));
      found.add(due->remark.empty() ? Verdict::ok : Verdict::warn,
                fmt::format("deadline {} {}", track.id, kind),
                due->remark.empty() ? reading : reading + ": " + due->remark);
    }
}

// The folder, or where it will be made: doctor makes nothing, lest it belong to whoever ran doctor.
std::string nearest_there(std::string path) {
  std::error_code error;
  while (!std::filesystem::exists(path, error) && path != "/")
    path = std::filesystem::path(path).parent_path().string();
  return path;
}

void look_at_state(Examination& found, const Config& config) {
  const std::string folder = nearest_there(config.state);
  const auto cannot = [&folder](const std::string& what) {
    throw Failure(
        {Scope::store, Again::person, Exit::cannot_write,
         fmt::format("{}: {}; mend its permissions, or name another folder as state", folder, what)});
  };
  struct statvfs room = {};
  if (std::error_code error; !std::filesystem::is_directory(folder, error)) cannot("is no folder");
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0 || ::statvfs(folder.c_str(), &room) != 0)
    cannot(std::generic_category().message(errno));
  const std::uint64_t bytes = static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
  found.add(
      bytes < little_room ? Verdict::warn : Verdict::ok, "state",
      fmt::format("{}{}, {} MiB free{}", config.state,
                  folder == config.state ? "" : ", to be made at the first run", bytes / (1024 * 1024),
                  bytes < little_room ? "; make room, a deadline night brings much" : ""));
}

void look_at_sandbox(Examination& found, const Globals& globals) {
  WorkerOptions options = inspector_options(globals);
  WorkerInspector inspector(options);
  std::string standing;
  std::string missing;
  for (const LayerLine& layer : describe(inspector.layers())) {
    std::string& list = layer.stands ? standing : missing;
    list += (list.empty() ? "" : ", ") + layer.name +
            (layer.remark.empty() ? "" : " (" + layer.remark + ")");
  }
  found.add(missing.empty() ? Verdict::ok : Verdict::warn, "sandbox",
            standing + (missing.empty() ? "" : "; missing: " + missing));
}

// An mbox comes into being with its first mail; a Maildir should be there.
void look_at_files(Examination& found, const MailboxConfig& mailbox) {
  if (::access(mailbox.path.c_str(), R_OK) == 0) return found.add(Verdict::ok, "mailbox", mailbox.path);
  const int error = errno;
  if (mailbox.mbox && error == ENOENT)
    return found.add(Verdict::warn, "mailbox", mailbox.path + " is not there yet; check [mailbox] url");
  found.add(Verdict::fail, "mailbox",
            fmt::format("{}: {}; check [mailbox] url and the permissions", mailbox.path,
                        std::generic_category().message(error)));
}

void look_at_mailbox(Examination& found, const Config& config) {
  if (!config.mailbox)
    return found.add(
        Verdict::warn, "mailbox",
        "none: papertray import works without, papertray run wants a [mailbox] in " + config.file);
  if (!config.mailbox->path.empty()) return look_at_files(found, *config.mailbox);
  const ImapReport report = probe_imap(imap_settings(*config.mailbox));
  found.add(Verdict::ok, "mailbox",
            fmt::format("{} as {}, {}", report.server, config.mailbox->server.user,
                        fmt::join(report.capabilities, " ")));
  for (const ImapFolderReport& folder : report.folders)
    found.add(folder.there && folder.problem.empty() ? Verdict::ok
              : folder.spam                          ? Verdict::warn
                                                     : Verdict::fail,
              (folder.spam ? "spam folder " : "folder ") + folder.name,
              folder.problem.empty() ? fmt::format("{} mails", folder.mails) : folder.problem);
  for (const std::string& remark : report.remarks)
    found.add(Verdict::warn, "mailbox", remark);
}

void look_at_smtp(Examination& found, const Config& config) {
  if (!config.smtp) return;  // receipts are off then, which is told
  if (!config.smtp->maildir.empty()) {
    found.add(Verdict::ok, "smtp", "receipts are written into " + config.smtp->maildir + ", not sent");
    return;
  }
  const SmtpProbe probe = probe_smtp(config.smtp->server);
  found.add(Verdict::ok, "smtp",
            fmt::format("{}; {}, {}", host_and_port(config.smtp->server.url),
                        probe.encrypted ? "encrypted" : "not encrypted",
                        probe.logged_in ? "logged in" : "no login"));
}

void look_at_receipts(Examination& found, const Config& config) {
  if (config.receipts == Receipts::off) {
    found.add(Verdict::warn, "receipts",
              "off: authors hear nothing; set [receipts] mode = \"send\" when you are ready");
    return;
  }
  if (config.receipts == Receipts::hold)
    found.add(Verdict::warn, "receipts", "held: they are queued until you send them");
  if (config.authserv_id.empty())
    found.add(
        Verdict::warn, "authserv_id",
        fmt::format("not set: a forged sender cannot be told from a true one and may be sent up to {} "
                    "receipts a day; set [receipts] authserv_id to \"gmail\", \"outlook\", "
                    "\"fastmail\" or the name that your mail server writes first into "
                    "Authentication-Results",
                    config.limits.per_address));
  else
    found.add(Verdict::ok, "authserv_id",
              fmt::format("only mail that {} confirms is answered; what fails waits in triage",
                          config.authserv_id));
}

}  // namespace

int cmd_doctor(const Globals& globals) {
  Examination found;
  std::optional<Config> config;
  std::optional<Rules> rules;
  found.attempt("configuration", [&] {
    config = load_config(globals.config, globals.state);
    found.add(Verdict::ok, "configuration", config->file);
  });
  if (config) {
    found.attempt("rules", [&] {
      rules = present_rules(*config);
      found.add(Verdict::ok, "rules",
                fmt::format("{}: {}, {} tracks", config->rules, rules->workshop, rules->tracks.size()));
    });
    if (rules) look_at_deadlines(found, *rules);
    found.attempt("state", [&] { look_at_state(found, *config); });
    found.attempt("sandbox", [&] { look_at_sandbox(found, globals); });
    found.attempt("mailbox", [&] { look_at_mailbox(found, *config); });
    found.attempt("smtp", [&] { look_at_smtp(found, *config); });
    look_at_receipts(found, *config);
  }
  print(globals.json ? doctor_json(found.rows())
                     : doctor_text(found.rows(), look_of(globals, rules ? rules->timezone : "UTC")));
  return static_cast<int>(found.exit());
}

}  // namespace papertray
