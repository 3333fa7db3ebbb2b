#include "app/audit_disk.h"

#include <functional>
#include <set>

#include <fmt/format.h>

#include "app/made_anew.h"
#include "app/signals.h"
#include "app/workspace.h"
#include "core/error.h"
#include "log/file.h"
#include "log/segments.h"
#include "log/tar_log.h"

namespace papertray {
namespace {

void stop_when_asked() {
  if (stop_asked()) throw Stopped();
}

// Whatever the desk's own files make fail is a finding. Being asked to stop is none.
void attempt(std::string& problem, const std::function<void()>& look) {
  try {
    look();
  } catch (const Stopped&) {
    throw;
  } catch (const Failure& failure) {
    if (failure.error().scope == Scope::program) throw;
    problem = failure.error().text;
  }
}

// What the log holds, and how much of it the database has reached.
AuditLog read_log(const TarLog& log, const std::string& dir, LogPosition reached,
                  std::int64_t& different_mails) {
  AuditLog view;
  for (const LogDamage& spot : log.verify())
    view.damaged.push_back(spot.what);
  const std::uint32_t last = last_segment(dir);
  view.segments = last;
  for (std::uint32_t segment = 1; segment <= last; ++segment)
    view.bytes += File::to_read(segment_path(dir, segment)).size();
  if (!view.damaged.empty()) return view;
  std::set<std::string> sha256;
  log.read_from({}, [&](const LogEntry& entry) {
    stop_when_asked();
    const auto* mail = std::get_if<LoggedMail>(&entry.what);
    ++(mail ? view.mails : view.events);
    if (entry.end > reached)
      ++view.not_applied;
    else if (mail)
      sha256.insert(mail->sha256);
    return true;
  });
  different_mails = static_cast<std::int64_t>(sha256.size());
  return view;
}

std::string compare(const TarLog& log, const AuditReader& database, const Globals& globals) {
  const MadeAnew anew(log, {.end = database.position()}, globals, "audit");
  return database.difference_from(anew.database());
}

void look_at_log(AuditView& view, const Config& config, const Globals& globals,
                 const AuditReader* database) {
  const std::string dir = log_path(config);
  std::unique_ptr<TarLog> log;
  attempt(view.log_problem, [&] {
    const LogPosition reached = database ? database->position() : LogPosition{};
    log = TarLog::open(dir, reached, TarLog::Mode::read);
    std::int64_t different_mails = 0;
    view.log = read_log(*log, dir, reached, different_mails);
    if (view.fates && view.log->damaged.empty()) view.fates->logged = different_mails;
  });
  if (!database) return;
  if (!view.log || !view.log->damaged.empty()) {
    view.difference_problem = "not compared: the log must be mended first";
    return;
  }
  attempt(view.difference_problem, [&] { view.difference = compare(*log, *database, globals); });
}

}  // namespace

void audit_disk(AuditView& view, const Config& config, const Globals& globals,
                const AuditReader* database) {
  if (database)
    attempt(view.database_problem, [&] {
      view.database_problem = database->fault();
      const FateCounts counts = database->fates();
      view.fates = {.messages = counts.messages,
                    .lost_places = counts.lost_places,
                    .recorded = counts.recorded,
                    .triage = counts.triage,
                    .ignored = counts.ignored,
                    .quarantined = counts.quarantined,
                    .vanished = counts.vanished,
                    .places_of_nothing = counts.places_of_nothing,
                    .logged = std::nullopt};
      view.being_sent = database->being_sent();
    });
  look_at_log(view, config, globals, database);
  if (database)
    attempt(view.database_problem, [&] { audit_papers(view, papers_path(config), *database); });
}

}  // namespace papertray
