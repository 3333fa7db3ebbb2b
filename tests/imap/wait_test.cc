// Watching: IDLE on the first folder. Whenever mail comes, it is noticed; while none comes, nothing is
// said and nobody wakes up.
#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "dialogue.h"

using namespace papertray;
using namespace papertray::testing;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr const char* capabilities = "IMAP4rev1 IDLE MOVE";

class Wake {
 public:
  Wake() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  ~Wake() { close(fd_); }
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  int fd() const { return fd_; }
  void set() const { REQUIRE(eventfd_write(fd_, 1) == 0); }
  void clear() const {
    eventfd_t count = 0;
    REQUIRE(eventfd_read(fd_, &count) == 0);
  }

 private:
  int fd_;
};

// A pass over an INBOX with three mails, the last being 12, which are all known: one SELECT.
Script nothing_new(const std::string& with = capabilities) {
  Script script = hello(with);
  return select(script);
}

struct Watched : Talk {
  explicit Watched(std::deque<Script> scripts, ImapSettings with = settings(), std::size_t piece = 4096)
      : Talk(std::move(scripts), std::move(with), piece) {
    seen.places.insert(inbox(12));
    seen.marked.insert(inbox(12));
  }
  Woken wait(std::chrono::milliseconds at_most = minutes(5)) { return source.wait(at_most, wake.fd()); }

  Wake wake;
};

Error failure_of(Watched& talk) {
  try {
    talk.wait();
  } catch (const Failure& failure) {
    return failure.error();
  }
  FAIL("no failure where one is due");
  return {};
}

}  // namespace

TEST_CASE("idle: told of a mail, DONE, fetched, idle again") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling");
  script.server("* OK Still here").server("* 2 FETCH (FLAGS (\\Seen))").server("* 4 EXISTS");
  script.client("DONE").server("* 1 RECENT").server("pt4 OK Idle completed.");
  // The folder is selected still: no SELECT, which takes long in a large one.
  script.client("pt5 UID SEARCH UID 13:*").server("* SEARCH 13").server("pt5 OK");
  script.client("pt6 UID FETCH 13 " + list_items).server(announced(4, 13, 1)).server("pt6 OK");
  script.client("pt7 UID FETCH 13 (UID BODY.PEEK[])").server(handed(4, 13, "m")).server("pt7 OK");
  script.client("pt8 UID STORE 13 +FLAGS.SILENT (\\Seen $Papertray)").server("pt8 OK");
  script.client("pt9 IDLE").server("+ idling").quiet();
  script.client("DONE").server("pt9 OK");
  script.client("pt10 LOGOUT").server("* BYE").server("pt10 OK");
  for (const std::size_t piece : {4096, 1}) {
    Watched talk({script}, settings(), piece);
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
    CHECK(talk.wait() == Woken::news);  // until it is fetched; nothing is said for it
    CHECK(talk.fetch() == 1);
    talk.seen.record(talk.got);
    CHECK(talk.source.mark(std::vector{inbox(13)}).size() == 1);
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::timeout);
    CHECK(talk.connections == 1);
  }
}

TEST_CASE("told of a mail that is gone when it is searched for, and of another during the search") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling").server("* 4 EXISTS");
  script.client("DONE").server("* 4 EXPUNGE").server("pt4 OK");
  script.client("pt5 UID SEARCH UID 13:*").server("* SEARCH 12");
  SUBCASE("gone") {
    script.server("pt5 OK").client("pt6 IDLE").server("+ idling").quiet();
    Watched talk({script});
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::timeout);
  }
  SUBCASE("another") {
    script.server("* 4 EXISTS").server("pt5 OK");
    script.client("pt6 UID SEARCH UID 13:*").server("* SEARCH 14").server("pt6 OK");
    script.client("pt7 UID FETCH 14 " + list_items).server(announced(4, 14, 1)).server("pt7 OK");
    script.client("pt8 UID FETCH 14 (UID BODY.PEEK[])").server(handed(4, 14, "m")).server("pt8 OK");
    Watched talk({script});
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
    CHECK(talk.fetch() == 1);
  }
}

TEST_CASE("told of a mail when every mail is due to be looked at: the folder is opened anew") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling").server("* 4 EXISTS").client("DONE").server("pt4 OK");
  select(script, "pt5", "SELECT \"INBOX\"", 7, 14);
  script.client("pt6 UID SEARCH UID 1:*").server("* SEARCH 12").server("pt6 OK");
  Watched talk({script});
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait() == Woken::news);
  talk.source.look_at_all();
  CHECK(talk.fetch() == 0);
}

TEST_CASE("one IDLE over any number of waits, renewed after nine minutes") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling").quiet().quiet().woken().quiet();
  script.client("DONE").server("pt4 OK");
  script.client("pt5 IDLE").server("+ idling").quiet();
  script.client("DONE").server("pt5 OK");
  Watched talk({script});
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait(minutes(4)) == Woken::timeout);
  CHECK(talk.wait(minutes(4)) == Woken::timeout);
  CHECK(talk.wait(minutes(4)) == Woken::asked);
  eventfd_t count = 0;
  CHECK(eventfd_read(talk.wake.fd(), &count) == 0);  // it was left unread
  // The ninth minute ends the first IDLE, three are left of the wait.
  CHECK(talk.wait(minutes(4)) == Woken::timeout);
}

TEST_CASE("a mail at every point between the pass and the server's word that it watches") {
  // Where the server tells of the fourth mail: all of these are places where it may.
  enum class When { select, search, store, before_plus, with_plus, after_plus, renewal, second_plus };
  for (const When when : {When::select, When::search, When::store, When::before_plus, When::with_plus,
                          When::after_plus, When::renewal, When::second_plus}) {
    for (const bool expunged : {false, true}) {
      // Somebody else removed one at the same time: the count alone does not show it.
      const std::string news = expunged ? "* 1 EXPUNGE\r\n* 3 EXISTS" : "* 4 EXISTS";
      CAPTURE(static_cast<int>(when));
      CAPTURE(expunged);
      const auto tell = [&](Script& script, When now) {
        if (now == when) script.server(news);
      };
      Script script = hello(capabilities);
      script.client("pt3 SELECT \"INBOX\"").server("* 3 EXISTS").server("* OK [UIDVALIDITY 7] x");
      script.server("* OK [UIDNEXT 13] x");
      tell(script, When::select);
      script.server("pt3 OK [READ-WRITE]").client("pt4 UID SEARCH UID 12:*").server("* SEARCH 12");
      tell(script, When::search);
      script.server("pt4 OK");
      script.client("pt5 UID FETCH 12 " + list_items).server(announced(3, 12, 1)).server("pt5 OK");
      script.client("pt6 UID FETCH 12 (UID BODY.PEEK[])").server(handed(3, 12, "m")).server("pt6 OK");
      script.client("pt7 UID STORE 12 +FLAGS.SILENT (\\Seen)");
      tell(script, When::store);
      script.server("pt7 OK");
      if (when > When::store) {
        script.client("pt8 IDLE");
        tell(script, When::before_plus);
        if (when == When::with_plus)
          script.raw("+ idling\r\n" + news + "\r\n");
        else if (when != When::before_plus)
          script.server("+ idling");
        tell(script, When::after_plus);
      }
      if (when >= When::renewal) {
        script.quiet().client("DONE");
        tell(script, When::renewal);
        script.server("pt8 OK");
      }
      if (when == When::second_plus) script.client("pt9 IDLE").server(news).server("+ idling");
      Watched talk({script});
      talk.seen.places = {inbox(11)};
      talk.seen.marked = {inbox(11)};
      CHECK(talk.fetch() == 1);
      talk.seen.record(talk.got);
      CHECK(talk.source.mark(std::vector{inbox(12)}).size() == 1);
      CHECK(talk.fetch() == 0);
      CHECK(talk.wait(minutes(30)) == Woken::news);
    }
  }
}

TEST_CASE(
    "several folders: the first is selected for watching, and its UIDNEXT tells of what has come") {
  Script script = nothing_new();
  select(script, "pt4", "SELECT \"Papers\"", 3, 1);
  SUBCASE("something") {
    select(script, "pt5", "SELECT \"INBOX\"", 7, 14);
    script.client("pt6 UID SEARCH UID 13:*").server("* SEARCH 13").server("pt6 OK");
    Watched talk({script}, settings({}, {"INBOX", "Papers"}));
    talk.seen.places.insert(Place{inbox(1).account, "Papers", 3, 5, ""});
    talk.seen.marked = talk.seen.places;
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
  }
  SUBCASE("a UIDNEXT that grows without a mail does not make the daemon run in circles") {
    select(script, "pt5", "SELECT \"INBOX\"", 7, 14);
    script.client("pt6 UID SEARCH UID 13:*").server("* SEARCH 12").server("pt6 OK");
    script.client("pt7 IDLE").server("+ idling").quiet();
    Watched talk({script}, settings({}, {"INBOX", "Papers"}));
    talk.seen.places.insert(Place{inbox(1).account, "Papers", 3, 5, ""});
    talk.seen.marked = talk.seen.places;
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::timeout);
  }
  SUBCASE("another mailbox by the same name") {
    select(script, "pt5", "SELECT \"INBOX\"", 8, 13);
    Watched talk({script}, settings({}, {"INBOX", "Papers"}));
    talk.seen.places.insert(Place{inbox(1).account, "Papers", 3, 5, ""});
    talk.seen.marked = talk.seen.places;
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
  }
  SUBCASE("nothing; a mail between that SELECT and IDLE") {
    select(script, "pt5");
    script.client("pt6 IDLE").server("* 4 EXISTS").server("+ idling");
    Watched talk({script}, settings({}, {"INBOX", "Papers"}));
    talk.seen.places.insert(Place{inbox(1).account, "Papers", 3, 5, ""});
    talk.seen.marked = talk.seen.places;
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::news);
  }
}

TEST_CASE("a server that tells no UIDNEXT is asked what has come") {
  const auto open = [](Script& script, const std::string& tag, const std::string& folder) {
    script.client(tag + " SELECT \"" + folder + "\"").server("* 3 EXISTS");
    script.server("* OK [UIDVALIDITY 7] x").server(tag + " OK");
  };
  Script script = hello(capabilities);
  open(script, "pt3", "INBOX");
  script.client("pt4 UID SEARCH UID 13:*").server("* SEARCH 12").server("pt4 OK");
  open(script, "pt5", "Papers");
  script.client("pt6 UID SEARCH UID 13:*").server("* SEARCH 12").server("pt6 OK");
  open(script, "pt7", "INBOX");
  Woken expected = Woken::news;
  SUBCASE("something") {
    script.client("pt8 UID SEARCH UID 13:*").server("* SEARCH 13").server("pt8 OK");
  }
  SUBCASE("nothing") {
    script.client("pt8 UID SEARCH UID 13:*").server("* SEARCH 12").server("pt8 OK");
    script.client("pt9 IDLE").server("+").quiet();
    expected = Woken::timeout;
  }
  SUBCASE("something while it was asked") {
    script.client("pt8 UID SEARCH UID 13:*").server("* SEARCH 12").server("* 4 EXISTS").server("pt8 OK");
  }
  Watched talk({script}, settings({}, {"INBOX", "Papers"}));
  talk.seen.places.insert(Place{inbox(1).account, "Papers", 7, 12, ""});
  talk.seen.marked = talk.seen.places;
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait() == expected);
}

TEST_CASE("what is no growth is no news") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling");
  script.server("* 3 EXISTS").server("* 2 EXPUNGE").server("* 2 EXISTS").server("* 0 RECENT");
  script.server("* 1 FETCH (FLAGS ())").server("* OK [HIGHESTMODSEQ 5] x").quiet();
  Watched talk({script});
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait() == Woken::timeout);
}

TEST_CASE("mark ends IDLE only when it has something to say") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling").quiet();
  script.client("DONE").server("pt4 OK");
  script.client("pt5 UID STORE 12 +FLAGS.SILENT (\\Seen $Papertray)").server("* 4 EXISTS");
  script.server("pt5 OK");
  Watched talk({script});
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait() == Woken::timeout);
  CHECK(talk.source.mark({}).empty());
  CHECK(talk.source.mark(std::vector{inbox(12)}).size() == 1);
  CHECK(talk.wait() == Woken::news);
}

TEST_CASE("DONE is said only once the server idles") {
  Script script = nothing_new();
  script.client("pt4 IDLE").woken();
  SUBCASE("it does") {
    script.server("+ idling").client("DONE").server("pt4 OK");
  }
  SUBCASE("it refuses after all") {
    script.server("pt4 NO [UNAVAILABLE] not now");
  }
  select(script, "pt5");
  Watched talk({script});
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait() == Woken::asked);
  CHECK(talk.fetch() == 0);
}

TEST_CASE("a server without IDLE, or that refuses it: time passes, nothing is said") {
  const auto passes = [](const Script& script) {
    Watched talk({script});
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait(seconds(0)) == Woken::timeout);
    talk.wake.set();
    CHECK(talk.wait() == Woken::asked);
    CHECK(talk.wait() == Woken::asked);
  };
  passes(nothing_new("IMAP4rev1"));
  for (const std::string answer : {"pt4 BAD what", "pt4 NO not here", "pt4 OK done already"}) {
    Script script = nothing_new();
    script.client("pt4 IDLE").server(answer);
    passes(script);
  }
}

TEST_CASE("a connection lost while it is watched") {
  const auto lost = [](const std::string& last, Trouble trouble) {
    Script script = nothing_new();
    script.client("pt4 IDLE").server("+ idling").quiet();
    if (!last.empty()) script.raw(last);
    Watched talk({script, nothing_new()});
    CHECK(talk.fetch() == 0);
    CHECK(talk.wait() == Woken::timeout);
    const Error error = failure_of(talk);
    CAPTURE(error.text);
    CHECK(error.scope == Scope::account);
    CHECK(error.trouble == trouble);
    CHECK(talk.fetch() == 0);  // over a new connection
    CHECK(talk.connections == 2);
  };
  lost("", Trouble::unreachable);
  lost("* BYE Autologout; idle for too long\r\n", Trouble::bye);
  lost("* 4 EXI", Trouble::unreachable);
  lost("rubbish\r\n", Trouble::other);
}

TEST_CASE("a connection that died silently while it was watched: the next fetch makes another") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling").quiet().client("DONE").quiet();
  Watched talk({script, nothing_new()});
  CHECK(talk.fetch() == 0);
  CHECK(talk.wait() == Woken::timeout);
  CHECK(talk.fetch() == 0);
  CHECK(talk.connections == 2);
}

TEST_CASE("a server that breaks off at every IDLE is not besieged, nor left unwatched for long") {
  Script breaks = nothing_new();
  breaks.client("pt4 IDLE");
  Script lasts = nothing_new();
  lasts.client("pt4 IDLE").server("+ idling").quiet();
  Watched talk({breaks, breaks, breaks, lasts, breaks, lasts});
  // The wait is over at once, and its time taken for passed.
  const auto rest = [&](std::chrono::milliseconds at_most) {
    talk.wake.set();
    CHECK(talk.wait(at_most) == Woken::asked);
    talk.wake.clear();
  };
  CHECK(talk.fetch() == 0);
  for (const seconds whole : {seconds(2), seconds(4), seconds(8)}) {
    CHECK(failure_of(talk).trouble == Trouble::unreachable);
    CHECK(talk.fetch() == 0);
    rest(whole - seconds(1));
    rest(minutes(5));  // the last second of it
  }
  CHECK(talk.wait() == Woken::timeout);                     // it is watched again
  CHECK(failure_of(talk).trouble == Trouble::unreachable);  // ended after five minutes: no rest
  CHECK(talk.fetch() == 0);
  CHECK(failure_of(talk).trouble == Trouble::unreachable);
  CHECK(talk.fetch() == 0);
  rest(seconds(2));  // the first time again
  CHECK(talk.wait() == Woken::timeout);
  CHECK(talk.connections == 6);
}

TEST_CASE("before any pass there is news to be expected; a lost connection is made for watching") {
  Watched talk({nothing_new()});
  CHECK(talk.wait() == Woken::news);
  CHECK(talk.connections == 1);
}

TEST_CASE("idle cut after every byte of the server: noticed, or noticed by the next fetch") {
  Script script = nothing_new();
  script.client("pt4 IDLE").server("+ idling").server("* 4 EXISTS").server("* 5 EXISTS");
  for (std::size_t after = 0; after <= script.bytes_of(false); ++after) {
    CAPTURE(after);
    FixedClock clock;
    int connections = 0;
    ImapSource source(settings(), clock, [&](const Server&) {
      const bool first = ++connections == 1;
      return std::make_unique<ScriptedWire>(first ? script : nothing_new(), 3,
                                            first ? Cut{.after_server = after} : Cut{});
    });
    RememberedPlaces seen;
    seen.places.insert(inbox(12));
    seen.marked = seen.places;
    RecordingReceiver got;
    const Wake wake;
    CHECK(source.fetch(seen, {}, got) == 0);
    if (connections > 1) continue;
    try {
      const Woken woken = source.wait(minutes(5), wake.fd());
      CHECK(woken == Woken::news);
    } catch (const Failure& failure) {
      CHECK(failure.error().scope == Scope::account);
      CHECK(source.fetch(seen, {}, got) == 0);
      CHECK(connections == 2);
    }
  }
}
