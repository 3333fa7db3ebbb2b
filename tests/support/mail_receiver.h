// A receiver and a memory of places for tests of mailbox sources. The receiver checks the contract:
// begin, exactly facts.size bytes, end; or abandon.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "intake/mailbox_source.h"

namespace papertray::testing {

struct ReceivedMail {
  MailFacts facts;
  std::string bytes;
};

class RecordingReceiver : public MailReceiver {
 public:
  void begin(const MailFacts& facts) override {
    require(!open_, "begin within a mail");
    open_ = true;
    mail_ = {facts, ""};
  }
  void write(std::span<const char> bytes) override {
    require(open_, "write outside a mail");
    mail_.bytes.append(bytes.data(), bytes.size());
    largest_piece = std::max(largest_piece, bytes.size());
  }
  void end() override {
    require(open_, "end outside a mail");
    require(mail_.bytes.size() == mail_.facts.size, "a mail's size is not what was told");
    open_ = false;
    mails.push_back(std::move(mail_));
  }
  void abandon() override {
    require(open_, "abandon outside a mail");
    open_ = false;
    ++abandoned;
  }
  void vanished(const Place& place) override {
    require(!open_, "vanished within a mail");
    gone.push_back(place);
  }
  void refused(const Place& place, const std::string& why) override {
    require(!open_, "refused within a mail");
    turned_away.emplace_back(place, why);
  }

  void warning(const std::string& sentence) override { warnings.push_back(sentence); }

  bool open() const { return open_; }

  std::vector<ReceivedMail> mails;
  std::vector<Place> gone;
  std::vector<std::pair<Place, std::string>> turned_away;
  std::vector<std::string> warnings;
  int abandoned = 0;
  std::size_t largest_piece = 0;

 private:
  static void require(bool held, const char* what) {
    if (!held) throw std::logic_error(what);
  }
  bool open_ = false;
  ReceivedMail mail_;
};

// What a store would answer.
class RememberedPlaces : public SeenPlaces {
 public:
  std::uint32_t last_uid(const std::string& account, const std::string& folder,
                         std::uint32_t uidvalidity) const override {
    std::uint32_t last = 0;
    for (const Place& place : places)
      if (place.account == account && place.folder == folder && place.uidvalidity == uidvalidity)
        last = std::max(last, place.uid);
    return last;
  }
  bool seen(const Place& place) const override { return places.contains(place); }
  std::vector<std::uint32_t> unmarked(const std::string& account, const std::string& folder,
                                      std::uint32_t uidvalidity) const override {
    std::vector<std::uint32_t> uids;
    for (const Place& place : places)
      if (place.account == account && place.folder == folder && place.uidvalidity == uidvalidity &&
          !marked.contains(place))
        uids.push_back(place.uid);
    return uids;
  }
  // What the intake does after a fetch, whether it threw or not.
  void record(const RecordingReceiver& receiver) {
    for (const ReceivedMail& mail : receiver.mails)
      places.insert(mail.facts.place);
    for (const Place& place : receiver.gone)
      places.insert(place);
    for (const auto& refused : receiver.turned_away)
      places.insert(refused.first);
  }

  std::set<Place> places;
  std::set<Place> marked;
};

}  // namespace papertray::testing
