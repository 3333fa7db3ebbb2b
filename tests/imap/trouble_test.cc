// Each way a server has of not serving us bears its own word, which decides how long we stay away.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string mail = "Subject: x\r\n\r\nbody\r\n";

enum class At { capability, select, search, list, bodies };

// A session that goes well up to one answer, which is `line`; TAG in it is the command's.
Script answered(At at, const std::string& line) {
  Script script;
  const auto say = [&](const std::string& tag) {
    std::string text = line;
    if (const std::size_t found = text.find("TAG"); found != std::string::npos)
      text.replace(found, 3, tag);
    script.server(text);
    return script;
  };
  script.client("pt1 NOOP").client("pt2 CAPABILITY").server("pt1 OK");
  if (at == At::capability) return say("pt2");
  script.server("* CAPABILITY IMAP4rev1").server("pt2 OK");
  if (at == At::select) {
    script.client("pt3 SELECT \"INBOX\"");
    say("pt3");
    script.client("pt4 LIST \"\" \"*\"").server("* LIST () \"/\" Other");
    return script.server("pt4 OK");
  }
  select(script);
  script.client("pt4 UID SEARCH UID 1:*");
  if (at == At::search) return say("pt4");
  script.server("* SEARCH 10 11").server("pt4 OK");
  script.client("pt5 UID FETCH 10:11 " + list_items);
  if (at == At::list) return say("pt5");
  script.server(announced(1, 10, mail.size())).server(announced(2, 11, mail.size())).server("pt5 OK");
  script.client("pt6 UID FETCH 10:11 (UID BODY.PEEK[])").server(handed(1, 10, mail));
  return say("pt6");
}

Error failure_of(Talk& talk) {
  try {
    talk.fetch();
  } catch (const Failure& failure) {
    CHECK_FALSE(talk.got.open());
    return failure.error();
  }
  FAIL("no failure where one is due");
  return {};
}

}  // namespace

TEST_CASE("every failure says which trouble it is") {
  struct Row {
    At at;
    std::string line;
    Scope scope;
    Exit exit;
    Trouble trouble;
  };
  const std::vector<Row> rows{
      {At::capability, "TAG NO [UNAVAILABLE] x", Scope::account, Exit::try_later, Trouble::unavailable},
      {At::capability, "TAG NO x", Scope::account, Exit::not_there, Trouble::other},
      {At::capability, "* BYE x", Scope::account, Exit::unreachable, Trouble::bye},
      {At::capability, "* BYE [THROTTLED] x", Scope::account, Exit::unreachable, Trouble::throttled},
      {At::capability, "* BYE bandwidth limits exceeded", Scope::account, Exit::unreachable,
       Trouble::over_quota},
      {At::capability, "nonsense", Scope::account, Exit::unreachable, Trouble::other},
      {At::select, "TAG NO [NONEXISTENT] x", Scope::folder, Exit::not_there, Trouble::folder_missing},
      {At::select, "TAG NO [INUSE] x", Scope::folder, Exit::try_later, Trouble::unavailable},
      {At::select, "TAG NO [SERVERBUG] x", Scope::folder, Exit::try_later, Trouble::unavailable},
      {At::select, "TAG OK without UIDVALIDITY", Scope::folder, Exit::unreachable, Trouble::other},
      {At::search, "TAG NO [LIMIT] x", Scope::folder, Exit::try_later, Trouble::throttled},
      {At::search, "TAG NO [CONTACTADMIN] x", Scope::folder, Exit::try_later, Trouble::unavailable},
      {At::search, "TAG BAD x", Scope::folder, Exit::not_there, Trouble::other},
      {At::list, "TAG NO [OVERQUOTA] x", Scope::folder, Exit::try_later, Trouble::over_quota},
      {At::list, "* BYE x", Scope::account, Exit::unreachable, Trouble::bye},
      {At::bodies, "TAG NO [OVERQUOTA] x", Scope::account, Exit::try_later, Trouble::over_quota},
      {At::bodies, "TAG OK [THROTTLED] x", Scope::account, Exit::try_later, Trouble::throttled},
      {At::bodies, "* OK [THROTTLED] x\r\nTAG OK", Scope::account, Exit::try_later, Trouble::throttled},
      {At::bodies, "* 1 FETCH (UID 11 BODY[] {9", Scope::account, Exit::unreachable, Trouble::other},
      {At::bodies, "* 1 FETCH (UID 11 BODY[] {9}\r\n", Scope::account, Exit::unreachable,
       Trouble::unreachable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    // A connection that ends is made anew once: it ends again.
    Talk talk({answered(row.at, row.line), answered(At::capability, row.line)});
    const Error error = failure_of(talk);
    CAPTURE(error.text);
    CHECK(error.scope == row.scope);
    CHECK(error.exit == row.exit);
    CHECK(error.trouble == row.trouble);
    // What had come whole before it stays good.
    CHECK(talk.got.mails.size() == (row.at == At::bodies ? 1 : 0));
    CHECK(talk.got.gone.empty());
    CHECK(talk.got.turned_away.empty());
  }
}

TEST_CASE("a connection that cannot be made says why") {
  const FixedClock clock;
  for (const Trouble trouble : {Trouble::login_refused, Trouble::credentials, Trouble::unavailable}) {
    ImapSource source(settings(), clock, [trouble](const Server&) -> std::unique_ptr<Wire> {
      throw Failure(Error{Scope::account, Again::later, Exit::try_later, "no", trouble});
    });
    RememberedPlaces seen;
    RecordingReceiver got;
    try {
      source.fetch(seen, {}, got);
      FAIL("no failure where one is due");
    } catch (const Failure& failure) {
      CHECK(failure.error().trouble == trouble);
    }
  }
}

TEST_CASE("slowed down within a batch: all of it is good, and nothing more is asked") {
  Script script = answered(At::bodies, "* OK still here");
  script.server(handed(2, 11, mail)).server("pt6 OK [THROTTLED] Success");
  Talk talk({script});
  CHECK(failure_of(talk).trouble == Trouble::throttled);
  CHECK(talk.got.mails.size() == 2);
}

TEST_CASE("OK [THROTTLED] to anything else is an OK") {
  Script script = hello();
  script.client("pt3 SELECT \"INBOX\"").server("* 0 EXISTS").server("* OK [UIDVALIDITY 7] x");
  script.server("pt3 OK [THROTTLED] Success");
  Talk talk({script});
  CHECK(talk.fetch() == 0);
}
