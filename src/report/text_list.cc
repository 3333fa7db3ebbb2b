#include <algorithm>

#include "report/table.h"
#include "report/text.h"
#include "report/words.h"
#include "report/wrap.h"

namespace papertray {
namespace {

std::string sentence(const char* text, const Look& look) {
  return block(text, look, 0);
}

// What an outbox row tells besides its state: why, or when it is tried next.
std::string outbox_remark(const OutboxListRow& row, const Look& look) {
  if (!row.next_try) return row.reason;
  const std::string next = "next try " + relative_text(*row.next_try, look.now);
  return row.reason.empty() ? next : next + ": " + row.reason;
}

// What is recorded, but may be another's, with the command that says so.
std::string open_notes_text(const std::vector<MessageRow>& rows, const Look& look) {
  Facts facts;
  for (const MessageRow& row : rows)
    for (const std::string& note : row.open_notes)
      facts.add(row.submission.empty() ? row.id : row.id + " " + row.submission, note, Tone::warn);
  const std::string text = facts.text(look, 2);
  return text.empty() ? "" : heading("To decide", look) + text;
}

// What can be done about them is the same for each, so the first one stands for all.
std::string quarantine_text(const std::vector<MessageRow>& rows, const Look& look) {
  std::string text;
  for (const bool with_bytes : {true, false}) {
    const auto found = std::ranges::find_if(rows, [&](const MessageRow& row) {
      return row.fate == Fate::quarantined && row.id.empty() != with_bytes;
    });
    if (found != rows.end()) text += block(quarantine_advice(found->id), look, 2);
  }
  return text.empty() ? "" : heading("In quarantine", look) + text;
}

}  // namespace

void papers_text(const PaperRows& rows, const Look& look, const TextSink& to) {
  constexpr std::size_t received = 4;
  Table table({{"id", 0},
               {"title", 0, 24},
               {"from", 3, 16},
               {"v", 4, 0, true},
               {"received", 5},
               {"deadline", 1},
               {"state", 2},
               {"pages", 6, 0, true},
               {"findings", 7, 0, true}},
              look);
  LocalClock clock(look.zone);
  bool none = true;
  rows([&](const PaperRow& row) {
    none = false;
    table.add(
        {row.id, row.title.empty() ? Cell("(no title)", Tone::dim) : Cell(row.title), row.submitter,
         std::to_string(row.versions),
         table.shows(received) ? minute_text(row.received, clock) : std::string(),
         Cell(short_lateness_text(row.on_time, row.margin_s), row.on_time ? Tone::plain : Tone::bad),
         Cell(row.state, tone_of_state(row.state)), row.pages ? std::to_string(*row.pages) : "-",
         Cell(std::to_string(row.findings), row.findings > 0 ? Tone::warn : Tone::plain)});
  });
  if (none) return to(sentence("There are no papers to list.", look));
  table.write(look, to);
}

std::string papers_text(const std::vector<PaperRow>& rows, const Look& look) {
  std::string text;
  papers_text(from(rows), look, [&](std::string_view piece) { text += piece; });
  return text;
}

std::string questions_text(const std::vector<QuestionRow>& rows, const Look& look) {
  if (rows.empty()) return sentence("There are no questions to list.", look);
  Table table({{"id", 0},
               {"question", 0, 34},
               {"from", 1, 14},
               {"received", 3},
               {"deadline", 4},
               {"panel", 2, 0, true}});
  LocalClock clock(look.zone);
  for (const QuestionRow& row : rows)
    table.add({row.id, row.text, row.asker, minute_text(row.received, clock),
               Cell(row.on_time ? "on time" : "late", row.on_time ? Tone::plain : Tone::bad),
               row.hidden  ? "hidden"
               : row.panel ? std::to_string(*row.panel)
                           : "-"});
  return table.text(look);
}

std::string messages_text(const std::vector<MessageRow>& rows, const Look& look) {
  if (rows.empty()) return sentence("There are no messages to list.", look);
  Table table({{"id", 0},
               {"subject", 0, 24},
               {"from", 2, 16},
               {"received", 4},
               {"fate", 1},
               {"as", 3},
               {"why", 5, 24}});
  LocalClock clock(look.zone);
  for (const MessageRow& row : rows)
    table.add({row.id, row.subject, row.from, minute_text(row.received, clock),
               Cell(fate_name(row.fate), tone_of(row.fate)),
               row.submission.empty() ? row.track : row.submission, row.reason});
  return table.text(look);
}

std::string triage_text(const std::vector<MessageRow>& rows, const Look& look) {
  if (rows.empty()) return sentence("Nothing waits in triage.", look);
  Table table({{"id", 0}, {"subject", 0, 24}, {"from", 2, 16}, {"received", 3}, {"why", 1, 24}});
  LocalClock clock(look.zone);
  for (const MessageRow& row : rows)
    table.add({row.id, row.subject, row.from, minute_text(row.received, clock), row.reason});
  return table.text(look) + open_notes_text(rows, look) + quarantine_text(rows, look);
}

std::string outbox_text(const std::vector<OutboxListRow>& rows, const Look& look) {
  if (rows.empty()) return sentence("The outbox is empty.", look);
  Table table({{"id", 0, 0, true},
               {"to", 0, 14},
               {"kind", 2},
               {"for", 3},
               {"state", 0},
               {"tries", 4, 0, true},
               {"remark", 1, 24}});
  for (const OutboxListRow& row : rows)
    table.add({std::to_string(row.id), row.to, row.kind, row.submission,
               Cell(outbox_state_name(row.state), tone_of(row.state)), std::to_string(row.attempts),
               outbox_remark(row, look)});
  return table.text(look);
}

}  // namespace papertray
