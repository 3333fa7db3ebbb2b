#include "intake/take_bounce.h"

#include <utility>

#include <fmt/format.h>

namespace papertray {

std::optional<FoundBounce> find_bounce(StoreBatch& batch, const Message& message, Decision& decision) {
  if (decision.fate != Fate::ignored) return std::nullopt;
  Bounce bounce = bounce_of(message);
  if (bounce.kind == BounceKind::none) return std::nullopt;
  const std::optional<SentReceipt> row = batch.outbox_by_token(bounce.token);
  BounceVerdict verdict = judge_bounce(bounce, row);
  decision.fate = verdict.fate;
  decision.reason = verdict.reason;
  decision.trace.push_back(verdict.reason);
  if (!row) return std::nullopt;
  return FoundBounce{std::move(bounce), *row, std::move(verdict)};
}

void take_bounce(StoreBatch& batch, const FoundBounce& found, std::int64_t message) {
  if (found.verdict.fails) {
    batch.bounce_outbox(found.row.id, message,
                        fmt::format("bounced: {} (M-{})", found.bounce.words, message));
  }
  if (!found.verdict.note.empty() && found.row.message != 0)
    batch.add_note(found.row.message, found.verdict.note);
}

}  // namespace papertray
