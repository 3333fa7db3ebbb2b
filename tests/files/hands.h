// A receiver that keeps what it is given, a memory of places, and a clock set by hand.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"

namespace papertray::test {

class StillClock : public Clock {
 public:
  Time now() const override { return Time(Seconds(1509753599)); }
};

class Memory : public SeenPlaces {
 public:
  std::uint32_t last_uid(const std::string&, const std::string&, std::uint32_t) const override {
    return 0;
  }
  bool seen(const Place& place) const override { return places.contains(place); }
  std::vector<std::uint32_t> unmarked(const std::string&, const std::string&,
                                      std::uint32_t) const override {
    return {};
  }
  std::set<Place> places;
};

struct Mail {
  MailFacts facts;
  std::string bytes;
};

class Keeper : public MailReceiver {
 public:
  void begin(const MailFacts& facts) override {
    open_ = {facts, ""};
    if (on_begin) on_begin(facts);
  }
  void write(std::span<const char> bytes) override {
    open_.bytes.append(bytes.data(), bytes.size());
    if (on_write) on_write(open_);
  }
  void end() override { mails.push_back(std::exchange(open_, {})); }
  void abandon() override { ++abandoned; }
  void vanished(const Place& place) override { gone.push_back(place.name); }
  void refused(const Place& place, const std::string& why) override {
    refusals.emplace_back(place.name, why);
  }

  std::vector<std::string> bodies() const {
    std::vector<std::string> all;
    for (const Mail& mail : mails)
      all.push_back(mail.bytes);
    return all;
  }

  std::vector<Mail> mails;
  std::vector<std::string> gone;
  std::vector<std::pair<std::string, std::string>> refusals;  // name, why
  int abandoned = 0;
  std::function<void(const MailFacts&)> on_begin;
  std::function<void(const Mail&)> on_write;

 private:
  Mail open_;
};

// As the intake does: batch by batch until nothing is left, each mail remembered once its batch is
// through.
inline std::size_t take_all(MailboxSource& source, Memory& memory, Keeper& keeper,
                            const BatchLimits& limits = {}) {
  std::size_t all = 0;
  for (;;) {
    const std::size_t dealt = source.fetch(memory, limits, keeper);
    for (const Mail& mail : keeper.mails)
      memory.places.insert(mail.facts.place);
    all += dealt;
    if (dealt == 0) return all;
  }
}

template <class What>
std::string failure_of(What&& what) {
  try {
    what();
  } catch (const Failure& failure) {
    return failure.error().text;
  }
  return "";
}

}  // namespace papertray::test
