// The bodies of one batch, from the server's literals to the receiver.
//
// Order is what makes the highest UID recorded a cursor: a mail is handed over only when every mail
// below it has been dealt with. What comes out of turn passes by and is asked for again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"
#include "imap/folder.h"
#include "imap/response.h"
#include "imap/session.h"
#include "intake/mailbox_source.h"

namespace papertray {

struct DeliveryOrder {
  std::string account;
  std::string folder;
  std::uint32_t uidvalidity = 0;
  Time fetched{};
  std::uint64_t largest = largest_mail;
  bool spam = false;  // the folder is one for spam
};

class HandOver : public ResponseHandler {
 public:
  // `mails` ascending by UID, as announced.
  HandOver(Session& session, DeliveryOrder order, std::vector<Announced> mails, MailReceiver& to);

  // Fetches all of them. `one_at_a_time` is kept for the connection: set once the server answers in
  // an order that does not serve. On any exception the mail that was open has been abandoned.
  void run(bool& one_at_a_time);

  // Mails dealt with: handed over, vanished, refused.
  std::size_t done() const { return next_; }
  // The server began a mail larger than it had announced; the mail is refused and the connection of
  // no use (run has thrown ConnectionLost).
  bool cut_off() const { return cut_off_; }

  void status(const StatusLine& line) override;
  void body_begin(const FetchItems& items, std::uint64_t size) override;
  void body_bytes(std::span<const char> bytes) override;
  void fetched(const FetchItems& items) override;

 private:
  bool finished() const { return next_ == mails_.size(); }
  // Reports what needs no fetching, up to the next mail that does.
  void settle();
  StatusLine fetch(std::span<const std::uint32_t> uids);
  void look_again();
  // Too large to be handed over whole: its header is.
  bool is_oversize(const Announced& mail) const { return mail.size > order_.largest; }
  bool is_left(std::uint32_t uid) const;
  std::vector<std::uint32_t> left() const;
  Place place(std::uint32_t uid) const;
  std::string name_of(std::uint32_t uid) const;
  template <typename Call>
  void to_receiver(Call call);

  Session& session_;
  DeliveryOrder order_;
  std::vector<Announced> mails_;
  MailReceiver& to_;
  std::size_t next_ = 0;            // the first not dealt with
  std::size_t asked_ = 0;           // UIDs in the command under way
  bool open_ = false;               // begun at the receiver, not ended
  std::uint32_t highest_come_ = 0;  // UID of a body, in the command under way
  bool out_of_turn_ = false;        // bodies come in an order, or in a form, that batches cannot use
  bool cut_off_ = false;
  std::optional<StatusLine> slowed_;  // the server told of its trouble beside the mails
};

}  // namespace papertray
