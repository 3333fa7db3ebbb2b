#include "intake/fetch.h"

#include <utility>

#include <fmt/format.h>

#include "core/printable.h"

namespace papertray {
namespace {

// A mail is being worked on; whatever ends that ends the note of it, but for a death.
class Arriving {
 public:
  Arriving(Arrivals& arrivals, PlaceKey place, Log& log) : arrivals_(arrivals) {
    try {
      arrivals_.enter(place);
    } catch (...) {
      log.abandon_mail();  // who throws has taken its mail back
      throw;
    }
  }
  ~Arriving() {
    if (!goes_on_) arrivals_.leave();
  }
  Arriving(const Arriving&) = delete;
  Arriving& operator=(const Arriving&) = delete;
  // Nothing is waited for before the next step.
  void goes_on() { goes_on_ = true; }

 private:
  Arrivals& arrivals_;
  bool goes_on_ = false;
};

std::string died_at(const Place& place) {
  return (place.uid != 0 ? fmt::format("the mail with UID {} in '{}' on {}", place.uid,
                                       one_line(place.folder), one_line(place.account))
                         : fmt::format("{} {}", one_line(place.account), one_line(place.name))) +
         ": papertray ended three times while it came in, so it is left where it is, unread; look at it "
         "there, save it to a file and import that, and please report this";
}

}  // namespace

BatchWriter::BatchWriter(Log& log, const Known& known, const Clock& clock, Watcher& watcher,
                         Receipts receipts, Arrivals& arrivals)
    : log_(log),
      known_(known),
      clock_(clock),
      watcher_(watcher),
      receipts_(receipts),
      arrivals_(arrivals) {}

void BatchWriter::begin(const MailFacts& facts) {
  open_ = facts;
  key_ = key_of(open_.place);
  written_ = 0;
  left_out_ = arrivals_.deaths(key_) >= deaths_of_an_arrival;
  if (left_out_) return;
  open_.fetched = clock_.now();
  // An answer would tell a forger, or a spammer, that somebody reads here.
  open_.receipts = open_.spam ? Receipts::off : receipts_;
  log_.begin_mail(open_);
}

void BatchWriter::write(std::span<const char> bytes) {
  if (left_out_) return;
  Arriving arriving(arrivals_, key_, log_);
  log_.write(bytes);
  written_ += bytes.size();
  if (written_ == open_.size) arriving.goes_on();
}

void BatchWriter::end() {
  if (left_out_) return leave_out();
  const Arriving arriving(arrivals_, key_, log_);
  take();
  arrivals_.acquit(key_);
}

void BatchWriter::leave_out() {
  refused(open_.place, died_at(open_.place));
  // A UID has its fate now. A file has none, and would be tried again.
  if (open_.place.uid != 0) arrivals_.acquit(key_);
}

void BatchWriter::take() {
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
  if (!left_out_) log_.abandon_mail();
  arrivals_.leave();
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
