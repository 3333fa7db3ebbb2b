#include "intake/fetch.h"

#include <utility>

namespace papertray {

BatchWriter::BatchWriter(Log& log, const Known& known, const Clock& clock, Watcher& watcher,
                         Receipts receipts)
    : log_(log), known_(known), clock_(clock), watcher_(watcher), receipts_(receipts) {}

void BatchWriter::begin(const MailFacts& facts) {
  open_ = facts;
  open_.fetched = clock_.now();
  // An answer would tell a forger, or a spammer, that somebody reads here.
  open_.receipts = open_.spam ? Receipts::off : receipts_;
  log_.begin_mail(open_);
}

void BatchWriter::write(std::span<const char> bytes) {
  log_.write(bytes);
}

void BatchWriter::end() {
  const std::string sha256 = log_.written_sha256();
  watcher_.fetched(open_.size);
  // Only what is whole in the log may be shown as done; in a spam folder nothing is touched.
  const auto show = [this] {
    if (!open_.spam) places_.push_back(open_.place);
  };
  if (fresh_.contains(sha256) || known_.has_message(sha256)) {
    log_.abandon_mail();
    watcher_.known_already(sha256);
    // The same place with the same bytes tells nothing new; a second import leaves the log as it is.
    if (!known_.seen(open_.place))
      append({clock_.now(), "papertray", SeenAgain{.sha256 = sha256, .facts = open_}});
    show();
    return;
  }
  LoggedMail mail = log_.end_mail();
  const LogPosition end = mail.end;
  entries_.push_back({end, std::move(mail)});
  fresh_.insert(sha256);
  show();
}

void BatchWriter::abandon() {
  log_.abandon_mail();
}

void BatchWriter::vanished(const Place& place) {
  append({clock_.now(), "papertray", Vanished{place}});
}

void BatchWriter::refused(const Place& place, const std::string& why) {
  watcher_.warning(why);
  // A UID is passed once and for all, so its fate is written down. A file can be read another time.
  if (place.uid != 0) append({clock_.now(), "papertray", Refused{.place = place, .why = why}});
}

void BatchWriter::warning(const std::string& sentence) {
  watcher_.warning(sentence);
}

void BatchWriter::append(Event event) {
  const LogPosition end = log_.append(event);
  entries_.push_back({end, std::move(event)});
}

}  // namespace papertray
