// libcurl's codes and the server's words in one sentence, with the exit code that is promised.
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "net/curl.h"
#include "net/trouble.h"

using namespace papertray;

namespace {

Server server(const std::string& url) {
  Server result;
  result.url = url;
  result.user = "desk";
  return result;
}

}  // namespace

TEST_CASE("every code has a sentence, an exit code and what to do about it") {
  struct Row {
    CURLcode code;
    const char* url;
    const char* line;  // the server's last, "" for none
    Exit exit;
    Again again;
    Trouble trouble;
    const char* text;
  };
  const std::vector<Row> rows{
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [AUTHENTICATIONFAILED] Wrong", Exit::login_refused,
       Again::person, Trouble::login_refused,
       "h:993 refused the login of desk (\"NO [AUTHENTICATIONFAILED] Wrong\"); check `user` and "
       "`password` in [mailbox]"},
      {CURLE_LOGIN_DENIED, "smtps://h", "535 5.7.8 Wrong", Exit::login_refused, Again::person,
       Trouble::login_refused,
       "h:465 refused the login of desk (\"535 5.7.8 Wrong\"); check `user` and `password` in [smtp]"},
      {CURLE_LOGIN_DENIED, "smtps://h", "454 4.7.0 Temporary", Exit::try_later, Again::later,
       Trouble::unavailable, "454 4.7.0 Temporary"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [UNAVAILABLE] down", Exit::try_later, Again::later,
       Trouble::unavailable, "[UNAVAILABLE] down"},
      {CURLE_LOGIN_DENIED, "imap://h", "* CAPABILITY IMAP4rev1 LOGINDISABLED", Exit::login_refused,
       Again::person, Trouble::login_refused, "no password on an unencrypted connection"},
      {CURLE_LOGIN_DENIED, "imaps://h", "", Exit::login_refused, Again::person, Trouble::login_refused,
       "set `auth` in [mailbox]"},
      {CURLE_PEER_FAILED_VERIFICATION, "imaps://h", "", Exit::unreachable, Again::person,
       Trouble::unreachable, "the certificate of h:993"},
      {CURLE_SSL_CONNECT_ERROR, "imaps://h:143", "", Exit::unreachable, Again::person,
       Trouble::unreachable, "h:143 does not speak TLS"},
      {CURLE_USE_SSL_FAILED, "smtp://h", "", Exit::unreachable, Again::person, Trouble::unreachable,
       "h:587 offers no STARTTLS"},
      {CURLE_SSL_CACERT_BADFILE, "smtp://h", "", Exit::configuration, Again::person, Trouble::other,
       "correct `ca_file` in [smtp]"},
      {CURLE_COULDNT_RESOLVE_HOST, "imaps://h", "", Exit::unreachable, Again::later,
       Trouble::unreachable, "not known to the name service"},
      {CURLE_COULDNT_CONNECT, "imaps://h", "", Exit::unreachable, Again::later, Trouble::unreachable,
       "takes no connection"},
      {CURLE_OPERATION_TIMEDOUT, "imaps://h", "", Exit::unreachable, Again::later, Trouble::unreachable,
       "does not answer in time"},
      {CURLE_WEIRD_SERVER_REPLY, "imaps://h", "* BYE full", Exit::unreachable, Again::later,
       Trouble::bye, "(\"BYE full\")"},
      {CURLE_RECV_ERROR, "imaps://h", "", Exit::unreachable, Again::later, Trouble::unreachable,
       "closed the connection"},
      {CURLE_SEND_ERROR, "smtp://h", "421 4.4.2 idle", Exit::unreachable, Again::later,
       Trouble::unavailable, "421 4.4.2 idle"},
      {CURLE_OUT_OF_MEMORY, "smtp://h", "", Exit::unreachable, Again::later, Trouble::unreachable,
       "h:587 cannot be used"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [ALERT] Too many simultaneous connections. (Failure)",
       Exit::try_later, Again::later, Trouble::throttled, "simultaneous"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [ALERT] Account exceeded command or bandwidth limits.",
       Exit::try_later, Again::later, Trouble::over_quota, "bandwidth"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [LIMIT] 15 at a time", Exit::try_later, Again::later,
       Trouble::throttled, "[LIMIT]"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [overquota] x", Exit::try_later, Again::later,
       Trouble::over_quota, "x"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [CONTACTADMIN] x", Exit::try_later, Again::later,
       Trouble::unavailable, "x"},
      {CURLE_LOGIN_DENIED, "imaps://h", "A2 NO [EXPIRED] UNAVAILABLE in words only", Exit::login_refused,
       Again::person, Trouble::login_refused, "[EXPIRED]"},
      {CURLE_RECV_ERROR, "imaps://h", "* BYE [UNAVAILABLE] x", Exit::unreachable, Again::later,
       Trouble::unavailable, "ended the conversation"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code);
    CurlHandle curl;
    curl.lines().add("* OK hello\r\n");
    if (*row.line != '\0') curl.lines().add(std::string(row.line) + "\r\n");
    const Error error = curl_error(row.code, curl, server(row.url));
    CAPTURE(error.text);
    CHECK(error.scope == Scope::account);
    CHECK(error.exit == row.exit);
    CHECK(error.again == row.again);
    CHECK(error.trouble == row.trouble);
    CHECK(error.text.find(row.text) != std::string::npos);
  }
}

TEST_CASE("the server's words: the last refusal, safe to show, without the secret") {
  ServerLines lines;
  CHECK(lines.refusal().empty());
  lines.hide("hush");
  for (const char* line : {"* OK NO is a word\r\n", "A1 NO first\r\n", "A2 no desk:hush \x1b[2J\r\n",
                           "* OK last\r\n", "+ \r\n"})
    lines.add(line);
  CHECK(lines.all().size() == 5);
  CHECK(lines.refusal().starts_with("no desk:*** "));
  CHECK(lines.refusal().find('\x1b') == std::string::npos);
  CHECK(lines.mention("IS A WORD"));
  CHECK_FALSE(lines.mention("hush"));
  lines.add("550 5.1.1 No such user\r\n");
  CHECK(lines.refusal() == "550 5.1.1 No such user");
}

TEST_CASE("a server that chatters fills no memory") {
  ServerLines lines;
  for (int i = 0; i < 10'000; ++i)
    lines.add(std::string(10'000, 'x'));
  CHECK(lines.all().size() <= 64);
  CHECK(lines.all().front().size() <= 4096);
}

TEST_CASE("a server of the other kind is refused before anything is sent") {
  setenv("PAPERTRAY_TEST_SECRET", "hush", 1);
  const auto refusal = [](Server with, Protocol protocol) {
    with.secret = {SecretSource::Kind::env, "PAPERTRAY_TEST_SECRET"};
    CurlHandle curl;
    try {
      prepare(curl, with, protocol);
    } catch (const Failure& failure) {
      CHECK(failure.error().exit == Exit::configuration);
      CHECK(failure.error().trouble == Trouble::other);
      return failure.error().text;
    }
    return std::string();
  };
  CHECK(refusal(server("smtp://h"), Protocol::imap).find("begins with smtp://") != std::string::npos);
  CHECK(refusal(server("imaps://h"), Protocol::smtp).find("begins with imaps://") != std::string::npos);
  CHECK(refusal(server("imaps://h"), Protocol::imap).empty());
  Server nobody = server("smtp://h");
  nobody.user.clear();
  CHECK(refusal(nobody, Protocol::smtp).find("no user is configured") != std::string::npos);
  nobody.secret = {};
  CurlHandle curl;
  CHECK_NOTHROW(prepare(curl, nobody, Protocol::smtp));  // a relay that wants no login
}

TEST_CASE("the server's own trouble, by its codes") {
  const std::vector<std::pair<std::string, Trouble>> rows{
      {"THROTTLED", Trouble::throttled},
      {"limit", Trouble::throttled},
      {"OVERQUOTA", Trouble::over_quota},
      {"UNAVAILABLE", Trouble::unavailable},
      {"INUSE", Trouble::unavailable},
      {"SERVERBUG", Trouble::unavailable},
      {"CONTACTADMIN", Trouble::unavailable},
      {"SERVERBUG2", Trouble::none},
      {"AUTHENTICATIONFAILED", Trouble::none},
      {"ALERT", Trouble::none},
      {"", Trouble::none},
  };
  for (const auto& [code, trouble] : rows) {
    CAPTURE(code);
    CHECK(trouble_of_code(code) == trouble);
    CHECK(trouble_of_words("NO [" + code + "] text") == trouble);
    CHECK(trouble_of_words("NO [" + code + " with arguments] text") == trouble);
    CHECK(trouble_of_words("NO " + code) == Trouble::none);
  }
}
