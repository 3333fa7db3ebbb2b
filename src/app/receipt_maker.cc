#include "app/receipt_maker.h"

#include <utility>

#include "app/rules_file.h"
#include "smtp/compose.h"

namespace papertray {

WrittenReceipt ReceiptMaker::write(const ReceiptOrder& order, const Rules& rules, const Track& track) {
  RenderedReceipt rendered = templates(rules).render(
      order.facts.kind == ReceiptKind::letter ? order.facts.letter
                                              : std::string(receipt_kind_name(order.facts.kind)),
      receipt_view(order.facts, rules, track));
  const std::string address = from_address(rules.from);
  Draft draft;
  draft.from = rules.from;
  draft.to = order.to;
  draft.subject = rendered.subject;
  draft.text = std::move(rendered.text);
  draft.html = std::move(rendered.html);
  draft.boundary = order.token;
  draft.date = order.written;
  draft.message_id = order.token + "@" + address.substr(address.rfind('@') + 1);
  draft.in_reply_to = order.in_reply_to;
  draft.references = order.references;
  // RFC 3834 section 5 and what other systems look for: no machine answers this mail. What organizers
  // send answers no mail of that moment.
  const bool letter = is_letter_kind(order.facts.kind);
  draft.headers = {{"Auto-Submitted", letter ? "auto-generated" : "auto-replied"},
                   {"X-Auto-Response-Suppress", "All"},
                   {"Precedence", "bulk"},
                   {"X-Papertray-Id", order.token}};
  std::string bytes = compose(draft);
  return {.subject = std::move(rendered.subject),
          .message_id = std::move(draft.message_id),
          .bytes = std::move(bytes)};
}

const ReceiptTemplates& ReceiptMaker::templates(const Rules& rules) {
  if (!parsed_ || texts_ != rules.templates) {
    parsed_ = ReceiptTemplates::parse(rules.templates);
    texts_ = rules.templates;
  }
  return *parsed_;
}

}  // namespace papertray
