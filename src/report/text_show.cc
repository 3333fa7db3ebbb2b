#include <fmt/format.h>

#include "core/printable.h"
#include "core/reply_text.h"
#include "report/final_comparison.h"
#include "report/paper_check.h"
#include "report/table.h"
#include "report/text.h"
#include "report/words.h"

namespace papertray {
namespace {

std::string receipts(const std::vector<OutboxListRow>& rows, const Look& look) {
  if (rows.empty()) return "";
  return heading("Written by the desk", look) + outbox_text(rows, look);
}

void add_check(Facts& facts, const std::optional<PaperCheckRow>& check, const Look& look) {
  if (!check) return facts.add("checked", "not yet");
  const CheckedPaper& paper = check->paper;
  facts.add("checked", time_text(check->at, look) + ", style " + check->style);
  facts.add("its title", paper.title);
  facts.add("its authors", paper.authors);
  facts.add("pages", pages_text(paper.verdict));
  if (paper.width > 0)
    facts.add("page size", fmt::format("{:.0f} x {:.0f} pt", paper.width, paper.height));
  if (paper.verdict.findings.empty()) facts.add("findings", "none", Tone::good);
}

std::string version_text(const VersionRow& row, const Look& look, bool full) {
  Facts facts;
  facts.add("received", time_text(row.received, look) + " (" + rfc3339(row.received) + ")");
  facts.add(row.final_copy ? "final due" : "deadline",
            row.final_copy && !row.has_due ? "none"
                                           : margin_text(row.on_time && !row.excused, row.margin_s) +
                                                 (row.excused ? ", excused" : ""),
            row.on_time ? Tone::plain : Tone::bad);
  facts.add("came as", row.merged_from);
  facts.add("file", row.file_name);
  facts.add("kept as", row.file.empty() ? "" : "papers/" + row.file);
  if (row.size > 0) facts.add("size", size_text(row.size));
  facts.add("SHA-256", row.sha256);
  facts.add("mail", row.message);
  if (!row.file.empty()) add_check(facts, row.check, look);
  const int questions = row.file.empty() ? count_questions(row.text) : 0;
  if (questions > 1) facts.add("asks", std::to_string(questions) + " questions");
  std::string text =
      block("Version " + std::to_string(row.version) + (row.final_copy ? ", final copy" : "") +
                (row.counts || row.final_counts ? ", the one that counts" : ""),
            look, 2, row.counts || row.final_counts ? Tone::strong : Tone::plain);
  text += facts.text(look, 4);
  if (row.check) {
    Facts findings;
    add_findings(findings, row.check->paper.verdict.findings);
    text += findings.text(look, 6);
  }
  const bool cut = !row.full_text.empty();
  text += block(full && cut ? row.full_text : row.text, look, 4, Tone::dim);
  if (cut && !full) text += block("(the mail says more: papertray show --full)", look, 4);
  return text;
}

std::string history(const std::vector<HistoryRow>& rows, const Look& look) {
  if (rows.empty()) return "";
  Facts facts;
  for (const HistoryRow& row : rows)
    facts.add(time_text(row.at, look), row.what);
  return heading("History", look) + facts.text(look, 2);
}

std::string places(const std::vector<PlaceRow>& rows, const Look& look) {
  if (rows.empty()) return "";
  Table table({{"account", 2, 10},
               {"folder", 0, 8},
               {"UID", 1, 0, true},
               {"UIDVALIDITY", 3, 0, true},
               {"name", 0, 10},
               {"shown as done", 1}});
  for (const PlaceRow& row : rows)
    table.add({row.account, row.folder, row.uid == 0 ? "" : std::to_string(row.uid),
               row.uidvalidity == 0 ? "" : std::to_string(row.uidvalidity), row.name,
               row.marked ? "yes" : "no"});
  return heading("Seen at", look) + table.text(look, 2);
}

// What a person should know of a submission's mails.
std::string notes(const std::vector<MessageRow>& rows, const Look& look) {
  Facts facts;
  for (const MessageRow& row : rows)
    for (const std::string& note : row.notes)
      facts.add(row.id, note, Tone::warn);
  const std::string text = facts.text(look, 2);
  return text.empty() ? "" : heading("Notes", look) + text;
}

std::string clocks(const ShownMessage& shown, const Look& look) {
  return clocks_block(clock_rows(clocks_of(shown), shown.clock), look);
}

}  // namespace

std::string submission_text(const ShownSubmission& shown, const Look& look, bool full) {
  std::string text = block(shown.id + "  " + one_line(shown.title), look, 0, Tone::strong);
  Facts facts;
  facts.add("track", shown.track);
  facts.add("authors", shown.authors);
  facts.add("corrected", corrected_words(!shown.right_title.empty(), !shown.right_authors.empty()));
  facts.add("from", person_text(shown.submitter_name, shown.submitter));
  if (shown.merged_into.empty())
    facts.add("state", shown.state, tone_of_state(shown.state));
  else if (shown.merged_into == shown.id)
    facts.add("state", "taken back", Tone::warn);
  else
    facts.add("merged into", shown.merged_into, Tone::warn);
  if (shown.panel) facts.add("panel", std::to_string(*shown.panel));
  if (shown.hidden) facts.add("hidden", "on no sheet and no page", Tone::warn);
  text += facts.text(look);
  if (!shown.versions.empty()) text += heading("Versions", look);
  for (const VersionRow& row : shown.versions) {
    text += version_text(row, look, full);
    if (const auto comparison = compared_with_accepted(shown, row))
      text += block("Compared with " + comparison_text(*comparison), look, 4);
  }
  if (!shown.messages.empty())
    text += heading("Mail", look) + messages_text(shown.messages, look) + notes(shown.messages, look);
  text += receipts(shown.outbox, look);
  text += history(shown.history, look);
  return text;
}

std::string message_text(const ShownMessage& shown, const Look& look) {
  const MessageRow& row = shown.row;
  std::string text = block(row.id + "  " + one_line(row.subject), look, 0, Tone::strong);
  Facts facts;
  facts.add("from", person_text(shown.from_name, row.from));
  facts.add("received", time_text(row.received, look) + " (" + rfc3339(row.received) + ")");
  facts.add("fate", fate_name(row.fate), tone_of(row.fate));
  facts.add("why", row.reason);
  facts.add("track", row.track);
  facts.add("belongs to", row.submission);
  facts.add("Message-ID", row.message_id);
  if (shown.oversize)
    facts.add("size",
              size_text(shown.oversize->whole) + "; only its header (" + size_text(shown.size) +
                  ") was taken in, since it is above the limit of " + size_text(shown.oversize->largest),
              Tone::warn);
  else
    facts.add("size", size_text(shown.size));
  facts.add("SHA-256", row.sha256);
  facts.add("found in", spam_folder_text(shown.spam_folder), Tone::warn);
  facts.add("in the log", "segment " + std::to_string(shown.log_segment) + ", byte " +
                              std::to_string(shown.log_offset));
  for (const std::string& note : row.notes)
    facts.add("note", note, Tone::warn);
  text += facts.text(look);
  text += clocks(shown, look);
  text += places(shown.places, look);
  text += receipts(shown.outbox, look);
  text += history(shown.history, look);
  return text;
}

}  // namespace papertray
