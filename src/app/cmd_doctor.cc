#include "app/cmd_doctor.h"

#include <cerrno>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/config.h"
#include "app/readers.h"
#include "app/sources.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/printable.h"
#include "imap/probe.h"
#include "smtp/probe.h"

namespace papertray {
namespace {

// Below this an evening's mail may not fit.
constexpr std::uint64_t little_room = 1024ULL * 1024 * 1024;

enum class Verdict { ok, warn, fail };

struct Finding {
  Verdict verdict;
  std::string check;  // "rules", "deadline papers due"
  std::string text;   // what is, and what to do when it is not well
};

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::warn:
      return "warn";
    case Verdict::fail:
      return "fail";
  }
  return "fail";
}

class Examination {
 public:
  void add(Verdict verdict, std::string check, std::string text) {
    findings_.push_back({verdict, std::move(check), std::move(text)});
  }
  // A check that throws has failed; the others go on.
  void attempt(const std::string& check, const std::function<void()>& look) {
    try {
      look();
    } catch (const Failure& failure) {
      add(Verdict::fail, check, failure.error().text);
      if (exit_ == Exit::done) exit_ = failure.error().exit;
    }
  }
  const std::vector<Finding>& findings() const { return findings_; }
  Exit exit() const { return exit_; }

 private:
  std::vector<Finding> findings_;
  Exit exit_ = Exit::done;  // of the first failure
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

void look_at_state(Examination& found, const Config& config) {
  make_state_dir(config.state);
  if (::access(config.state.c_str(), R_OK | W_OK | X_OK) != 0)
    throw Failure({Scope::store, Again::person, Exit::cannot_write,
                   fmt::format("{}: {}; mend its permissions", config.state,
                               std::generic_category().message(errno))});
  struct statvfs room = {};
  if (::statvfs(config.state.c_str(), &room) != 0)
    throw Failure({Scope::store, Again::person, Exit::cannot_write,
                   fmt::format("{}: {}", config.state, std::generic_category().message(errno))});
  const std::uint64_t bytes = static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
  found.add(bytes < little_room ? Verdict::warn : Verdict::ok, "state",
            fmt::format("{}, {} MiB free{}", config.state, bytes / (1024 * 1024),
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

void look_at_mailbox(Examination& found, const Config& config) {
  if (!config.mailbox->path.empty()) {
    found.add(::access(config.mailbox->path.c_str(), R_OK) == 0 ? Verdict::ok : Verdict::fail, "mailbox",
              config.mailbox->path);
    return;
  }
  const ImapReport report = probe_imap(imap_settings(*config.mailbox));
  found.add(Verdict::ok, "mailbox",
            fmt::format("{} as {}, {}", report.server, config.mailbox->server.user,
                        fmt::join(report.capabilities, " ")));
  for (const ImapFolderReport& folder : report.folders)
    found.add(folder.there && folder.problem.empty() ? Verdict::ok : Verdict::fail,
              "folder " + folder.name,
              folder.problem.empty() ? fmt::format("{} mails", folder.mails) : folder.problem);
  for (const std::string& remark : report.remarks)
    found.add(Verdict::warn, "mailbox", remark);
}

void look_at_smtp(Examination& found, const Config& config) {
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
    found.add(Verdict::warn, "authserv_id",
              "not set: a forged sender cannot be told from a true one; set [receipts] authserv_id to "
              "the name your "
              "mail server writes into Authentication-Results");
}

std::string as_text(const Examination& found, const Look& look) {
  std::string text;
  for (const Finding& finding : found.findings()) {
    const Tone tone = finding.verdict == Verdict::ok     ? Tone::good
                      : finding.verdict == Verdict::warn ? Tone::warn
                                                         : Tone::bad;
    text += fmt::format("{}  {}: {}\n",
                        painted(fmt::format("{:<4}", verdict_name(finding.verdict)), tone, look.colour),
                        one_line(finding.check), one_line(finding.text));
  }
  return text;
}

std::string as_json(const Examination& found) {
  nlohmann::ordered_json json{{"schema", "papertray/doctor/1"},
                              {"items", nlohmann::ordered_json::array()}};
  for (const Finding& finding : found.findings())
    json["items"].push_back({{"check", valid_utf8(finding.check)},
                             {"verdict", verdict_name(finding.verdict)},
                             {"text", valid_utf8(finding.text)}});
  return json.dump(2) + "\n";
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
    if (config->mailbox) found.attempt("mailbox", [&] { look_at_mailbox(found, *config); });
    if (config->smtp) found.attempt("smtp", [&] { look_at_smtp(found, *config); });
    look_at_receipts(found, *config);
  }
  const Look look = look_of(globals, rules ? rules->timezone : "UTC");
  print(globals.json ? as_json(found) : as_text(found, look));
  for (const Finding& finding : found.findings())
    if (finding.verdict == Verdict::fail)
      return static_cast<int>(found.exit() == Exit::done ? Exit::not_there : found.exit());
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
