// The effects of the intake, in memory and moved by hand. A mail here is a short text:
//   from:ada@x.example subject:... pdf:CONTENT text:... id:... ref:... to-reply:... bounce:TOKEN ACTION
//   RECIPIENT
// one field a line, which the fake inspector understands instead of MIME.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "intake/clock.h"
#include "intake/inspector.h"
#include "intake/mailbox_source.h"
#include "intake/paper_shelf.h"
#include "intake/receipt_writer.h"
#include "intake/transport.h"
#include "intake/watcher.h"

namespace papertray::testing {

class HandClock : public Clock {
 public:
  Time at{Seconds(1'509'700'000)};  // 3 November 2017, 09:06:40 UTC
  Time now() const override { return at; }
};

// A folder on a server that never was. Mails are numbered from 1.
class FakeMailbox : public MailboxSource {
 public:
  struct Mail {
    std::uint32_t uid;
    std::string bytes;
    Time internaldate;
  };
  std::vector<Mail> mails;
  std::set<std::uint32_t> marked;
  std::string folder = "INBOX";
  bool spam = false;  // the server's folder for it
  std::uint32_t uidvalidity = 7;
  std::uint32_t cut_in_uid = 0;  // the connection breaks in the middle of this mail
  bool cut_by_stop = false;      // it is the ask to stop that breaks it
  bool marking_fails = false;
  std::optional<Error> fetch_fails;
  int looked_at_all = 0;
  std::function<void()> before_mark = [] {};

  void add(const std::string& bytes, Time internaldate);
  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override;
  std::vector<Place> mark(std::span<const Place> places) override;
  void look_at_all() override { ++looked_at_all; }
  std::string name() const override { return "fake"; }
  Place place(std::uint32_t uid) const;

 private:
  std::vector<Place> leftovers_;
};

class FakeInspector : public Inspector {
 public:
  int inspected = 0;
  std::string dies_on;  // a mail holding this text is quarantined
  std::function<void()> before = [] {};
  std::function<void(const std::string& mail)> at_mail = [](const std::string&) {};
  void inspect(std::span<const std::shared_ptr<const MailBytes>> mails,
               const std::function<void(std::size_t, Inspected)>& done) override;
};

// "KIND LABEL vN to TO", with the pages that a check found or the word that it is to come: enough to
// compare.
class FakeReceipts : public ReceiptWriter {
 public:
  std::function<void()> before = [] {};
  WrittenReceipt write(const ReceiptOrder& order, const Rules& rules, const Track& track) override;
};

class FakeShelf : public PaperShelf {
 public:
  std::map<std::string, std::string> papers;
  std::function<void()> before = [] {};
  void put(const std::string& name, const Pieces& pdf, const std::string& text) override;
};

class FakeTransport : public Transport {
 public:
  std::vector<OutgoingMail> sent;  // every attempt
  std::vector<Attempt> answers;    // one each; accepted when they run out
  std::function<void()> before = [] {};
  bool closed = false;
  Attempt deliver(const OutgoingMail& mail) override;
  void close() override { closed = true; }
};

class NotingWatcher : public Watcher {
 public:
  std::vector<TakenMessage> messages;
  std::vector<std::string> warnings;
  void taken(const TakenMessage& message) override { messages.push_back(message); }
  void warning(const std::string& sentence) override { warnings.push_back(sentence); }
};

// Two tracks as the first workshop has them, due 2017-11-03 16:59 PST.
Rules fake_rules();

}  // namespace papertray::testing
