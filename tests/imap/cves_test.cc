// What brought other IMAP clients down or into a stranger's hands.
#include <cstdlib>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue.h"
#include "imap/session.h"
#include "imap/wire.h"
#include "support/starttls_server.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

// Two mails: the first is handed over like this, the second has four bytes.
std::vector<std::string> taken(const std::string& answer, std::size_t piece) {
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 11").server("pt4 OK");
  script.client("pt5 UID FETCH 10:11 " + list_items)
      .server(announced(1, 10, 0))
      .server(announced(2, 11, 4))
      .server("pt5 OK");
  script.client("pt6 UID FETCH 10:11 (UID BODY.PEEK[])").server(answer).server(handed(2, 11, "next"));
  script.server("pt6 OK");
  Talk talk({script}, settings(), piece);
  CHECK(talk.fetch() == 2);
  std::vector<std::string> bytes;
  for (const ReceivedMail& mail : talk.got.mails)
    bytes.push_back(mail.bytes);
  return bytes;
}

}  // namespace

// libcurl read on behind an empty literal, to the end of its buffer and farther.
TEST_CASE("CVE-2017-1000257: a literal of no bytes has none") {
  const std::string answers[] = {
      "* 1 FETCH (UID 10 BODY[] {0}\r\n)",           "* 1 FETCH (UID 10 BODY[] {000}\r\n)",
      "* 1 FETCH (UID 10 BODY[] ~{0}\r\n)",          "* 1 FETCH (UID 10 BODY[] \"\")",
      "* 1 FETCH (UID 10 X {0}\r\n BODY[] {0}\r\n)", "* 1 FETCH (UID 10 BODY[] {0}\r\n X {0}\r\n)"};
  for (const std::string& answer : answers) {
    for (const std::size_t piece : {1, 3, 4096}) {
      CAPTURE(answer);
      CAPTURE(piece);
      CHECK(taken(answer, piece) == std::vector<std::string>{"", "next"});
    }
  }
}

// The same of a mail that has a size: the server could not read it. It is not taken for an empty one.
TEST_CASE("CVE-2017-1000257: a literal of no bytes where there should be some") {
  const std::string empty = "* 1 FETCH (UID 10 BODY[] {0}\r\n)";
  Script script = hello();
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10").server("pt4 OK");
  script.client("pt5 UID FETCH 10 " + list_items).server(announced(1, 10, 100'000)).server("pt5 OK");
  script.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(empty).server("pt6 OK");
  script.client("pt7 UID FETCH 10 " + list_items).server(announced(1, 10, 100'000)).server("pt7 OK");
  Talk talk({script});
  CHECK(talk.fetch() == 1);
  CHECK(talk.got.mails.empty());
  REQUIRE(talk.got.turned_away.size() == 1);
  CHECK(talk.got.turned_away[0].first == inbox(10));
}

// What comes in clear with the answer to STARTTLS was taken for said under TLS.
TEST_CASE("CVE-2021-22947: bytes before the handshake end the connection") {
  setenv("PAPERTRAY_TEST_SECRET", "hush-secret", 1);
  const std::string injections[] = {"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
                                    "A002 OK logged in\r\n",
                                    "* PREAUTH welcome\r\n* 1 EXISTS\r\n",
                                    "\r\n",
                                    "x",
                                    ""};
  for (const std::string& injected : injections) {
    CAPTURE(injected);
    StartTlsServer evil("* OK ready\r\n", [&](const std::string& line) -> std::string {
      if (line.find(" CAPABILITY") != std::string::npos)
        return "* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK\r\n";
      if (line.find(" STARTTLS") != std::string::npos) return "TAG OK go\r\n" + injected;
      return "TAG BAD unknown\r\n";
    });
    Server server;
    // Not loopback, as we see it: STARTTLS is demanded.
    server.url = "imap://mail.localhost:" + std::to_string(evil.port());
    server.user = "desk";
    server.secret = {SecretSource::Kind::env, "PAPERTRAY_TEST_SECRET"};
    server.connect_timeout = std::chrono::seconds(20);
    server.reply_timeout = std::chrono::seconds(20);
    CHECK_THROWS_AS(connect_imap(server), Failure);
    CHECK(evil.in_clear().find("LOGIN") == std::string::npos);
    CHECK(evil.in_clear().find("AUTHENTICATE") == std::string::npos);
    // Without them a TLS hello follows: the test sees what it looks for.
    CHECK(evil.afterwards().substr(0, 1) == (injected.empty() ? "\x16" : ""));
  }
}
