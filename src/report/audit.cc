#include "report/audit.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/printable.h"
#include "report/words.h"

namespace papertray {
namespace {

// Enough to go and look; --json names all of them.
constexpr std::size_t most_named = 10;

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string mails(std::int64_t count) {
  return counted(count, "mail", "mails");
}

// "12, 15, 16 and 3 more"
std::string named(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i)
    text += (i == 0 ? "" : ", ") + one_line(names[i]);
  if (names.size() > most_named)
    text += fmt::format(" and {} more", grouped(static_cast<std::int64_t>(names.size() - most_named)));
  return text;
}

class Judge {
 public:
  explicit Judge(const AuditView& view) : view_(view) {}

  std::vector<CheckRow> run() {
    log();
    database();
    fates();
    difference();
    papers();
    outbox();
    mailbox();
    return std::move(rows_);
  }

 private:
  void add(Verdict verdict, std::string check, std::string text) {
    rows_.push_back({verdict, std::move(check), std::move(text)});
  }
  void ok(std::string check, std::string text) { add(Verdict::ok, std::move(check), std::move(text)); }
  void fail(std::string check, std::string text) {
    add(Verdict::fail, std::move(check), std::move(text));
  }

  void log() {
    if (!view_.log_problem.empty()) return fail("log", view_.log_problem);
    if (!view_.log) return;
    const AuditLog& log = *view_.log;
    if (!log.damaged.empty())
      return fail(
          "log", fmt::format("{} not as written: {}; put a copy of that segment back from a backup, and "
                             "keep the damaged one",
                             log.damaged.size() == 1
                                 ? "one spot is"
                                 : grouped(static_cast<std::int64_t>(log.damaged.size())) + " spots are",
                             named(log.damaged)));
    ok("log",
       fmt::format("{} and {} in {}, {} bytes, each as it was written{}", mails(log.mails),
                   counted(log.events, "event", "events"), counted(log.segments, "segment", "segments"),
                   grouped(static_cast<std::int64_t>(log.bytes)), not_applied(log)));
  }

  std::string not_applied(const AuditLog& log) const {
    if (log.not_applied == 0) return "";
    return fmt::format("; {} not in the database yet: {}",
                       counted(log.not_applied, "entry is", "entries are"),
                       view_.holder.empty() ? "the next run applies them" : "they are being applied");
  }

  void database() {
    if (!view_.database_problem.empty())
      fail("database",
           view_.database_problem + "; run papertray rebuild, which makes it anew from the log");
    else if (view_.fates)
      ok("database", "its pages, indices and references are sound");
  }

  void fates() {
    if (!view_.fates) return;
    const AuditFates& fates = *view_.fates;
    const std::int64_t all = fates.messages + fates.lost_places;
    const std::int64_t sum =
        fates.recorded + fates.triage + fates.ignored + fates.quarantined + fates.vanished;
    std::string wrong;
    const auto not_well = [&wrong](std::string what) { wrong += (wrong.empty() ? "" : ", ") + what; };
    if (sum != all) not_well(fmt::format("{}, but {} fates", mails(all), grouped(sum)));
    if (fates.logged && *fates.logged != fates.messages)
      not_well(fmt::format("{} in the log, but {}", mails(*fates.logged),
                           counted(fates.messages, "message", "messages")));
    if (fates.places_of_nothing > 0)
      not_well(counted(fates.places_of_nothing, "place", "places") + " whose message is not there");
    if (!wrong.empty())
      return fail("fates",
                  wrong + "; run papertray rebuild, which makes the database anew from the log");
    ok("fates",
       fmt::format("{}, copies counted once, each with one: {} recorded, {} in triage, {} ignored, {} "
                   "quarantined, {} "
                   "vanished",
                   mails(all), grouped(fates.recorded), grouped(fates.triage), grouped(fates.ignored),
                   grouped(fates.quarantined), grouped(fates.vanished)));
  }

  void difference() {
    if (!view_.difference_problem.empty()) return fail("made anew", view_.difference_problem);
    if (!view_.difference) return;
    if (view_.difference->empty())
      return ok("made anew", "a database made anew from the log is the same, row by row");
    fail("made anew", "the database is not what the log says: " + one_line(*view_.difference) +
                          "; run papertray rebuild, which makes it anew and sends nothing twice");
  }

  void papers() {
    if (!view_.papers) return;
    if (view_.wrong_papers.empty())
      return ok("papers", counted(*view_.papers, "file", "files") + " in papers/, each as recorded");
    std::vector<std::string> wrong;
    for (const AuditPaper& paper : view_.wrong_papers)
      wrong.push_back(paper.file + " " + paper.why);
    fail("papers",
         fmt::format("{} of {} in papers/ {} not as recorded: {}; papertray rebuild writes them "
                     "again from the log",
                     grouped(static_cast<std::int64_t>(wrong.size())),
                     counted(*view_.papers, "file", "files"), wrong.size() == 1 ? "is" : "are",
                     named(wrong)));
  }

  void outbox() {
    if (!view_.fates) return;
    if (view_.being_sent == 0) return ok("outbox", "nothing is half sent");
    const std::string receipts = counted(view_.being_sent, "receipt", "receipts");
    if (!view_.holder.empty()) return ok("outbox", receipts + " just being sent by " + view_.holder);
    add(Verdict::warn, "outbox",
        receipts + " being sent when a run was cut off; run papertray run --once, which settles it");
  }

  void mailbox() {
    if (!view_.mailbox_problem.empty()) return fail("mailbox", view_.mailbox_problem);
    for (const AuditFolder& folder : view_.folders)
      look_at(folder);
  }

  void look_at(const AuditFolder& folder) {
    const std::string check = (folder.spam ? "spam folder " : "folder ") + folder.name;
    if (!folder.problem.empty())
      return add(folder.spam ? Verdict::warn : Verdict::fail, check, folder.problem);
    std::string text = mails(folder.mails);
    bool well = true;
    if (!folder.missed.empty()) {
      well = false;
      text += fmt::format(
          "; without a fate, though newer ones have theirs: {} (the daily look of papertray "
          "run takes them in)",
          named(folder.missed));
    }
    if (!folder.waiting.empty() && !view_.holder.empty()) {
      text += fmt::format("; not taken in yet: {} ({} is at work)", named(folder.waiting), view_.holder);
    } else if (!folder.waiting.empty()) {
      well = false;
      text += fmt::format("; not taken in yet: {}; run papertray run --once", named(folder.waiting));
    }
    if (folder.missed.empty() && folder.waiting.empty() && folder.mails > 0)
      text += ", each with a fate";
    if (folder.gone > 0)
      text += fmt::format("; {} more {} been there and {} gone, moved or deleted", grouped(folder.gone),
                          folder.gone == 1 ? "has" : "have", folder.gone == 1 ? "is" : "are");
    add(well ? Verdict::ok : Verdict::fail, check, std::move(text));
  }

  const AuditView& view_;
  std::vector<CheckRow> rows_;
};

}  // namespace

std::vector<CheckRow> audit_rows(const AuditView& view) {
  return Judge(view).run();
}

std::string audit_text(const AuditView& view, const Look& look) {
  const std::vector<CheckRow> rows = audit_rows(view);
  const auto failed = std::ranges::count(rows, Verdict::fail, &CheckRow::verdict);
  return doctor_text(rows, look) +
         block(failed == 0 ? "\nAll of it holds." : "\nNot all of it holds: see the lines with fail.",
               look, 0, failed == 0 ? Tone::good : Tone::bad);
}

}  // namespace papertray
