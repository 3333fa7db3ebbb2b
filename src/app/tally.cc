#include "app/tally.h"

namespace papertray {

void Tally::taken(const TakenMessage& message) {
  switch (message.fate) {
    case Fate::recorded:
      ++counts_.recorded;
      break;
    case Fate::triage:
      ++counts_.triage;
      break;
    case Fate::ignored:
      ++counts_.ignored;
      break;
    case Fate::quarantined:
      ++counts_.quarantined;
      break;
    case Fate::vanished:
      break;  // no message: there are no bytes of it
  }
  next_.taken(message);
}

void Tally::known_already(const std::string& sha256) {
  ++counts_.known;
  next_.known_already(sha256);
}

void Tally::warning(const std::string& sentence) {
  ++counts_.warnings;
  next_.warning(sentence);
}

TakenView Tally::view(const std::string& command, const std::optional<Sent>& sent, bool stopped) const {
  TakenView view = counts_;
  view.command = command;
  view.stopped = stopped;
  if (sent)
    view.receipts = ReceiptCounts{.sent = static_cast<std::int64_t>(sent->accepted),
                                  .waiting = static_cast<std::int64_t>(sent->later + sent->unknown),
                                  .failed = static_cast<std::int64_t>(sent->failed)};
  return view;
}

}  // namespace papertray
