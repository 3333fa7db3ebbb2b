#include "smtp/probe.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/error.h"
#include "smtp/transports.h"
#include "support/smtp_server.h"
#include "temp_dir.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

Exit probe_exit(const Server& server) {
  try {
    probe_smtp(server);
  } catch (const Failure& failure) {
    CHECK(failure.error().scope == Scope::account);
    return failure.error().exit;
  }
  return Exit::done;
}

}  // namespace

TEST_CASE("probing tells what the server offers, and sends nothing") {
  const TempDir dir;
  const std::string file = dir.path() / "password";
  std::ofstream(file) << "hush\n";
  Server server;

  SmtpServer open;
  server.url = open.url();
  const SmtpProbe anonymous = probe_smtp(server);
  CHECK(anonymous.greeting == "220 test ESMTP");
  CHECK(anonymous.capabilities ==
        std::vector<std::string>{"ENHANCEDSTATUSCODES", "SIZE 10000000", "AUTH PLAIN"});
  CHECK_FALSE(anonymous.encrypted);
  CHECK_FALSE(anonymous.logged_in);

  server.user = "desk";
  server.secret = {SecretSource::Kind::file, file};
  CHECK(probe_smtp(server).logged_in);
  for (const std::string& command : open.commands())
    CHECK_FALSE(command.starts_with("MAIL"));
}

TEST_CASE("probing a server that does not let us in") {
  const TempDir dir;
  const std::string file = dir.path() / "password";
  std::ofstream(file) << "hush\n";
  Server server;
  server.user = "desk";
  server.secret = {SecretSource::Kind::file, file};

  SmtpServer refusing([](const std::string& point, int) {
    return point == "password" ? SmtpAnswer{"535 5.7.8 no"} : SmtpAnswer{};
  });
  server.url = refusing.url();
  CHECK(probe_exit(server) == Exit::login_refused);

  // libcurl would go on without having logged in.
  SmtpServer without_auth;
  without_auth.capabilities({"SIZE 1000"});
  server.url = without_auth.url();
  CHECK(probe_exit(server) == Exit::login_refused);

  {
    const SmtpServer gone;
    server.url = gone.url();
  }
  CHECK(probe_exit(server) == Exit::unreachable);
}

TEST_CASE("probing logs in by the password though the server offers Kerberos first") {
  const TempDir dir;
  const std::string file = dir.path() / "password";
  std::ofstream(file) << "hush\n";
  for (const bool right : {true, false}) {
    CAPTURE(right);
    SmtpServer offering([&](const std::string& point, int) {
      return point == "password" && !right ? SmtpAnswer{"535 5.7.8 no"} : SmtpAnswer{};
    });
    offering.capabilities({"AUTH GSSAPI PLAIN"});
    Server server;
    server.url = offering.url();
    server.user = "desk@uni.example";
    server.secret = {SecretSource::Kind::file, file};
    if (right)
      CHECK(probe_smtp(server).logged_in);
    else
      CHECK(probe_exit(server) == Exit::login_refused);
    CHECK(std::ranges::count(offering.commands(), "AUTH PLAIN") == 1);
  }
}

TEST_CASE("the configuration chooses the transport") {
  const TempDir dir;
  TransportSettings settings;
  settings.maildir = dir.path() / "outgoing";
  const auto maildir = make_transport(settings);
  CHECK(maildir->deliver({"pt-1", "a@b.example", "x\r\n"}).delivery == Delivery::accepted);
  CHECK(std::filesystem::exists(dir.path() / "outgoing" / "new" / "pt-1"));

  SmtpServer server;
  settings = {};
  settings.server.url = server.url();
  const auto smtp = make_transport(settings);
  CHECK(smtp->deliver({"pt-1", "a@b.example", "x\r\n"}).delivery == Delivery::accepted);
  smtp->close();
  CHECK(server.mails() == std::vector<std::string>{"x\r\n"});

  for (const char* url : {"imap://mail.example", "http://mail.example", "mail.example", ""}) {
    settings.server.url = url;
    CHECK_THROWS_AS(make_transport(settings), Failure);
  }
}
