// What a bounce may do, and what it may not.
#include "core/bounce.h"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

#include "core/receipt_token.h"
#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const std::string token = "pt-0123456789abcdef01234567";
const std::string other = "pt-aaaaaaaaaaaaaaaaaaaaaaaa";

using Change = std::function<void(Message&)>;

// An RFC 3464 report on our receipt to Ada.
Message dsn() {
  Message message = mail("Undelivered Mail Returned to Sender", "Sorry.");
  message.type = "multipart/report";
  message.return_path = "";
  message.from = {{"Mail Delivery System", "mailer-daemon@mx.example"}};
  DeliveryReport& report = message.report.emplace();
  report.action = ReportAction::failed;
  report.status = "5.1.1";
  report.recipient = "ada@lab.example";
  report.diagnostic = "550 5.1.1 no such user";
  report.token = token;
  return message;
}

// What a mail system writes that knows no RFC 3464.
Message worded() {
  Message message = dsn();
  message.type = "text/plain";
  message.report.emplace().token = token;
  message.subject = "Hello";
  return message;
}

struct Row {
  const char* what;
  Message message;
  Change change;
  BounceKind kind;
  std::string words;
};

void check(const Row& row) {
  Message message = row.message;
  if (row.change) row.change(message);
  const Bounce bounce = bounce_of(message);
  CAPTURE(row.what);
  CHECK(bounce.kind == row.kind);
  CHECK(bounce.words.find(row.words) != std::string::npos);
  CHECK((bounce.token == token) == (row.kind != BounceKind::none));
}

}  // namespace

TEST_CASE("what a mail says of one of ours") {
  const auto action = [](ReportAction a) { return [a](Message& m) { m.report->action = a; }; };
  const auto subject = [](const std::string& s) { return [s](Message& m) { m.subject = s; }; };
  const auto status = [](const std::string& s) { return [s](Message& m) { m.report->status = s; }; };
  const auto thread = [](const std::string& id) {
    return [id](Message& m) {
      m.report->token.clear();
      m.references = {other + "@x.example"};
      m.in_reply_to = {id};
    };
  };
  using Kind = BounceKind;
  const Row rows[] = {
      {"failed", dsn(), nullptr, Kind::failed, "550 5.1.1 no such user"},
      {"failed after days of trying", dsn(), status("4.4.7"), Kind::failed, "4.4.7 550 5.1.1"},
      {"delayed", dsn(), action(ReportAction::delayed), Kind::delayed, ""},
      {"delivered", dsn(), action(ReportAction::delivered), Kind::delivered, ""},
      {"relayed", dsn(), action(ReportAction::relayed), Kind::delivered, ""},
      {"expanded", dsn(), action(ReportAction::expanded), Kind::delivered, ""},
      {"no action, class 5", dsn(), action(ReportAction::none), Kind::failed, ""},
      {"no words", dsn(),
       [](Message& m) {
         m.report->status.clear();
         m.report->diagnostic.clear();
       },
       Kind::failed, "no reason given"},
      {"words that steer a terminal", dsn(), [](Message& m) { m.report->diagnostic = "550 \x1b[2J"; },
       Kind::failed, "550 \\x1b[2J"},
      {"no token", dsn(), [](Message& m) { m.report->token.clear(); }, Kind::none, ""},
      {"by its thread", dsn(), thread(token + "@lab.example"), Kind::failed, ""},
      {"a copy of ours", dsn(),
       [](Message& m) {
         m.headers.push_back({"x-papertray-id", token});
       },
       Kind::none, ""},
      {"no report", dsn(), [](Message& m) { m.report.reset(); }, Kind::none, ""},
      {"a read receipt", dsn(),
       [](Message& m) {
         m.parts = {attachment("message/disposition-notification", "")};
         m.report->action = ReportAction::none;
       },
       Kind::none, ""},
      {"a spam complaint", dsn(),
       [](Message& m) { m.parts = {attachment("message/feedback-report", "")}; }, Kind::none, ""},
      {"class 5 in words", worded(), status("5.2.2"), Kind::failed, "5.2.2"},
      {"a reply in words", worded(), [](Message& m) { m.report->diagnostic = "550 go away"; },
       Kind::failed, "550 go away"},
      {"a failure's subject", worded(), subject("failure notice"), Kind::failed, ""},
      {"given up, class 4", worded(),
       [](Message& m) {
         m.subject = "Mail delivery failed: returning message to sender";
         m.report->status = "4.4.7";
       },
       Kind::failed, ""},
      {"X-Failed-Recipients", worded(),
       [](Message& m) {
         m.headers.push_back({"X-Failed-Recipients", "ada@lab.example"});
       },
       Kind::failed, ""},
      {"a delay's subject", worded(), subject("Warning: message 1X2-3 delayed 24 hours"), Kind::delayed,
       ""},
      {"Gmail's delay", worded(),
       [](Message& m) {
         m.subject = "Delivery Status Notification (Delay)";
         m.headers.push_back({"X-Failed-Recipients", "ada@lab.example"});
       },
       Kind::delayed, ""},
      {"class 4 in words", worded(), status("4.2.2"), Kind::delayed, ""},
      {"nothing said", worded(), nullptr, Kind::unclear, ""},
      {"nothing said, by its thread only", worded(), thread(token + "@lab.example"), Kind::none, ""},
      {"a vacation note on our thread", worded(),
       [](Message& m) {
         m.from = {{"Ada", "ada@lab.example"}};
         m.report->token.clear();
         m.report->diagnostic = "550 is my room";
         m.in_reply_to = {token + "@lab.example"};
       },
       Kind::none, ""},
      {"a mail system on our thread", worded(),
       [](Message& m) {
         m.from = {{"", "post_master@lab.example"}};
         m.report->token.clear();
         m.report->diagnostic = "550 - no such user here";
         m.in_reply_to = {token + "@lab.example"};
       },
       Kind::failed, "550 - no such user here"},
      {"a vacation note that quotes us", worded(), subject("Automatic reply: Received: P-1"), Kind::none,
       ""},
      {"a person who quotes us", mail("Re: Received: P-1"), [](Message& m) { m.report = dsn().report; },
       Kind::none, ""},
      {"a person who forwards a bounce", mail("Fwd: failure notice"),
       [](Message& m) { m.report = dsn().report; }, Kind::none, ""},
      {"a list", mail("failure notice"),
       [](Message& m) {
         m.report = dsn().report;
         m.headers.push_back({"List-Id", "<x.example>"});
       },
       Kind::none, ""},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("what becomes of the row") {
  struct Verdict {
    const char* what;
    BounceKind kind;
    OutboxState state;
    std::vector<std::string> recipients;
    bool fails;
    Fate fate;
    std::string reason, note;
  };
  const std::string receipt = "our receipt to ada@lab.example for P-7";
  using Kind = BounceKind;
  using State = OutboxState;
  const Verdict rows[] = {
      {"sent",
       Kind::failed,
       State::sent,
       {"ada@lab.example"},
       true,
       Fate::ignored,
       "a bounce of " + receipt + ": 550 5.1.1 gone",
       receipt + " bounced: 550 5.1.1 gone"},
      {"of unknown outcome",
       Kind::failed,
       State::unknown,
       {},
       true,
       Fate::ignored,
       "a bounce of ",
       "bounced"},
      {"in other case",
       Kind::failed,
       State::sent,
       {"ADA@Lab.Example"},
       true,
       Fate::ignored,
       "a bounce of ",
       "bounced"},
      {"one of two names",
       Kind::failed,
       State::sent,
       {"x@y.example", "ada@lab.example"},
       true,
       Fate::ignored,
       "a bounce of ",
       "bounced"},
      {"somebody else",
       Kind::failed,
       State::sent,
       {"x@y.example"},
       false,
       Fate::triage,
       "speaks of x@y.example",
       ""},
      {"a second one",
       Kind::failed,
       State::failed,
       {"ada@lab.example"},
       false,
       Fate::ignored,
       "another bounce of " + receipt,
       ""},
      {"not sent yet", Kind::failed, State::queued, {}, false, Fate::ignored, "never sent", ""},
      {"held", Kind::failed, State::held, {}, false, Fate::ignored, "never sent", ""},
      {"suppressed", Kind::failed, State::suppressed, {}, false, Fate::ignored, "never sent", ""},
      {"dropped", Kind::failed, State::dropped, {}, false, Fate::ignored, "never sent", ""},
      {"delayed",
       Kind::delayed,
       State::sent,
       {},
       false,
       Fate::ignored,
       receipt + " is delayed",
       receipt + " is delayed on its way"},
      {"delayed after it failed", Kind::delayed, State::failed, {}, false, Fate::ignored, "delayed", ""},
      {"delivered", Kind::delivered, State::sent, {}, false, Fate::ignored, "arrived or went on", ""},
      {"unclear",
       Kind::unclear,
       State::sent,
       {},
       false,
       Fate::ignored,
       "not what became of it",
       "not what became of it"},
  };
  for (const Verdict& row : rows) {
    CAPTURE(row.what);
    const Bounce bounce{row.kind, token, row.recipients, "550 5.1.1 gone"};
    const SentReceipt sent{1, "ada@lab.example", row.state, "P-7", 3};
    const BounceVerdict verdict = judge_bounce(bounce, sent);
    CHECK(verdict.fails == row.fails);
    CHECK(verdict.fate == row.fate);
    CAPTURE(verdict.reason);
    CHECK(verdict.reason.find(row.reason) != std::string::npos);
    CHECK(verdict.note.empty() == row.note.empty());
    CHECK(verdict.note.find(row.note) != std::string::npos);
  }
  const BounceVerdict unknown = judge_bounce({Kind::failed, other, {}, "x"}, std::nullopt);
  CHECK_FALSE(unknown.fails);
  CHECK(unknown.note == "");
  CHECK(unknown.reason.find("not in our outbox") != std::string::npos);
  const BounceVerdict bare = judge_bounce({Kind::failed, token, {}, "x"},
                                          SentReceipt{1, "ada@lab.example", State::sent, "", 0});
  CHECK(bare.reason == "a bounce of our receipt to ada@lab.example: x");
}

TEST_CASE("the trace tells what the report says") {
  const Decision decision = route(dsn(), workshop_rules());
  CHECK(std::find(decision.trace.begin(), decision.trace.end(),
                  "it reports on a mail sent before: failed, ada@lab.example, 550 5.1.1 no such user, " +
                      token) != decision.trace.end());
  CHECK(decision.fate == Fate::ignored);
}

TEST_CASE("tokens in texts") {
  CHECK(token_of(std::string(64, 'a')) == other);
  CHECK(is_token(token));
  CHECK_FALSE(is_token(token + "0"));
  const std::pair<std::string, std::string> rows[] = {
      {"<" + token + "@x.example>", token},
      {"see " + token, token},
      {token, token},
      {token + "0", ""},
      {"x" + token, ""},
      {"opt-" + token.substr(3), ""},
      {"pt-0123", ""},
      {"pt-0123456789ABCDEF01234567", ""},
      {"pt-pt-" + token.substr(3) + " " + other, other},
      {"pt-0123456789abcdef0123456g " + token, token},
      {"", ""},
  };
  for (const auto& [text, found] : rows) {
    CAPTURE(text);
    CHECK(token_in(text) == found);
  }
}
