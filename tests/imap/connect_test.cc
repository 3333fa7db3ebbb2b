// Connecting and logging in through libcurl, against a server of a few scripted lines on loopback.
#include <array>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "imap/session.h"
#include "imap/wire.h"
#include "support/stop_descriptor.h"

using namespace papertray;

namespace {

// One connection after the other: the greeting, then an answer to each line. "" hangs up, "..." says
// nothing. TAG in an answer is the line's tag.
class LineServer {
 public:
  using Answer = std::function<std::string(const std::string& command)>;

  LineServer(std::string greeting, Answer answer)
      : greeting_(std::move(greeting)),
        answer_(std::move(answer)),
        listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        listen(listener_, 5) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
      throw std::runtime_error("no port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~LineServer() {
    shutdown(listener_, SHUT_RDWR);  // wakes accept
    thread_.join();
    close(listener_);
  }
  LineServer(const LineServer&) = delete;
  LineServer& operator=(const LineServer&) = delete;

  std::string url(const std::string& scheme = "imap", const std::string& host = "127.0.0.1") const {
    return scheme + "://" + host + ":" + std::to_string(port_);
  }

 private:
  void serve() {
    for (int peer = 0; (peer = accept(listener_, nullptr, nullptr)) >= 0;)
      converse(peer);
  }

  void converse(int peer) {
    const auto say = [peer](const std::string& text) {
      return send(peer, text.data(), text.size(), MSG_NOSIGNAL) > 0;
    };
    say(greeting_);
    std::string line;
    for (char c = 0; recv(peer, &c, 1, 0) == 1;) {
      line += c;
      if (c != '\n') continue;
      const std::size_t blank = line.find(' ');
      std::string answer = answer_(line.substr(0, line.size() - 2));
      if (answer.empty()) break;
      if (answer != "...") {
        for (std::size_t at = 0; (at = answer.find("TAG", at)) != std::string::npos;)
          answer.replace(at, 3, line.substr(0, blank));
        if (!say(answer)) break;
      }
      line.clear();
    }
    close(peer);
  }

  std::string greeting_;
  Answer answer_;
  int listener_;
  int port_ = 0;
  std::thread thread_;
};

constexpr const char* secret = "hush-secret";

Server login(const std::string& url, Auth auth = Auth::password) {
  setenv("PAPERTRAY_TEST_SECRET", secret, 1);
  Server server;
  server.url = url;
  server.user = "desk";
  server.secret = {SecretSource::Kind::env, "PAPERTRAY_TEST_SECRET"};
  server.auth = auth;
  server.connect_timeout = std::chrono::seconds(5);
  server.reply_timeout = std::chrono::seconds(5);
  return server;
}

// Logs in with LOGIN; `to_login` is the answer to it.
LineServer::Answer lets_in(const std::string& to_login, const std::string& capabilities = "IMAP4rev1") {
  return [to_login, capabilities](const std::string& line) -> std::string {
    if (line.find(" CAPABILITY") != std::string::npos)
      return "* CAPABILITY " + capabilities + "\r\nTAG OK\r\n";
    if (line.find(" LOGIN ") != std::string::npos) return to_login;
    if (line.find(" NOOP") != std::string::npos) return "TAG OK\r\n";
    return "TAG BAD unknown\r\n";
  };
}

Error failure_of(const Server& server) {
  try {
    connect_imap(server);
  } catch (const Failure& failure) {
    const Error& error = failure.error();
    CHECK(error.scope == Scope::account);
    CHECK(error.text.find(secret) == std::string::npos);
    CHECK(error.text.find('\n') == std::string::npos);
    return error;
  }
  FAIL("no failure where one is due");
  return {};
}

void require_failure(const Server& server, Exit exit, const std::string& text) {
  const Error error = failure_of(server);
  CAPTURE(error.text);
  CHECK(error.exit == exit);
  CHECK(error.text.find(text) != std::string::npos);
}

const std::string greeting = "* OK ready\r\n";

}  // namespace

TEST_CASE("logged in: what came with the login's answer does not confuse the session") {
  const LineServer server(greeting,
                          lets_in("TAG OK [CAPABILITY IMAP4rev1] in\r\n* OK and more\r\n* OK and mo"));
  const Server with = login(server.url());
  const Session session(connect_imap(with), "test", std::chrono::seconds(5));
  CHECK(session.can("IMAP4REV1"));
}

TEST_CASE("a wire waits, takes and tells the end") {
  const LineServer server(greeting, [](const std::string& line) -> std::string {
    if (line == "hello") return "hi\r\n";
    if (line == "bye") return "";
    return line == "wait" ? "..." : lets_in("TAG OK\r\n")(line);
  });
  const std::unique_ptr<Wire> wire = connect_imap(login(server.url()));
  std::array<char, 64> buffer{};
  CHECK_FALSE(wire->receive(buffer, std::chrono::milliseconds(0)));
  wire->send("wait\r\n");
  CHECK_FALSE(wire->receive(buffer, std::chrono::milliseconds(1)));
  wire->send("hello\r\n");
  const auto count = wire->receive(buffer, std::chrono::seconds(5));
  REQUIRE(count);
  CHECK(*count > 0);
  wire->send("bye\r\n");
  std::optional<std::size_t> end = 1;
  while (end && *end > 0)
    end = wire->receive(buffer, std::chrono::seconds(5));
  REQUIRE(end);
  CHECK(*end == 0);
}

TEST_CASE("an OAuth token goes as XOAUTH2, whatever else is offered") {
  std::string said;
  const LineServer server(greeting, [&](const std::string& line) -> std::string {
    if (line.find("AUTHENTICATE") != std::string::npos) said = line.substr(line.find("AUTHENTICATE"));
    if (line.find("AUTHENTICATE") != std::string::npos) return "TAG OK\r\n";
    return lets_in("TAG NO\r\n", "IMAP4rev1 SASL-IR AUTH=CRAM-MD5 AUTH=PLAIN AUTH=XOAUTH2")(line);
  });
  connect_imap(login(server.url(), Auth::xoauth2));
  CHECK(said.starts_with("AUTHENTICATE XOAUTH2 "));
}

TEST_CASE("or as OAUTHBEARER, where that is asked for") {
  std::string said;
  const LineServer server(greeting, [&](const std::string& line) -> std::string {
    if (line.find("AUTHENTICATE") != std::string::npos) said = line.substr(line.find("AUTHENTICATE"));
    if (line.find("AUTHENTICATE") != std::string::npos) return "TAG OK\r\n";
    return lets_in("TAG NO\r\n", "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER")(line);
  });
  connect_imap(login(server.url(), Auth::oauthbearer));
  CHECK(said.starts_with("AUTHENTICATE OAUTHBEARER "));
}

TEST_CASE("a password serves though the server offers Kerberos first") {
  int passwords = 0;
  const auto answer = [&](const std::string& to_password, const std::string& beside = "AUTH=PLAIN") {
    return [&passwords, to_password, beside](const std::string& line) -> std::string {
      if (line.find("AUTHENTICATE GSSAPI") != std::string::npos) return "+ \r\n";
      if (line == "*") return "A002 BAD cancelled\r\n";
      const bool password = line.find("AUTHENTICATE PLAIN") != std::string::npos ||
                            line == "aHVzaC1zZWNyZXQ=";  // the secret in base64, for LOGIN
      passwords += password ? 1 : 0;
      if (password) return to_password;
      if (line.find("AUTHENTICATE LOGIN") != std::string::npos) return "+ UGFzc3dvcmQ6\r\n";
      return lets_in("TAG NO\r\n", "IMAP4rev1 SASL-IR AUTH=GSSAPI " + beside)(line);
    };
  };
  SUBCASE("right") {
    const LineServer server(greeting, answer("TAG OK\r\n"));
    Server with = login(server.url());
    with.user = "desk@example.org";
    CHECK_NOTHROW(connect_imap(with));
  }
  SUBCASE("where only LOGIN is offered beside it") {
    const LineServer server(greeting, answer("A002 OK\r\n", "AUTH=LOGIN"));
    Server with = login(server.url());
    with.user = "desk@example.org";
    CHECK_NOTHROW(connect_imap(with));
  }
  SUBCASE("wrong: tried once, so that no account is locked") {
    const LineServer server(greeting, answer("TAG NO wrong\r\n"));
    Server with = login(server.url());
    with.user = "desk@example.org";
    require_failure(with, Exit::login_refused, "NO wrong");
  }
  SUBCASE("wrong, for a user that Kerberos does not concern") {
    const LineServer server(greeting, answer("TAG NO wrong\r\n"));
    require_failure(login(server.url()), Exit::login_refused, "NO wrong");
  }
  CHECK(passwords == 1);
}

TEST_CASE("refused") {
  SUBCASE("wrong password") {
    const LineServer server(greeting, lets_in("TAG NO [AUTHENTICATIONFAILED] \x1b[31mno\r\n"));
    require_failure(login(server.url()), Exit::login_refused,
                    "refused the login of desk (\"NO [AUTHENTICATIONFAILED]");
    CHECK(failure_of(login("imap://127.0.0.1:1")).text.find('\x1b') == std::string::npos);
  }
  SUBCASE("a server that repeats the password") {
    const LineServer server(greeting, lets_in(std::string("TAG NO desk/") + secret + " is wrong\r\n"));
    require_failure(login(server.url()), Exit::login_refused, "NO desk/*** is wrong");
  }
  SUBCASE("not now") {
    const LineServer server(greeting, lets_in("TAG NO [UNAVAILABLE] no directory\r\n"));
    require_failure(login(server.url()), Exit::try_later, "[UNAVAILABLE]");
    const LineServer again(greeting, lets_in("TAG NO [UNAVAILABLE] no directory\r\n"));
    CHECK(failure_of(login(again.url())).trouble == Trouble::unavailable);
  }
  SUBCASE("no password in clear") {
    const LineServer server(greeting, lets_in("TAG OK\r\n", "IMAP4rev1 LOGINDISABLED"));
    require_failure(login(server.url()), Exit::login_refused,
                    "no password on an unencrypted connection");
  }
  SUBCASE("no way in for a token") {
    const LineServer server(greeting, lets_in("TAG OK\r\n", "IMAP4rev1 AUTH=PLAIN"));
    require_failure(login(server.url(), Auth::xoauth2), Exit::login_refused, "`auth` in [mailbox]");
  }
}

TEST_CASE("not reached") {
  SUBCASE("nobody listens") {
    std::string url;
    {
      const LineServer server(greeting, lets_in("TAG OK\r\n"));
      url = server.url();
    }
    require_failure(login(url), Exit::unreachable, "takes no connection");
  }
  SUBCASE("BYE instead of a greeting") {
    const LineServer server("* BYE too many connections\r\n", lets_in(""));
    require_failure(login(server.url()), Exit::unreachable, "BYE too many connections");
  }
  SUBCASE("BYE at the login") {
    const LineServer server(greeting, [](const std::string& line) -> std::string {
      return line.find("LOGIN") == std::string::npos ? lets_in("")(line) : "";
    });
    require_failure(login(server.url()), Exit::unreachable, "closed the connection");
  }
  SUBCASE("silence") {
    const LineServer server("", lets_in("TAG OK\r\n"));
    Server with = login(server.url());
    with.connect_timeout = std::chrono::seconds(1);
    require_failure(with, Exit::unreachable, "does not answer in time");
  }
  SUBCASE("TLS where none is spoken") {
    const LineServer server(greeting, lets_in("TAG OK\r\n"));
    require_failure(login(server.url("imaps")), Exit::unreachable, "does not speak TLS there");
  }
}

TEST_CASE("an ask to stop ends a login that hangs, and the command that hands out the password") {
  const testing::StopDescriptor stop;
  stop.ask();
  const LineServer server("", lets_in("TAG OK\r\n"));
  Server with = login(server.url());
  with.stop = stop.fd();
  CHECK_THROWS_AS(connect_imap(with), Stopped);
  with.secret = {SecretSource::Kind::command, "sleep 1000"};
  CHECK_THROWS_AS(connect_imap(with), Stopped);
}

TEST_CASE("a wire that is waited on is woken") {
  const testing::StopDescriptor stop;
  const LineServer server(greeting, lets_in("TAG OK\r\n"));
  const std::unique_ptr<Wire> wire = connect_imap(login(server.url()));
  stop.ask();
  std::array<char, 64> buffer{};
  CHECK_FALSE(wire->receive(buffer, std::chrono::hours(1), stop.fd()));
}

TEST_CASE("off loopback no password goes in clear: STARTTLS is demanded") {
  bool said_login = false;
  const auto watch = [&](const std::string& line) -> std::string {
    said_login = said_login || line.find("LOGIN") != std::string::npos;
    if (line.find("STARTTLS") != std::string::npos) return "TAG NO not today\r\n";
    return lets_in("TAG OK\r\n", "IMAP4rev1 STARTTLS")(line);
  };
  // libcurl takes names below .localhost for loopback; we do not.
  SUBCASE("refused") {
    const LineServer server(greeting, watch);
    require_failure(login(server.url("imap", "mail.localhost")), Exit::unreachable,
                    "offers no STARTTLS");
  }
  SUBCASE("not offered") {
    const LineServer server(greeting, lets_in("TAG OK\r\n"));
    require_failure(login(server.url("imap", "mail.localhost")), Exit::unreachable,
                    "offers no STARTTLS");
  }
  SUBCASE("PREAUTH, which leaves no room for it") {
    const LineServer server("* PREAUTH welcome\r\n", watch);
    require_failure(login(server.url("imap", "mail.localhost")), Exit::unreachable,
                    "offers no STARTTLS");
  }
  CHECK_FALSE(said_login);
}

TEST_CASE("a proxy of the environment gets neither connection nor password") {
  const LineServer server(greeting, lets_in("TAG OK\r\n"));
  setenv("ALL_PROXY", "socks5://127.0.0.1:1", 1);
  CHECK_NOTHROW(connect_imap(login(server.url())));
  unsetenv("ALL_PROXY");
}

TEST_CASE("without a user nothing is asked of the server") {
  Server with = login("imap://127.0.0.1:1");
  with.user.clear();
  require_failure(with, Exit::configuration, "no user is configured for 127.0.0.1:1");
  with.user = "desk\r\nA1 LOGOUT";
  require_failure(with, Exit::configuration, "control character");
}
