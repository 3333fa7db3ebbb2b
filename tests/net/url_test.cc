#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/error.h"
#include "net/server.h"

using namespace papertray;

TEST_CASE("a server's url") {
  struct Row {
    const char* url;
    const char* scheme;
    const char* host_and_port;
    bool standard;
    bool loopback;
  };
  const std::vector<Row> rows{
      {"imaps://imap.gmail.com", "imaps", "imap.gmail.com:993", true, false},
      {"IMAP://Mail.Example.ORG:10143/", "imap", "mail.example.org:10143", false, false},
      {"imaps://imap.gmail.com:993", "imaps", "imap.gmail.com:993", true, false},
      {"smtp://mail.example.org", "smtp", "mail.example.org:587", true, false},
      {"smtps://mail.example.org", "smtps", "mail.example.org:465", true, false},
      {"imap://localhost", "imap", "localhost:143", true, true},
      {"imap://127.8.9.10", "imap", "127.8.9.10:143", true, true},
      {"imap://[::1]:10143", "imap", "[::1]:10143", false, true},
      {"imap://[2001:db8::7]", "imap", "[2001:db8::7]:143", true, false},
      // Somebody's names, not ours.
      {"imap://127.0.0.1.example.org", "imap", "127.0.0.1.example.org:143", true, false},
      {"imap://localhost.example.org", "imap", "localhost.example.org:143", true, false},
      {"imap://127.1", "imap", "127.1:143", true, false},
      {"imap://[::ffff:127.0.0.1]", "imap", "[::ffff:127.0.0.1]:143", true, false},
      {"imap://büro.example.org", "imap", "büro.example.org:143", true, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CHECK(parse_server_url(row.url).scheme == row.scheme);
    CHECK(host_and_port(row.url) == row.host_and_port);
    CHECK(parse_server_url(row.url).standard_port == row.standard);
    CHECK(is_loopback(row.url) == row.loopback);
  }
}

TEST_CASE("what is no server's url is refused in one sentence") {
  for (const std::string url : {"",
                                "imap.gmail.com",
                                "imap:imap.gmail.com",
                                "http://example.org",
                                "imaps://",
                                "imaps:///",
                                "imaps://a b",
                                "imaps://host:0",
                                "imaps://host:65536",
                                "imaps://host:",
                                "imaps://host:9x",
                                "imaps://host:-1",
                                "imaps://host/INBOX",
                                "imaps://host?x",
                                "imaps://host#x",
                                "imaps://host\r\nx",
                                "imaps://[::1",
                                "imaps://[host]",
                                "imaps://[::1]x",
                                "imaps://user:hush@host",
                                "imaps://ho%00st",
                                "imaps://host\\x"}) {
    CAPTURE(url);
    try {
      parse_server_url(url);
      FAIL("taken");
    } catch (const Failure& failure) {
      CHECK(failure.error().exit == Exit::configuration);
      CHECK(failure.error().scope == Scope::account);
      CHECK(failure.error().text.find('\n') == std::string::npos);
      CHECK(failure.error().text.find("hush") == std::string::npos);
    }
  }
}
