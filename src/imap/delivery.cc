#include "imap/delivery.h"

#include <algorithm>
#include <utility>

#include "core/printable.h"
#include "imap/uid_set.h"
#include "net/trouble.h"

namespace papertray {

HandOver::HandOver(Session& session, DeliveryOrder order, std::vector<Announced> mails, MailReceiver& to)
    : session_(session), order_(std::move(order)), mails_(std::move(mails)), to_(to) {}

bool HandOver::is_left(std::uint32_t uid) const {
  const auto mail = std::ranges::lower_bound(mails_, uid, {}, &Announced::uid);
  return mail != mails_.end() && mail->uid == uid &&
         mail - mails_.begin() >= static_cast<std::ptrdiff_t>(next_);
}

Place HandOver::place(std::uint32_t uid) const {
  return Place{order_.account, order_.folder, order_.uidvalidity, uid, ""};
}

std::string HandOver::name_of(std::uint32_t uid) const {
  return "the mail with UID " + std::to_string(uid) + " in '" + one_line(order_.folder) + "' on " +
         session_.server();
}

// What the receiver throws is its own failure: it has taken its mail back and is not told to abandon it.
template <typename Call>
void HandOver::to_receiver(Call call) {
  const bool was_open = std::exchange(open_, false);
  call();
  open_ = was_open;
}

void HandOver::settle() {
  for (; !finished(); ++next_) {
    const Announced& mail = mails_[next_];
    if (!mail.there)
      to_.vanished(place(mail.uid));
    else if (mail.size > largest_announced)
      to_.refused(place(mail.uid), name_of(mail.uid) + " has " + std::to_string(mail.size) +
                                       " bytes by the server's word, more than any mail can have; "
                                       "nothing of it was fetched, look at it with a mail client");
    else
      return;
  }
}

std::vector<std::uint32_t> HandOver::left() const {
  std::vector<std::uint32_t> uids;
  for (std::size_t i = next_; i < mails_.size(); ++i) {
    const Announced& mail = mails_[i];
    if (!mail.there || mail.size > largest_announced) continue;
    // Headers have a command of their own, in their turn.
    if (is_oversize(mail)) {
      if (uids.empty()) uids.push_back(mail.uid);
      break;
    }
    uids.push_back(mail.uid);
  }
  return uids;
}

void HandOver::run(bool& one_at_a_time) {
  try {
    for (settle(); !finished(); settle()) {
      const std::vector<std::uint32_t> uids = one_at_a_time ? std::vector{mails_[next_].uid} : left();
      const std::size_t before = next_;
      StatusLine answer = fetch(uids);
      if (out_of_turn_) one_at_a_time = true;
      if (finished() || mails_[next_].uid > uids.back()) continue;
      // Not all came. What has gone meanwhile has vanished, what is left is asked for again.
      look_again();
      if (next_ > before) continue;
      if (uids.size() > 1) {
        // The first of them is there and did not come: only its own command tells why.
        answer = fetch(std::vector{mails_[next_].uid});
        if (next_ > before) continue;
        look_again();
        if (next_ > before) continue;
      }
      to_.refused(place(mails_[next_].uid),
                  name_of(mails_[next_].uid) +
                      " is announced, but the server does not hand over its text (" + words_of(answer) +
                      "); look at it with a mail client");
      ++next_;
    }
  } catch (...) {
    if (std::exchange(open_, false)) to_.abandon();
    throw;
  }
}

// Asks which of the mails not dealt with are still there.
void HandOver::look_again() {
  const std::vector<std::uint32_t> uids = left();
  for (Announced& mail : announce(session_, uids))
    *std::ranges::lower_bound(mails_, mail.uid, {}, &Announced::uid) = std::move(mail);
  settle();
}

StatusLine HandOver::fetch(std::span<const std::uint32_t> uids) {
  StatusLine answer;
  const std::string what =
      is_oversize(mails_[next_]) ? "[HEADER]<0." + std::to_string(largest_header) + ">" : "[]";
  for (const UidSet& set : uid_sets(uids)) {
    asked_ = set.uids.size();
    highest_come_ = 0;
    // PEEK: reading sets no \Seen (RFC 3501 section 6.4.5). UID first, so that the answer names the
    // mail before its bytes come.
    answer = session_.run("UID FETCH " + set.text + " (UID BODY.PEEK" + what + ")", *this);
    if (answer.status != Status::ok) break;
  }
  // NO to a batch may be about one mail (RFC 2180 section 4.1); a server that is in trouble itself
  // (OVERQUOTA, UNAVAILABLE) says so, and no mail is given up for it.
  if (answer.status == Status::bad || is_passing(answer))
    require_ok(answer, session_, Scope::account, "hand over mails of '" + one_line(order_.folder) + "'");
  // Gmail says OK [THROTTLED] and goes on, slower and slower, to a lock-out: what has come is good, and
  // the rest is left for later.
  if (is_passing(answer)) slowed_ = answer;
  if (slowed_)
    throw Failure(Error{Scope::account, Again::later, Exit::try_later,
                        session_.server() + " asks to be left alone for a while (" + words_of(*slowed_) +
                            "); try again later",
                        trouble_of_code(slowed_->code)});
  return answer;
}

void HandOver::status(const StatusLine& line) {
  if (is_passing(line)) slowed_ = line;
}

void HandOver::body_begin(const FetchItems& items, std::uint64_t size) {
  if (finished()) return;
  // Asked for a single mail, a server may name it after its bytes: fetched() compares.
  const std::uint32_t uid = items.uid ? *items.uid : asked_ == 1 ? mails_[next_].uid : 0;
  if (uid == 0) {
    out_of_turn_ = true;
    return;
  }
  const Announced& mail = mails_[next_];
  // A lower one after a higher one: this server does not keep the order.
  if (uid < highest_come_ && is_left(uid)) out_of_turn_ = true;
  highest_come_ = std::max(highest_come_, uid);
  // Another mail's body, unasked, once more, or before its turn: passes by.
  if (uid != mail.uid) return;
  // A header that is not the answer to our asking for one is no mail, and a whole mail no header.
  if (items.header != is_oversize(mail)) return;
  // {0} for a mail that has a size: the server could not read it.
  if (size == 0 && mail.size > 0) return;
  if (size > (items.header ? largest_header : order_.largest)) {
    to_.refused(place(uid), name_of(uid) + " was announced with " + std::to_string(mail.size) +
                                " bytes and comes with " + std::to_string(size) +
                                (items.header ? " of header, more than any" : ", more than any mail") +
                                " may have here; look at it with a mail client");
    ++next_;
    cut_off_ = true;
    throw ConnectionLost(Error{Scope::account, Again::later, Exit::unreachable,
                               session_.server() +
                                   " sends a mail larger than any may be; the connection was "
                                   "given up, the next one goes on behind it",
                               Trouble::other});
  }
  MailFacts facts;
  facts.place = place(uid);
  facts.size = size;  // the literal's length counts, whatever RFC822.SIZE says
  if (items.header) facts.oversize = Oversize{.whole = mail.size, .largest = order_.largest};
  facts.internaldate = mail.internaldate;
  facts.fetched = order_.fetched;
  facts.flags = mail.flags;
  facts.gmail_id = mail.gmail_id;
  facts.spam = order_.spam;
  to_receiver([&] { to_.begin(facts); });
  open_ = true;
}

void HandOver::body_bytes(std::span<const char> bytes) {
  if (open_) to_receiver([&] { to_.write(bytes); });
}

void HandOver::fetched(const FetchItems& items) {
  if (!open_) return;
  const auto refuse = [this](const std::string& why) {
    throw Failure(
        Error{Scope::account, Again::later, Exit::unreachable,
              session_.server() + " " + why + "; the connection was given up and nothing of it was used",
              Trouble::other});
  };
  if (items.uid != mails_[next_].uid) refuse("hands over another mail than the one asked for");
  if (session_.uidvalidity() != order_.uidvalidity)
    refuse("made the folder '" + one_line(order_.folder) + "' anew while it was read");
  to_receiver([&] { to_.end(); });
  open_ = false;
  ++next_;
  settle();
}

}  // namespace papertray
