// The state table of an outgoing mail, through the real libcurl against a scripted server.
#include "smtp/smtp_transport.h"

#include <algorithm>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "core/error.h"
#include "drafts.h"
#include "support/smtp_server.h"
#include "support/stop_descriptor.h"
#include "temp_dir.h"

using namespace papertray;
using namespace papertray::testing;
using Then = SmtpAnswer::Then;

namespace {

Server server_at(const std::string& url, std::chrono::seconds patience = std::chrono::seconds(20)) {
  Server server;
  server.url = url;
  server.connect_timeout = std::chrono::seconds(20);
  server.reply_timeout = patience;
  return server;
}

OutgoingMail mail_to(const std::string& to, const std::string& token = "pt-1") {
  return {token, to, compose(sample_draft())};
}

// The point answers so at its first time, and as usual afterwards.
SmtpScript once(const std::string& point, SmtpAnswer answer) {
  return [=](const std::string& now, int count) {
    return now == point && count == 1 ? answer : SmtpAnswer{};
  };
}

// Big enough that a server can hang up before libcurl has read the last byte.
std::string big_mail() {
  std::string bytes = "Subject: big\r\n\r\n";
  while (bytes.size() < 20'000'000)
    bytes += std::string(70, 'x') + "\r\n";
  return bytes;
}

// For doctest to print.
std::string name_of(Delivery delivery) {
  switch (delivery) {
    case Delivery::accepted:
      return "accepted";
    case Delivery::refused_later:
      return "refused_later";
    case Delivery::refused:
      return "refused";
    case Delivery::ambiguous:
      return "ambiguous";
    case Delivery::quota:
      return "quota";
    case Delivery::credentials:
      return "credentials";
    case Delivery::unreachable:
      return "unreachable";
  }
  return "";
}

bool has(const std::vector<std::string>& lines, const std::string& start) {
  return std::ranges::any_of(lines, [&](const std::string& line) { return line.starts_with(start); });
}

}  // namespace

TEST_CASE("every code at every stage, and every way to fall silent") {
  const struct {
    const char* point;
    SmtpAnswer answer;
    Delivery delivery;
    int code;
  } table[] = {
      {"greeting", {"554 5.3.2 no service", Then::hang_up}, Delivery::unreachable, 554},
      {"greeting", {"421 4.7.0 too many connections", Then::hang_up}, Delivery::quota, 421},
      {"greeting", {"", Then::hang_up}, Delivery::refused_later, 0},
      {"EHLO", {"421 4.3.2 closing", Then::hang_up}, Delivery::refused_later, 421},
      {"MAIL", {"451 4.3.0 later", Then::go_on}, Delivery::refused_later, 451},
      {"MAIL", {"550 5.7.1 not you", Then::go_on}, Delivery::refused, 550},
      {"MAIL", {"530 5.7.0 log in first", Then::go_on}, Delivery::credentials, 530},
      {"MAIL", {"421 4.7.0 try again later", Then::hang_up}, Delivery::quota, 421},
      {"MAIL", {"", Then::hang_up}, Delivery::refused_later, 0},
      {"RCPT", {"450 4.2.1 greylisted", Then::go_on}, Delivery::refused_later, 450},
      {"RCPT", {"550 5.1.1 no such user", Then::go_on}, Delivery::refused, 550},
      {"RCPT",
       {"550-5.4.5 Daily user sending limit exceeded.\r\n550 5.4.5 More at example.com", Then::go_on},
       Delivery::quota,
       550},
      {"RCPT", {"", Then::hang_up}, Delivery::refused_later, 0},
      {"DATA", {"451 4.3.0 later", Then::go_on}, Delivery::refused_later, 451},
      {"DATA", {"554 5.5.1 no", Then::go_on}, Delivery::refused, 554},
      {"DATA", {"", Then::hang_up}, Delivery::refused_later, 0},
      {"dot", {"452 4.3.1 full", Then::go_on}, Delivery::refused_later, 452},
      {"dot", {"554 5.7.1 spam", Then::go_on}, Delivery::refused, 554},
      {"dot", {"550 5.4.5 daily limit", Then::go_on}, Delivery::quota, 550},
      {"dot", {"421 4.3.2 going down", Then::hang_up}, Delivery::refused_later, 421},
      {"dot", {"", Then::hang_up}, Delivery::ambiguous, 0},
      {"body", {"", Then::hang_up}, Delivery::ambiguous, 0},
  };
  for (const auto& row : table) {
    CAPTURE(row.point);
    CAPTURE(row.answer.reply);
    SmtpServer server(once(row.point, row.answer));
    SmtpTransport transport(server_at(server.url()));
    const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
    CAPTURE(attempt.text);
    CHECK(name_of(attempt.delivery) == name_of(row.delivery));
    CHECK(attempt.code == row.code);
    if (row.code != 0) CHECK(attempt.text.starts_with(row.answer.reply.substr(0, 3)));

    // Whatever happened, the next mail is heard out by itself.
    const Attempt next = transport.deliver(mail_to("bob@uni.example"));
    CHECK_MESSAGE(next.delivery == Delivery::accepted, next.text);
    CHECK(next.code == 250);
    transport.close();
    const auto mails = server.mails();
    REQUIRE_FALSE(mails.empty());
    CHECK(mails.back() == mail_to("").bytes);
  }
}

TEST_CASE("no answer: before the last byte the mail has not gone, after it nobody knows") {
  for (const char* point : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"}) {
    CAPTURE(point);
    SmtpServer server(once(point, {"", Then::silence}));
    SmtpTransport transport(server_at(server.url(), std::chrono::seconds(1)));
    const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
    CHECK(name_of(attempt.delivery) == (std::string(point) == "dot" ? "ambiguous" : "refused_later"));
    CHECK(attempt.code == 0);
    CHECK(transport.deliver(mail_to("bob@uni.example")).delivery == Delivery::accepted);
    transport.close();
    CHECK(server.connections() == 2);
  }
}

TEST_CASE("an ask to stop ends a silence; nobody knows only after the last byte") {
  for (const char* point : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"}) {
    CAPTURE(point);
    const StopDescriptor stop;
    SmtpServer server([&](const std::string& now, int) {
      if (now != point) return SmtpAnswer{};
      stop.ask();
      return SmtpAnswer{"", Then::silence};
    });
    Server with = server_at(server.url(), std::chrono::hours(1));
    with.stop = stop.fd();
    SmtpTransport transport(with);
    const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
    CHECK(name_of(attempt.delivery) == (std::string(point) == "dot" ? "ambiguous" : "refused_later"));
    transport.close();
  }
}

TEST_CASE("after an ask to stop a mail that is on its way arrives all the same") {
  const StopDescriptor stop;
  SmtpServer server([&](const std::string& now, int) {
    if (now == "MAIL") stop.ask();
    return SmtpAnswer{};
  });
  Server with = server_at(server.url());
  with.stop = stop.fd();
  SmtpTransport transport(with);
  CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::accepted);
}

TEST_CASE("an answer that comes too late is not taken for the next mail's") {
  SmtpServer server(once("dot", {"250 2.0.0 taken after all", Then::late}));
  SmtpTransport transport(server_at(server.url(), std::chrono::seconds(1)));
  CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::ambiguous);
  const Attempt next = transport.deliver(mail_to("bob@uni.example"));
  CHECK_MESSAGE(next.delivery == Delivery::accepted, next.text);
  CHECK(next.text == "250 2.0.0 taken");
  transport.close();
  CHECK(server.connections() == 2);
}

TEST_CASE("hung up in the middle of a big mail: not handed over, so simply later") {
  SmtpServer server(once("body", {"", Then::hang_up}));
  SmtpTransport transport(server_at(server.url()));
  const Attempt attempt = transport.deliver({"pt-1", "ada@uni.example", big_mail()});
  CHECK(name_of(attempt.delivery) == "refused_later");
  transport.close();
  CHECK(server.mails().empty());
}

TEST_CASE("many mails go over one connection, byte for byte") {
  SmtpServer server;
  SmtpTransport transport(server_at(server.url()));
  std::vector<std::string> sent;
  for (int i = 0; i < 50; ++i) {
    OutgoingMail mail = mail_to("ada" + std::to_string(i) + "@uni.example");
    mail.bytes += "number " + std::to_string(i) + "\r\n.\r\n..two\r\n\r\n";
    sent.push_back(mail.bytes);
    const Attempt attempt = transport.deliver(mail);
    CHECK(attempt.delivery == Delivery::accepted);
    CHECK(attempt.text == "250 2.0.0 taken");
  }
  transport.close();
  CHECK(server.connections() == 1);
  CHECK(server.mails() == sent);
  const auto commands = server.commands();
  CHECK(has(commands, "MAIL FROM:<> SIZE=" + std::to_string(sent.front().size())));
  CHECK(has(commands, "RCPT TO:<ada49@uni.example>"));
  CHECK(commands.back() == "QUIT");
}

TEST_CASE("a mail refused after the dot leaves the connection as it is, another failure does not") {
  SmtpServer dot(once("dot", {"554 5.7.1 spam", Then::go_on}));
  SmtpServer recipient(once("RCPT", {"550 5.1.1 no such user", Then::go_on}));
  for (auto* server : {&dot, &recipient}) {
    SmtpTransport transport(server_at(server->url()));
    CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::refused);
    CHECK(transport.deliver(mail_to("bob@uni.example")).delivery == Delivery::accepted);
    transport.close();
  }
  CHECK(dot.connections() == 1);
  CHECK(recipient.connections() == 2);
}

TEST_CASE("an idle connection that the server has ended is replaced, without a failed attempt") {
  for (const char* farewell : {"421 4.4.2 idle too long", ""}) {
    CAPTURE(farewell);
    SmtpServer server(once("idle", {farewell, Then::hang_up}));
    SmtpTransport transport(server_at(server.url()));
    CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::accepted);
    const Attempt second = transport.deliver(mail_to("bob@uni.example"));
    CHECK_MESSAGE(second.delivery == Delivery::accepted, second.text);
    transport.close();
    CHECK(server.connections() == 2);
    CHECK(server.mails().size() == 2);
  }
}

TEST_CASE("a server that ends every connection is not tried for ever") {
  SmtpServer server([](const std::string& point, int count) {
    return point == "MAIL" && count > 1 ? SmtpAnswer{"421 4.3.2 closing", Then::hang_up} : SmtpAnswer{};
  });
  SmtpTransport transport(server_at(server.url()));
  CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::accepted);
  const Attempt second = transport.deliver(mail_to("bob@uni.example"));
  CHECK(second.delivery == Delivery::refused_later);
  CHECK(second.code == 421);
  transport.close();
  CHECK(server.connections() == 2);
}

TEST_CASE("closing sends QUIT and does not wait for the answer") {
  SmtpServer server(once("QUIT", {"", Then::silence}));
  SmtpTransport transport(server_at(server.url(), std::chrono::seconds(60)));
  CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::accepted);
  transport.close();
  CHECK(server.commands().back() == "QUIT");
  CHECK_FALSE(server.client_waited_for_quit());
}

TEST_CASE("what cannot be sent safely never reaches the server") {
  SmtpServer server;
  SmtpTransport transport(server_at(server.url()));
  const struct {
    std::string to;
    std::string bytes;
    const char* why;
  } table[] = {
      {"ada@uni.example\r\nRCPT TO:<x@y.example>", "x\r\n", "line break"},
      {"ada@uni.example> NOTIFY=NEVER", "x\r\n", "blank"},
      {"ada\n@uni.example", "x\r\n", "line break"},
      {std::string("ada\0@uni.example", 16), "x\r\n", "line break"},
      {"", "x\r\n", "empty"},
      {"jörg@uni.example", "x\r\n", "needs SMTPUTF8"},
      {"ada@uni.example", "", "empty"},
      {"ada@uni.example", "x\n.\nMAIL FROM:<>\n", "not CRLF"},
      {"ada@uni.example", "x\r.\r\n", "not CRLF"},
      {"ada@uni.example", "x\r", "not CRLF"},
      {"ada@uni.example", std::string("x\0\r\n", 4), "NUL"},
  };
  for (const auto& row : table) {
    CAPTURE(row.to);
    const Attempt attempt = transport.deliver({"pt-1", row.to, row.bytes});
    CHECK(attempt.delivery == Delivery::refused);
    CHECK(attempt.code == 0);
    CHECK(attempt.text.find(row.why) != std::string::npos);
  }
  transport.close();
  CHECK(server.connections() == 0);
}

TEST_CASE("logging in: taken, refused, broken for now, without a secret") {
  const TempDir dir;
  const std::string file = dir.path() / "password";
  std::ofstream(file) << "hush hush\n";
  const auto with_login = [&](const SmtpServer& at) {
    Server server = server_at(at.url());
    server.user = "desk";
    server.secret = {SecretSource::Kind::file, file};
    return server;
  };
  const struct {
    SmtpAnswer answer;
    Delivery delivery;
    int code;
  } table[] = {
      {{}, Delivery::accepted, 250},
      {{"535 5.7.8 wrong: hush hush", Then::go_on}, Delivery::credentials, 535},
      {{"534 5.7.9 application password needed", Then::go_on}, Delivery::credentials, 534},
      {{"454 4.7.0 later", Then::go_on}, Delivery::refused_later, 454},
  };
  for (const auto& row : table) {
    CAPTURE(row.answer.reply);
    SmtpServer server(once("password", row.answer));
    SmtpTransport transport(with_login(server));
    const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
    CHECK(name_of(attempt.delivery) == name_of(row.delivery));
    CHECK(attempt.code == row.code);
    CHECK(attempt.text.find("hush") == std::string::npos);
    transport.close();
    CHECK(has(server.commands(), "AUTH PLAIN"));
  }
  SmtpServer server;
  SmtpTransport transport(with_login(server));
  std::filesystem::remove(file);
  const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
  CHECK(attempt.delivery == Delivery::credentials);
  CHECK(attempt.text.find(file) != std::string::npos);
  CHECK(server.connections() == 0);
}

TEST_CASE("a password serves though the server offers Kerberos first") {
  const TempDir dir;
  const std::string file = dir.path() / "password";
  std::ofstream(file) << "hush hush\n";
  const struct {
    const char* what;
    const char* user;
    const char* offered;
    const char* used;
    SmtpAnswer to_password;
    Delivery delivery;
  } table[] = {
      {"right", "desk@uni.example", "AUTH GSSAPI PLAIN", "AUTH PLAIN", {}, Delivery::accepted},
      {"as Exchange offers it",
       "desk@uni.example",
       "AUTH GSSAPI LOGIN",
       "AUTH LOGIN",
       {},
       Delivery::accepted},
      {"wrong: tried once, so that no account is locked",
       "desk@uni.example",
       "AUTH GSSAPI PLAIN",
       "AUTH PLAIN",
       {"535 5.7.8 wrong: hush hush", Then::go_on},
       Delivery::credentials},
      {"wrong, for a user that Kerberos does not concern",
       "desk",
       "AUTH GSSAPI PLAIN",
       "AUTH PLAIN",
       {"535 5.7.8 wrong", Then::go_on},
       Delivery::credentials},
      {"broken for now",
       "desk@uni.example",
       "AUTH GSSAPI PLAIN",
       "AUTH PLAIN",
       {"454 4.7.0 later", Then::go_on},
       Delivery::refused_later},
  };
  for (const auto& row : table) {
    CAPTURE(row.what);
    SmtpServer server(once("password", row.to_password));
    server.capabilities({"SIZE 10000000", row.offered});
    Server at = server_at(server.url());
    at.user = row.user;
    at.secret = {SecretSource::Kind::file, file};
    SmtpTransport transport(at);
    const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
    CAPTURE(attempt.text);
    CHECK(name_of(attempt.delivery) == name_of(row.delivery));
    CHECK(attempt.text.find("hush") == std::string::npos);
    if (row.delivery == Delivery::accepted)
      CHECK(transport.deliver(mail_to("bob@uni.example")).delivery == Delivery::accepted);
    transport.close();
    const auto commands = server.commands();
    CHECK(std::ranges::count(commands, row.used) == 1);
    CHECK(server.mails().size() == (row.delivery == Delivery::accepted ? 2 : 0));
  }
}

TEST_CASE("off loopback nothing is said in clear") {
  SmtpServer server;  // offers no STARTTLS
  // The listener on 127.0.0.1 by an address that is not known as loopback.
  SmtpTransport transport(server_at(server.url("0.0.0.0")));
  const Attempt attempt = transport.deliver(mail_to("ada@uni.example"));
  CHECK(attempt.delivery == Delivery::unreachable);
  transport.close();
  CHECK(server.connections() == 1);
  const auto commands = server.commands();
  CHECK_FALSE(has(commands, "AUTH"));
  CHECK_FALSE(has(commands, "MAIL"));
}

TEST_CASE("nobody there") {
  int port = 0;
  {
    const SmtpServer gone;
    port = gone.port();
  }
  SmtpTransport transport(server_at("smtp://127.0.0.1:" + std::to_string(port)));
  CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::unreachable);
}

TEST_CASE("a configured bounce address is the envelope's sender") {
  SmtpServer server;
  SmtpTransport transport(server_at(server.url()), "bounces@workshop.example");
  CHECK(transport.deliver(mail_to("ada@uni.example")).delivery == Delivery::accepted);
  transport.close();
  CHECK(has(server.commands(), "MAIL FROM:<bounces@workshop.example>"));
  CHECK_THROWS_AS(SmtpTransport(server_at("smtp://127.0.0.1"), "a b"), Failure);
}
