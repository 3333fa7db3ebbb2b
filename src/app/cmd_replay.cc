#include "app/cmd_replay.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/config.h"
#include "app/made_anew.h"
#include "app/readers.h"
#include "app/rules_file.h"
#include "app/signals.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/authentication.h"
#include "core/error.h"
#include "core/printable.h"
#include "log/tar_log.h"
#include "report/replay.h"
#include "store/audit_reader.h"
#include "store/pages_reader.h"

namespace papertray {
namespace {

[[noreturn]] void refuse(const std::string& text, Exit exit = Exit::not_there) {
  throw Failure({Scope::program, Again::person, exit, text});
}

// What tells of mail. What people did names submissions by numbers that other rules give to others, and
// what was sent is no decision.
bool tells_of_mail(const LogEntry& entry) {
  const auto* event = std::get_if<Event>(&entry.what);
  if (!event) return true;
  return std::holds_alternative<RulesLoaded>(event->what) ||
         std::holds_alternative<SeenAgain>(event->what) ||
         std::holds_alternative<Vanished>(event->what) || std::holds_alternative<Refused>(event->what) ||
         std::holds_alternative<PassedBy>(event->what);
}

std::vector<ReplayedMail> decided(const TarLog& log, LogPosition end, const Globals& globals,
                                  std::function<Rules(const RulesLoaded&)> rules) {
  const MadeAnew anew(log, {.end = end, .rules = std::move(rules), .keep = tells_of_mail}, globals,
                      "replay");
  return PagesReader::open(anew.database())->decided();
}

ReplayView look(const Config& config, const Globals& globals, const std::string& file) {
  const std::string path = std::filesystem::absolute(file).lexically_normal().string();
  RulesLoaded loaded = load_rules(path, config.smtp ? config.smtp->from : "");
  loaded.per_address = config.limits.per_address;
  loaded.authserv = authserv_pattern(config.authserv_id);
  const Rules rules = read_rules(loaded);
  const std::unique_ptr<AuditReader> database = AuditReader::open(database_path(config));
  const LogPosition end = database->position();
  const std::vector<ReplayedMail> today = PagesReader::open(database_path(config))->decided();
  const std::unique_ptr<TarLog> log = TarLog::open(log_path(config), end, TarLog::Mode::read);
  const std::vector<ReplayedMail> before = decided(*log, end, globals, rules_of_log);
  const std::vector<ReplayedMail> after =
      decided(*log, end, globals, [&](const RulesLoaded&) { return rules; });
  return {.rules = path,
          .mails = static_cast<std::int64_t>(before.size()),
          .changes = replay_changes(before, after, today)};
}

std::int64_t movable(const ReplayView& view) {
  return std::ranges::count_if(view.changes,
                               [](const auto& change) { return change.step != ReplayStep::none; });
}

// Whoever is to confirm sits at a terminal; others say --yes.
bool confirmed(std::int64_t count, bool yes) {
  return yes || (can_ask() &&
                 ask(fmt::format("Move {} mail{} as shown? [y/N] ", count, count == 1 ? "" : "s")));
}

// The submission that a mail's version lies in today, "" when it has none.
std::string submission_of(const Acting& acting, const ReplayView& view, const std::string& sha256) {
  for (const ReplayChange& change : view.changes)
    if (change.was.sha256 == sha256)
      return acting.reader().message(change.was.id).value().row.submission;
  return "";
}

void route(Acting& acting, const ReplayView& view, const ReplayChange& change,
           const ReplayOptions& options) {
  const MessageStanding standing = acting.message(change.was.id);
  const ActVerdict verdict = judge_route(standing);
  if (verdict.step != Step::act) refuse(verdict.text);
  if (!acting.rules().track(change.now.track))
    refuse(
        fmt::format("the rules in force have no track {}; put {} into papertray.toml and run papertray "
                    "run --once first",
                    change.now.track, one_line(options.rules)));
  std::string into = change.into;
  if (into.empty() && !change.into_mail.empty()) into = submission_of(acting, view, change.into_mail);
  acting.write(Routed{.sha256 = change.was.sha256,
                      .track = change.now.track,
                      .into = into,
                      .receipts = options.quiet_author ? Receipts::off : acting.config().receipts,
                      .note = acting.note(),
                      .command = "replay --apply: route " + standing.id + " " +
                                 (into.empty() ? change.now.track : into)});
}

std::int64_t apply(const Globals& globals, const ReplayView& view, const ReplayOptions& options) {
  Acting acting(globals, options.by, "replay");
  std::int64_t moved = 0;
  for (const ReplayChange& change : view.changes) {
    if (stop_asked()) throw Stopped();
    if (change.step == ReplayStep::route) {
      route(acting, view, change, options);
      ++moved;
    } else if (change.step == ReplayStep::excuse) {
      const Standing standing = acting.required(change.was.submission);
      // One excuse is for all late versions of a submission.
      if (judge_act(ActKind::excuse, standing).step != Step::act) continue;
      Act excuse;
      excuse.kind = ActKind::excuse;
      excuse.id = standing.id;
      excuse.note = acting.note();
      acting.write(Acted{.acts = {excuse}, .command = "replay --apply: excuse " + standing.id});
      ++moved;
    }
  }
  return moved;
}

}  // namespace

int cmd_replay(const Globals& globals, const ReplayOptions& options) {
  if (options.yes && !options.apply) refuse("--yes is for --apply", Exit::usage);
  const Config config = load_config(globals.config, globals.state);
  const std::string zone = present_rules(config).timezone;
  ReplayView view = look(config, globals, options.rules);
  const auto tell = [&] {
    print(globals.json ? replay_json(view) : replay_text(view, look_of(globals, zone)));
  };
  const std::int64_t count = movable(view);
  if (!options.apply || count == 0) {
    tell();
    return static_cast<int>(Exit::done);
  }
  if (!globals.json) tell();
  if (!confirmed(count, options.yes)) {
    if (globals.json) tell();
    complain("nothing was moved; say yes, or --yes where nobody can be asked");
    return static_cast<int>(Exit::not_there);
  }
  view.moved = apply(globals, view, options);
  view.applied = true;
  if (globals.json)
    tell();
  else if (!globals.quiet)
    print(fmt::format("{} moved\n", view.moved));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
