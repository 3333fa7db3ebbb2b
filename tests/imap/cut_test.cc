// One whole session, cut after every byte in either direction, then gone on with: nothing lost, nothing
// doubled, nothing half.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"
#include "imap/uid_set.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::map<std::uint32_t, std::string> mailbox{{10, "Subject: one\r\n\r\npt6 OK done\r\n"},
                                                   {12, "x\r\n* BYE\r\n)\r\n"},
                                                   {13, ""},
                                                   {17, "Subject: four\r\n\r\n)\r\n"}};

std::string set_of(const std::vector<std::uint32_t>& uids) {
  return uid_sets(uids).front().text;
}

const std::string after_search = "pt4 OK\r\n";

// The dialogue of a source that has everything up to `last` and marks what it gets. `searched`: a
// connection made anew in the middle of a pass, which knows already what to fetch.
Script dialogue(std::uint32_t last, bool searched = false) {
  Script script = hello();
  select(script, "pt3", "SELECT \"INBOX\"", 7, 18);
  std::vector<std::uint32_t> uids;
  for (const auto& [uid, mail] : mailbox)
    if (uid > last) uids.push_back(uid);
  if (uids.empty()) return script;
  std::string found;
  for (const std::uint32_t uid : uids)
    found += " " + std::to_string(uid);
  int tag = 3;
  const auto next = [&tag] { return "pt" + std::to_string(++tag); };
  const auto ok = [&tag] { return "pt" + std::to_string(tag) + " OK"; };
  if (!searched) {
    script.client(next() + " UID SEARCH UID " + std::to_string(last + 1) + ":*")
        .server("* SEARCH" + found);
    script.server(ok());
  }
  script.client(next() + " UID FETCH " + set_of(uids) + " " + list_items);
  for (const std::uint32_t uid : uids)
    script.server(announced(1, static_cast<int>(uid), mailbox.at(uid).size()));
  script.server(ok()).client(next() + " UID FETCH " + set_of(uids) + " (UID BODY.PEEK[])");
  for (const std::uint32_t uid : uids)
    script.server(handed(1, static_cast<int>(uid), mailbox.at(uid)));
  script.server(ok());
  script.client(next() + " UID STORE " + set_of(uids) + " +FLAGS.SILENT (\\Seen $Papertray)")
      .server(ok());
  return script;
}

// Whether a cut comes only after the search has been answered.
bool search_is_through(Cut cut) {
  std::size_t client = 0, server = 0;
  const Script whole = dialogue(0);
  for (const Script::Step& step : whole.steps()) {
    (step.from_client ? client : server) += step.bytes.size();
    if (step.bytes == after_search) break;
  }
  return cut.after_server >= server && cut.after_client >= client;
}

// As the intake does it: what came whole is recorded, whether the fetch ended well or not.
struct Desk {
  FixedClock clock;
  RememberedPlaces seen;
  std::vector<ReceivedMail> mails;

  // One run with connections cut like this (the first only); true when it went through.
  bool run(Cut cut) {
    int connections = 0;
    ImapSource source(settings({After::Kind::flag, ""}), clock, [&](const Server&) {
      const bool first = ++connections == 1;
      const Script script =
          dialogue(seen.last_uid(inbox(1).account, "INBOX", 7), !first && search_is_through(cut));
      return std::make_unique<ScriptedWire>(script, 7, first ? cut : Cut{});
    });
    for (;;) {
      RecordingReceiver got;
      std::optional<std::size_t> dealt;
      try {
        dealt = source.fetch(seen, {}, got);
      } catch (const Failure& failure) {
        CHECK(failure.error().scope == Scope::account);
      }
      CHECK_FALSE(got.open());
      CHECK(got.gone.empty());
      CHECK(got.turned_away.empty());
      seen.record(got);
      std::vector<Place> places;
      for (const ReceivedMail& mail : got.mails) {
        places.push_back(mail.facts.place);
        mails.push_back(mail);
      }
      if (!dealt) return false;
      if (*dealt == 0) return true;
      // Not marked is no harm: asserted nowhere.
      for (const Place& place : places)
        seen.marked.insert(place);
      try {
        source.mark(places);
      } catch (const Failure& failure) {
        CHECK(failure.error().scope == Scope::account);
        return false;
      }
    }
  }

  void require_everything_once() const {
    REQUIRE(mails.size() == mailbox.size());
    auto expected = mailbox.begin();
    for (const ReceivedMail& mail : mails) {
      CHECK(mail.facts.place == inbox(expected->first));
      CHECK(mail.bytes == expected->second);
      ++expected;
    }
  }
};

void cut_and_go_on(Cut cut) {
  Desk desk;
  if (!desk.run(cut)) {
    // A run that was cut leaves marks to do, which the next one's script does not have.
    for (const Place& place : desk.seen.places)
      desk.seen.marked.insert(place);
    CHECK(desk.run({}));
  }
  desk.require_everything_once();
}

}  // namespace

TEST_CASE("uncut, everything comes once") {
  Desk desk;
  CHECK(desk.run({}));
  desk.require_everything_once();
}

TEST_CASE("cut after every byte of the server") {
  const std::size_t bytes = dialogue(0).bytes_of(false);
  CHECK(bytes > 500);
  for (std::size_t after = 0; after <= bytes; ++after) {
    CAPTURE(after);
    cut_and_go_on({.after_server = after});
  }
}

TEST_CASE("cut after every byte of the client") {
  const std::size_t bytes = dialogue(0).bytes_of(true);
  CHECK(bytes > 100);
  for (std::size_t after = 0; after <= bytes; ++after) {
    CAPTURE(after);
    cut_and_go_on({.after_client = after});
  }
}
