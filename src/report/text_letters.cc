#include <fmt/format.h>

#include "core/printable.h"
#include "report/letters.h"
#include "report/table.h"
#include "report/words.h"

namespace papertray {
namespace {

std::string steps(const std::vector<OutboxStep>& rows, const Look& look) {
  if (rows.empty()) return "";
  Facts facts;
  for (const OutboxStep& row : rows) {
    std::string what = row.ended ? row.state : "under way";
    if (!row.reason.empty()) what += ": " + row.reason;
    if (row.next_try) what += "; next try " + time_text(*row.next_try, look);
    facts.add(time_text(row.ended.value_or(row.begun), look), what);
  }
  return heading("History", look) + facts.text(look, 2);
}

std::string what_became(const OrderedRow& row, bool dry_run) {
  if (!row.now) return fmt::format("{}, and stays so", outbox_state_name(row.was));
  return fmt::format("{} -> {}{}", outbox_state_name(row.was), outbox_state_name(*row.now),
                     dry_run ? " (dry run)" : "");
}

std::string whole_sentence(const OrderedView& view) {
  if (view.dry_run)
    return view.order == Order::pause ? "Nothing would be sent until `papertray outbox resume`."
                                      : "Sending would go on.";
  return view.order == Order::pause ? "Nothing is sent from now on; `papertray outbox resume` ends that."
                                    : "Sending goes on.";
}

}  // namespace

std::string letter_text(const ShownLetter& shown, const std::string& text, const Look& look) {
  const OutboxListRow& row = shown.row;
  std::string out = block(fmt::format("{}  {}", row.id, one_line(row.subject)), look, 0, Tone::strong);
  Facts facts;
  facts.add("to", row.to);
  facts.add("kind", row.kind);
  facts.add("state", outbox_state_name(row.state), tone_of(row.state));
  facts.add("why", row.reason);
  if (row.next_try) facts.add("next try", time_text(*row.next_try, look));
  facts.add("for", row.submission);
  facts.add("answers", shown.message);
  facts.add("written", time_text(row.created, look));
  facts.add("Message-ID", shown.message_id);
  facts.add("X-Papertray-Id", shown.token);
  out += facts.text(look);
  out += steps(shown.steps, look);
  if (shown.bytes.empty()) return out + block("\nIt was never written.", look, 0, Tone::dim);
  return out + heading("Text", look) + block(text, look, 2);
}

std::string ordered_text(const OrderedView& view, const Look& look) {
  std::string text;
  if (view.whole) text += block(whole_sentence(view), look, 0);
  if (!view.rows.empty()) {
    Table table({{"id", 0, 0, true}, {"to", 0, 14}, {"kind", 1}, {"", 0, 24}});
    for (const OrderedRow& row : view.rows)
      table.add({std::to_string(row.id), row.to, row.kind,
                 Cell(what_became(row, view.dry_run), row.now ? Tone::plain : Tone::warn)});
    text += table.text(look);
    for (const OrderedRow& row : view.rows)
      if (!row.now) text += block(fmt::format("{}: {}.", row.id, row.reason), look, 0, Tone::warn);
  }
  if (view.sent)
    text += block(fmt::format("{} sent, {} to be tried again, {} failed.", view.sent->sent,
                              view.sent->waiting, view.sent->failed),
                  look, 0);
  if (!view.paused.empty())
    text += block("Nothing more is sent: " + view.paused +
                      (view.again ? "; it goes on " + relative_text(*view.again, look.now) + " (" +
                                        time_text(*view.again, look) + ")"
                                  : "; `papertray outbox resume` ends that") +
                      ".",
                  look, 0, Tone::warn);
  if (text.empty()) text = block("There was nothing to do.", look, 0);
  return text;
}

}  // namespace papertray
