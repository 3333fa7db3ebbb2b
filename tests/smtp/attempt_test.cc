#include "smtp/attempt.h"

#include <curl/curl.h>
#include <doctest/doctest.h>

using namespace papertray;

namespace {
constexpr bool before = false;  // the last byte was handed over
constexpr bool after = true;
}  // namespace

TEST_CASE("what libcurl and the server say, and what it means") {
  const struct {
    const char* what;
    CURLcode rc;
    long response;
    const char* reply;
    bool handed_over;
    Delivery delivery;
    int code;
  } table[] = {
      {"taken", CURLE_OK, 250, "250 2.0.0 OK", after, Delivery::accepted, 250},
      {"MAIL for now", CURLE_SEND_ERROR, 451, "451 4.3.0 later", before, Delivery::refused_later, 451},
      {"RCPT for ever", CURLE_SEND_ERROR, 550, "550 5.1.1 No such user", before, Delivery::refused, 550},
      {"DATA for ever", CURLE_SEND_ERROR, 554, "554 no", before, Delivery::refused, 554},
      {"no enhanced code", CURLE_SEND_ERROR, 550, "550", before, Delivery::refused, 550},
      {"dot for now", CURLE_WEIRD_SERVER_REPLY, 452, "452 4.3.1 full", after, Delivery::refused_later,
       452},
      {"dot for ever", CURLE_WEIRD_SERVER_REPLY, 552, "552 5.3.4 big", after, Delivery::refused, 552},
      {"said no, then hung up", CURLE_RECV_ERROR, 554, "554 5.7.1 spam", after, Delivery::refused, 554},
      {"dropped after the dot", CURLE_RECV_ERROR, 354, "354 go on", after, Delivery::ambiguous, 0},
      {"broken while sending", CURLE_SEND_ERROR, 354, "354 go on", after, Delivery::ambiguous, 0},
      {"no answer to the dot", CURLE_OPERATION_TIMEDOUT, 354, "354 go on", after, Delivery::ambiguous,
       0},
      {"anything unknown after the dot", CURLE_OUT_OF_MEMORY, 354, "354 go on", after,
       Delivery::ambiguous, 0},
      {"dropped in DATA", CURLE_RECV_ERROR, 354, "354 go on", before, Delivery::refused_later, 0},
      {"dropped in DATA, sending", CURLE_SEND_ERROR, 354, "354 go on", before, Delivery::refused_later,
       0},
      {"silent before DATA", CURLE_OPERATION_TIMEDOUT, 250, "250 ok", before, Delivery::refused_later,
       0},
      {"idle, closed by the server", CURLE_SEND_ERROR, 421, "421 4.4.2 idle", before,
       Delivery::refused_later, 421},
      {"out of step", CURLE_SEND_ERROR, 250, "250 taken", before, Delivery::refused_later, 0},
      {"Gmail's day is full, at RCPT", CURLE_SEND_ERROR, 550, "550 5.4.5 Daily limit", before,
       Delivery::quota, 550},
      {"Gmail's day is full, at the dot", CURLE_WEIRD_SERVER_REPLY, 550, "550 5.4.5 Daily limit", after,
       Delivery::quota, 550},
      {"too fast", CURLE_SEND_ERROR, 421, "421 4.7.0 Try again later", before, Delivery::quota, 421},
      {"too fast, as a greeting", CURLE_WEIRD_SERVER_REPLY, 421, "421 4.7.0 Too many", before,
       Delivery::quota, 421},
      {"5.4.5 in the words only", CURLE_SEND_ERROR, 550, "550 5.1.1 see 5.4.5", before,
       Delivery::refused, 550},
      {"wrong password", CURLE_LOGIN_DENIED, 535, "535 5.7.8 no", before, Delivery::credentials, 535},
      {"too weak", CURLE_LOGIN_DENIED, 534, "534 5.7.9 app password", before, Delivery::credentials,
       534},
      {"no way to log in", CURLE_LOGIN_DENIED, 250, "250 HELP", before, Delivery::credentials, 0},
      {"login needed, at MAIL", CURLE_SEND_ERROR, 530, "530 5.7.0 log in", before, Delivery::credentials,
       530},
      {"login broken for now", CURLE_LOGIN_DENIED, 454, "454 4.7.0 later", before,
       Delivery::refused_later, 454},
      {"unwelcome", CURLE_WEIRD_SERVER_REPLY, 554, "554 no service", before, Delivery::unreachable, 554},
      {"no such host", CURLE_COULDNT_RESOLVE_HOST, 0, "", before, Delivery::unreachable, 0},
      {"refused connection", CURLE_COULDNT_CONNECT, 0, "", before, Delivery::unreachable, 0},
      {"untrusted", CURLE_PEER_FAILED_VERIFICATION, 0, "", before, Delivery::unreachable, 0},
      {"no STARTTLS", CURLE_USE_SSL_FAILED, 250, "250 HELP", before, Delivery::unreachable, 0},
  };
  for (const auto& row : table) {
    CAPTURE(row.what);
    const Attempt attempt = attempt_from(row.rc, row.response, row.reply, row.handed_over);
    CHECK(static_cast<int>(attempt.delivery) == static_cast<int>(row.delivery));
    CHECK(attempt.code == row.code);
    CHECK_FALSE(attempt.text.empty());
    if (row.code != 0) CHECK(attempt.text == row.reply);
  }
}

TEST_CASE("the reply that tells, its lines put together") {
  CHECK(last_reply_of({}, 0) == "");
  CHECK(last_reply_of({"250 ok"}, 250) == "250 ok");
  CHECK(last_reply_of({"250 ok"}, 550) == "");
  CHECK(last_reply_of({"250 ok", "550-5.4.5 Daily limit.", "550 5.4.5 See help", "221 bye"}, 550) ==
        "550 5.4.5 Daily limit. 5.4.5 See help");
  CHECK(last_reply_of({"250-a", "250 b", "250 c"}, 250) == "250 c");
  CHECK(last_reply_of({"550", "x", ""}, 550) == "550");
}

TEST_CASE("the server's words are safe to show and not endless") {
  const Attempt attempt =
      attempt_from(CURLE_SEND_ERROR, 550, "550 5.1.1 \x1b[31mred" + std::string(5000, 'x'), before);
  CHECK(attempt.text.find('\x1b') == std::string::npos);
  CHECK(attempt.text.size() < 400);
}

TEST_CASE("what fails before the server is asked: later, or by a person") {
  const auto of = [](Again again) {
    return attempt_from(Error{Scope::program, again, Exit::try_later, "why", Trouble::other});
  };
  CHECK(of(Again::later).delivery == Delivery::unreachable);
  CHECK(of(Again::person).delivery == Delivery::credentials);
  CHECK(of(Again::never).delivery == Delivery::credentials);
  CHECK(of(Again::later).text == "why");
}
