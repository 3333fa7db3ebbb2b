#include "core/printable.h"
#include "report/text.h"
#include "report/words.h"

namespace papertray {
namespace {

std::string head(const ExplainView& view, const Look& look) {
  Facts facts;
  facts.add("from", person_text(view.from_name, view.from));
  facts.add("Message-ID", view.message_id);
  facts.add("size", size_text(view.size));
  facts.add("SHA-256", view.sha256);
  facts.add("found in", spam_folder_text(view.spam_folder), Tone::warn);
  return block(one_line(view.what) + "  " + one_line(view.subject), look, 0, Tone::strong) +
         facts.text(look);
}

std::string clocks(const ExplainView& view, const Look& look) {
  Facts facts;
  facts.add("note", view.received.note, Tone::warn);
  return clocks_block(clock_rows(view.clocks, clock_name(view.received.clock)), look) +
         facts.text(look, 2);
}

// The steps in their order, numbered.
std::string trace(const ExplainView& view, const Look& look) {
  if (view.decision.trace.empty()) return "";
  Facts facts;
  for (std::size_t i = 0; i < view.decision.trace.size(); ++i)
    facts.add(std::to_string(i + 1) + ".", view.decision.trace[i]);
  return heading("Steps", look) + facts.text(look, 2);
}

std::string decision(const ExplainView& view, const Look& look) {
  const Decision& made = view.decision;
  Facts facts;
  facts.add("fate", fate_name(made.fate), tone_of(made.fate));
  facts.add("why", made.reason);
  facts.add("track", made.track);
  if (!view.submission.empty())
    facts.add("becomes", view.version > 0 ? view.submission + ", version " + std::to_string(view.version)
                                          : view.submission);
  facts.add("because", view.match_reason);
  facts.add("look at", view.match_note, Tone::warn);
  for (const std::string& note : made.notes)
    facts.add("note", note, Tone::warn);
  for (const std::string& note : view.notes)
    facts.add("odd", note, Tone::warn);
  facts.add("may reply",
            view.may_reply.yes ? "yes, to " + view.may_reply.to : "no: " + view.may_reply.reason,
            view.may_reply.yes ? Tone::good : Tone::warn);
  // What is recorded may say more than the decision (which submission it joined), never less.
  if (view.recorded_fate &&
      (*view.recorded_fate != made.fate || !view.recorded_reason.starts_with(made.reason)))
    facts.add("on record",
              std::string(fate_name(*view.recorded_fate)) +
                  (view.recorded_reason.empty() ? "" : ": " + view.recorded_reason),
              *view.recorded_fate == made.fate ? Tone::plain : Tone::warn);
  if (!view.recorded_fate) facts.add("on record", "nothing: this mail has not been taken in");
  return heading("Decision", look) + facts.text(look, 2);
}

}  // namespace

std::string explain_text(const ExplainView& view, const Look& look) {
  return head(view, look) + clocks(view, look) + trace(view, look) + decision(view, look);
}

}  // namespace papertray
