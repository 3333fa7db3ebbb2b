#include "intake/tell_check.h"

#include <optional>
#include <variant>

#include "core/fail_point.h"

namespace papertray {

void tell_check(StoreBatch& batch, const Desk& desk, const Event& event) {
  if (const auto* late = std::get_if<CheckLate>(&event.what)) {
    for (const ReceiptDraft& draft : batch.drafts(late->sha256, late->track))
      batch.finish_draft(draft.outbox, std::nullopt);
    return;
  }
  const auto* checked = std::get_if<PaperChecked>(&event.what);
  if (!checked) return;
  const Track* track = desk.rules.track(checked->track);
  for (ReceiptDraft& draft : batch.drafts(checked->sha256, checked->track)) {
    std::optional<WrittenReceipt> written;
    draft.order.facts.checked = checked->paper;
    // Rules that no longer have the track have no words for it: it goes as it is.
    if (track) written = desk.receipts.write(draft.order, desk.rules, *track);
    batch.finish_draft(draft.outbox, written);
    reached("check:letter");
  }
}

}  // namespace papertray
