// What made other senders of mail say more than they were told to, through the real libcurl.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/error.h"
#include "drafts.h"
#include "smtp/smtp_transport.h"
#include "support/smtp_server.h"
#include "support/starttls_server.h"

using namespace papertray;
using namespace papertray::testing;
using namespace std::string_literals;

namespace {

Server server_at(const std::string& url) {
  Server server;
  server.url = url;
  server.connect_timeout = std::chrono::seconds(20);
  server.reply_timeout = std::chrono::seconds(20);
  return server;
}

bool has_bare_line_end(const std::string& bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) return true;
    if (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n')) return true;
  }
  return false;
}

// What some server takes for the end of a mail, and another does not.
const std::string ends[] = {"\n.\n",   "\r\n.\n",   "\n.\r\n",   "\r.\r",       "\r\n.\r",
                            "\r.\r\n", "\r\n.\r\n", "\n\n.\r\n", "\r\n\0.\r\n"s};
const std::string smuggled =
    "MAIL FROM:<admin@workshop.example>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\nSubject: "
    "x\r\n\r\nhello\r\n.\r\n";

}  // namespace

TEST_CASE("CVE-2023-51764, CVE-2023-51766: one mail stays one mail") {
  for (const std::string& end : ends) {
    CAPTURE(end);
    // In the words of a receipt, which quote a stranger's: what cannot be written as lines is refused.
    Draft draft = sample_draft();
    draft.text = "Your question was:\n\nwhy" + end + smuggled;
    std::string bytes;
    try {
      bytes = compose(draft);
    } catch (const Failure& failure) {
      CHECK(failure.error().scope == Scope::message);
    }
    CHECK_FALSE(has_bare_line_end(bytes));
    SmtpServer server;
    SmtpTransport transport(server_at(server.url()));
    if (!bytes.empty())
      CHECK(transport.deliver({"pt-1", "ada@uni.example", bytes}).delivery == Delivery::accepted);
    // As bytes that somebody else made: refused, unless it is a line of one dot, which is doubled.
    const Attempt raw =
        transport.deliver({"pt-2", "ada@uni.example", "Subject: y\r\n\r\nwhy" + end + smuggled});
    const bool lines = end == "\r\n.\r\n";
    CHECK(raw.delivery == (lines ? Delivery::accepted : Delivery::refused));
    transport.close();
    const auto commands = server.commands();
    const auto mails = server.mails();
    CHECK(mails.size() == (bytes.empty() ? 0 : 1) + (lines ? 1 : 0));
    for (const std::string& mail : mails)
      CHECK_FALSE(has_bare_line_end(mail));
    CHECK(std::ranges::none_of(commands, [](const std::string& line) {
      return line.find("victim") != std::string::npos || line.find("admin@") != std::string::npos;
    }));
  }
}

// Nodemailer took the address within the quotes for the receiver.
TEST_CASE("CVE-2025-13033: a quoted local part reaches nobody but its owner") {
  const struct {
    std::string to;
    bool sent;
  } table[] = {
      {R"("xclow3n@gmail.com x"@internal.example)", false},
      {R"("xclow3n@gmail.com>x"@internal.example)", false},
      {R"("xclow3n@gmail.com\"x"@internal.example)", false},
      {R"("xclow3n@gmail.com"@internal.example)", true},
      {R"("xclow3n@gmail.com,x"@internal.example)", true},
      {"xclow3n@gmail.com,x@internal.example", false},
      {"xclow3n@gmail.com@internal.example", false},
  };
  for (const auto& row : table) {
    CAPTURE(row.to);
    SmtpServer server;
    SmtpTransport transport(server_at(server.url()));
    Draft draft = sample_draft();
    draft.to = row.to;
    std::string bytes;
    try {
      bytes = compose(draft);
    } catch (const Failure& failure) {
      CHECK(failure.error().scope == Scope::message);
    }
    CHECK((bytes.find("\r\nTo: " + row.to + "\r\n") != std::string::npos) == row.sent);
    const Attempt attempt = transport.deliver({"pt-1", row.to, compose(sample_draft())});
    CHECK(attempt.delivery == (row.sent ? Delivery::accepted : Delivery::refused));
    transport.close();
    for (const std::string& command : server.commands())
      if (command.starts_with("RCPT")) CHECK(command == "RCPT TO:<" + row.to + ">");
  }
}

// What comes in clear with the answer to STARTTLS was taken for said under TLS.
TEST_CASE("CVE-2021-22947: bytes before the handshake end the connection") {
  const std::string injections[] = {"250-test\r\n250 AUTH PLAIN\r\n", "235 welcome\r\n", "\r\n", "x",
                                    ""};
  for (const std::string& injected : injections) {
    CAPTURE(injected);
    StartTlsServer evil("220 test ESMTP\r\n", [&](const std::string& line) -> std::string {
      if (line.starts_with("EHLO")) return "250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n";
      if (line == "STARTTLS") return "220 go\r\n" + injected;
      return "502 what is that\r\n";
    });
    // Not a name of loopback: STARTTLS is demanded.
    SmtpTransport transport(server_at("smtp://0.0.0.0:" + std::to_string(evil.port())));
    const Attempt attempt = transport.deliver({"pt-1", "ada@uni.example", compose(sample_draft())});
    CHECK(attempt.delivery == Delivery::unreachable);
    transport.close();
    CHECK(evil.in_clear().find("AUTH") == std::string::npos);
    CHECK(evil.in_clear().find("MAIL") == std::string::npos);
    // Without them a TLS hello follows: the test sees what it looks for.
    CHECK(evil.afterwards().substr(0, 1) == (injected.empty() ? "\x16" : ""));
  }
}
