// Tokens are kept until a server refuses them; passwords never are.
#include "net/token.h"

#include <string>

#include <doctest/doctest.h>

#include "support/temp_dir.h"

using namespace papertray;
using papertray::test::TempDir;

namespace {

using Kind = SecretSource::Kind;

// A command that prints another word each time: 1, 11, 111, ...
Server counting(const TempDir& dir, Auth auth) {
  Server server;
  server.auth = auth;
  const std::string count = dir / "count";
  server.secret = {Kind::command, "printf 1 >>" + count + "; cat " + count};
  return server;
}

}  // namespace

TEST_CASE("a token's command is asked once, and again after a refusal") {
  const TempDir dir;
  const Server server = counting(dir, Auth::xoauth2);
  const LoginSecret first = login_secret(server);
  CHECK(first.text == "1");
  CHECK_FALSE(first.kept);
  // The server for sending has the same command, and so the same token.
  Server sending = server;
  sending.url = "smtps://smtp.example.org";
  sending.auth = Auth::oauthbearer;
  const LoginSecret second = login_secret(sending);
  CHECK(second.text == "1");
  CHECK(second.kept);

  forget_token(server, "another one");  // that of an earlier login, which was refused late
  CHECK(login_secret(server).text == "1");
  forget_token(server, "1");
  const LoginSecret third = login_secret(server);
  CHECK(third.text == "11");
  CHECK_FALSE(third.kept);
}

TEST_CASE("a password's command is asked each time") {
  const TempDir dir;
  const Server server = counting(dir, Auth::password);
  CHECK(login_secret(server).text == "1");
  CHECK(login_secret(server).text == "11");
  CHECK_FALSE(login_secret(server).kept);
}

TEST_CASE("a token in a file is read each time: whoever writes it renews it") {
  const TempDir dir;
  Server server;
  server.auth = Auth::xoauth2;
  server.secret = {Kind::file, dir / "token"};
  papertray::test::write_file(dir / "token", "old\n");
  CHECK(login_secret(server).text == "old");
  papertray::test::write_file(dir / "token", "new\n");
  const LoginSecret read = login_secret(server);
  CHECK(read.text == "new");
  CHECK_FALSE(read.kept);
}
