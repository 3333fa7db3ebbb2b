// The program is asked to end while a server stalls: what came whole is kept, nothing is waited for
// longer than an answer takes that is on its way.
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"
#include "net/server.h"
#include "support/stop_descriptor.h"

using namespace papertray;
using namespace papertray::testing;
using std::chrono::milliseconds;

namespace {

struct Stoppable {
  explicit Stoppable(const Script& script) : talk({script, script}, watching(stop)) {
    talk.seen.places.insert(inbox(10));
    talk.seen.marked = talk.seen.places;
  }
  static ImapSettings watching(const StopDescriptor& stop) {
    ImapSettings with = settings();
    with.server.stop = stop.fd();
    return with;
  }

  StopDescriptor stop;
  Talk talk;
};

Script up_to_the_bodies() {
  Script script = hello("IMAP4rev1 IDLE");
  select(script);
  script.client("pt4 UID SEARCH UID 11:*").server("* SEARCH 11 12").server("pt4 OK");
  script.client("pt5 UID FETCH 11:12 " + list_items);
  script.server(announced(1, 11, 3)).server(announced(2, 12, 5)).server("pt5 OK");
  return script.client("pt6 UID FETCH 11:12 (UID BODY.PEEK[])");
}

const std::string half = "* 2 FETCH (UID 12 BODY[] {5}\r\nha";

}  // namespace

TEST_CASE("a server that stalls in the middle of a mail: the mails before it are kept") {
  Stoppable with(up_to_the_bodies().server(handed(1, 11, "one")).raw(half).woken().quiet());
  CHECK_THROWS_AS(with.talk.fetch(), Stopped);
  REQUIRE(with.talk.got.mails.size() == 1);
  CHECK(with.talk.got.mails[0].bytes == "one");
  CHECK(with.talk.got.abandoned == 1);
  // Nobody logs in to say that the mail is done.
  with.talk.seen.record(with.talk.got);
  CHECK_THROWS_AS(with.talk.source.mark(std::vector{inbox(11)}), Stopped);
  CHECK_THROWS_AS(with.talk.fetch(), Stopped);
  CHECK(with.talk.connections == 1);
}

TEST_CASE("a server that answers ends its batch, and is told what was taken") {
  Script script = up_to_the_bodies().server(handed(1, 11, "one")).raw(half).woken();
  script.later(stop_grace / 2).raw("lf!)\r\n").server("pt6 OK");
  script.client("pt7 UID STORE 11:12 +FLAGS.SILENT (\\Seen $Papertray)").server("pt7 OK");
  script.client("pt8 LOGOUT").server("* BYE").server("pt8 OK");
  Stoppable with(script);
  CHECK(with.talk.fetch() == 2);
  with.talk.seen.record(with.talk.got);
  CHECK(with.talk.source.mark(std::vector{inbox(11), inbox(12)}).size() == 2);
}

TEST_CASE("a server that drips is not waited for: the time counts from the ask to stop") {
  Script script = up_to_the_bodies().server(handed(1, 11, "one")).raw(half).woken();
  script.later(stop_grace / 2)
      .raw("l")
      .later(stop_grace / 2)
      .raw("f")
      .later(stop_grace / 2)
      .raw("!)\r\n");
  Stoppable with(script.server("pt6 OK"));
  CHECK_THROWS_AS(with.talk.fetch(), Stopped);
  CHECK(with.talk.got.mails.size() == 1);
}

TEST_CASE("silence at each step") {
  const auto stalls = [](Script script, const std::function<void(Talk&)>& act) {
    Stoppable with(script.woken().quiet());
    CHECK_THROWS_AS(act(with.talk), Stopped);
    CHECK_FALSE(with.talk.got.open());
    CHECK(with.talk.connections == 1);
  };
  const auto fetch = [](Talk& talk) { talk.fetch(); };
  Script script;
  script.client("pt1 NOOP").client("pt2 CAPABILITY").client("pt3 SELECT \"INBOX\"");
  stalls(script, fetch);
  stalls(hello().client("pt3 SELECT \"INBOX\""), fetch);
  Script searching = hello();
  stalls(select(searching).client("pt4 UID SEARCH UID 11:*").raw("* SEA"), fetch);
  stalls(up_to_the_bodies(), fetch);
  Script marking = hello();
  stalls(select(marking, "pt3", "SELECT \"INBOX\"", 7, 11)
             .client("pt4 UID STORE 10 +FLAGS.SILENT (\\Seen $Papertray)"),
         [](Talk& talk) {
           CHECK(talk.fetch() == 0);
           talk.source.mark(std::vector{inbox(10)});
         });
  Script idling = hello("IMAP4rev1 IDLE");
  select(idling, "pt3", "SELECT \"INBOX\"", 7, 11).client("pt4 IDLE").server("+").quiet().client("DONE");
  stalls(idling, [](Talk& talk) {
    CHECK(talk.fetch() == 0);
    CHECK(talk.source.wait(milliseconds(1), -1) == Woken::timeout);
    talk.fetch();
  });
}

TEST_CASE("a server that does not answer the goodbye") {
  Script script = hello();
  select(script, "pt3", "SELECT \"INBOX\"", 7, 11).client("pt4 LOGOUT").woken().quiet();
  Stoppable with(script);
  CHECK(with.talk.fetch() == 0);
}  // and the source goes without a word
