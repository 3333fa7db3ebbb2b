// Whose word about a sender is believed, and what it comes to.
#include "core/authentication.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/authentication_results.h"
#include "core/may_reply.h"
#include "core/possibly_forged.h"
#include "sample_rules.h"

using namespace papertray;

namespace {

// "id|dkim=pass header.d=x|spf=fail": what was understood, for comparing.
std::string told(std::string_view value) {
  const auto results = parse_authentication_results(value);
  if (!results) return "no";
  std::string text = results->authserv_id;
  for (const AuthMethod& method : results->methods) {
    text += "|" + method.method + "=" + method.result;
    for (const AuthProperty& one : method.properties)
      text += " " + one.type + "." + one.name + "=" + one.value;
  }
  return text;
}

Message mail(const std::vector<std::string>& results, const std::string& from = "ada@uni.example") {
  Message message;
  message.from = {{"Ada", from}};
  for (const std::string& value : results)
    message.headers.push_back({"Authentication-Results", value});
  return message;
}

}  // namespace

TEST_CASE("Authentication-Results understood: RFC 8601's own examples and servers' habits") {
  struct Row {
    const char *value, *told;
  };
  const Row rows[] = {
      {"example.org 1; none", "example.org"},
      {"example.com; spf=pass smtp.mailfrom=example.net",
       "example.com|spf=pass smtp.mailfrom=example.net"},
      {"example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass "
       "smtp.mailfrom=example.net",
       "example.com|auth=pass smtp.auth=sender@example.net|spf=pass smtp.mailfrom=example.net"},
      {"example.com; dkim=pass (good signature) header.d=example.com",
       "example.com|dkim=pass header.d=example.com"},
      {"foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail "
       "policy"
       " (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) "
       "1362471462",
       "foo.example.net|dkim=fail policy.expired=1362471462"},
      {"example.com; dkim=pass reason=\"good; signature\" header.i=@mail-router.example.net; dkim=fail "
       "reason=\"bad signature\" header.i=@newyork.example.com",
       "example.com|dkim=pass header.i=@mail-router.example.net|dkim=fail "
       "header.i=@newyork.example.com"},
      {"mx.google.com;\t dkim=pass header.i=@uni.example header.s=k1 header.b=\"a/b+c=\"; spf=pass "
       "(google.com: domain of ada@uni.example designates 192.0.2.1 as permitted sender) "
       "smtp.mailfrom=ada@uni.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=uni.example",
       "mx.google.com|dkim=pass header.i=@uni.example header.s=k1 header.b=a/b+c=|spf=pass "
       "smtp.mailfrom=ada@uni.example|dmarc=pass header.from=uni.example"},
      {"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=uni.example; dkim=pass (signature was verified) "
       "header.d=uni.example;dmarc=pass action=none header.from=uni.example;compauth=pass reason=100",
       "|spf=pass smtp.mailfrom=uni.example|dkim=pass header.d=uni.example|dmarc=pass "
       "header.from=uni.example|compauth=pass"},
      {"\"quoted id\"; DKIM=PASS Header.D=\"uni.example\"", "quoted id|dkim=pass header.d=uni.example"},
      {"a.example; spf=none smtp.mailfrom=;", "a.example|spf=none smtp.mailfrom="},
      {"a.example; iprev=pass policy.iprev=192.0.2.1 (x (y) z); spf=pass",
       "a.example|iprev=pass policy.iprev=192.0.2.1|spf=pass"},
      {"a.example; spf=pass smtp.mailfrom=\"a b\"@uni.example",
       "a.example|spf=pass smtp.mailfrom=a b@uni.example"},
      // Half a field is none.
      {"", "no"},
      {"a.example", "no"},
      {"a.example;", "no"},
      {"a.example; none; dkim=pass", "no"},
      {"a.example; dkim=pass; none", "no"},
      {"a.example; dkim", "no"},
      {"a.example; dkim=", "no"},
      {"a.example; dkim=pass (never closed header.d=uni.example", "no"},
      {"a.example; dkim=pass header.d=\"never closed", "no"},
      {"a.example dkim=pass", "no"},
      {"a.example; =pass", "no"},
      {"a.example;; dkim=pass", "no"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(told(row.value) == row.told);
  }
  CHECK(told("a.example; " + std::string(20'000, '(') + " x") == "no");
  CHECK(told(std::string(5'000, '(') + std::string(5'000, ')') + "a.example; spf=pass") ==
        "a.example|spf=pass");
  std::string many = "a.example";
  for (int i = 0; i < 1000; ++i)
    many += "; x=y";
  CHECK(told(many) == "no");
}

TEST_CASE("whose word is believed, and what it proves") {
  using enum SenderProof;
  const std::string pass = "mx.google.com; dmarc=pass header.from=uni.example";
  const std::string fail =
      "mx.google.com; dkim=none; spf=softfail smtp.mailfrom=uni.example; dmarc=fail "
      "(p=NONE) header.from=uni.example";
  struct Row {
    const char* what;
    std::vector<std::string> fields;
    const char* server;
    SenderProof proof;
    std::string from = "ada@uni.example";
  };
  const Row rows[] = {
      {"none configured", {pass}, "", unasked},
      {"dmarc passes", {pass}, "mx.google.com", passed},
      {"our id in capitals",
       {"MX.Google.com; dmarc=pass header.from=uni.example"},
       "mx.google.com",
       passed},
      {"dmarc fails", {fail}, "mx.google.com", failed},
      {"no field", {}, "mx.google.com", missing},
      {"a stranger's field",
       {"mx.evil.example; dmarc=pass header.from=uni.example"},
       "mx.google.com",
       missing},
      {"a stranger's above ours",
       {"mx.evil.example; dmarc=pass header.from=uni.example", fail},
       "mx.google.com",
       failed},
      {"a forged one of our id, below ours", {fail, pass}, "mx.google.com", failed},
      {"ours, then a forged failure", {pass, fail}, "mx.google.com", passed},
      {"an id that only begins like ours",
       {"mx.google.com.evil.example; dmarc=pass header.from=uni.example"},
       "mx.google.com",
       missing},
      {"an id within a comment",
       {"evil.example (mx.google.com;) ; dmarc=pass header.from=uni.example"},
       "mx.google.com",
       missing},
      {"ours cannot be understood",
       {"mx.google.com; dmarc=pass header.from=\"uni.example"},
       "mx.google.com",
       missing},
      {"dmarc of another domain",
       {"mx.google.com; dmarc=pass header.from=evil.example"},
       "mx.google.com",
       missing},
      {"dmarc for the organisation",
       {"mx.google.com; dmarc=pass header.from=uni.example"},
       "mx.google.com",
       passed,
       "ada@cs.uni.example"},
      {"no policy, aligned signature",
       {"mx.google.com; dmarc=none header.from=uni.example; dkim=pass header.d=uni.example"},
       "mx.google.com",
       passed},
      {"no policy, aligned by identity",
       {"mx.google.com; dkim=pass header.i=@uni.example"},
       "mx.google.com",
       passed},
      {"a signature of somebody else",
       {"mx.google.com; dkim=pass header.d=list.example"},
       "mx.google.com",
       missing},
      {"no policy, aligned path",
       {"mx.google.com; spf=pass smtp.mailfrom=ada@mail.uni.example"},
       "mx.google.com",
       passed},
      {"the path of somebody else",
       {"mx.google.com; spf=pass smtp.mailfrom=bounce@evil.example"},
       "mx.google.com",
       missing},
      {"a path that only ends alike",
       {"mx.google.com; spf=pass smtp.mailfrom=x@eviluni.example"},
       "mx.google.com",
       missing},
      {"softfail",
       {"mx.google.com; spf=softfail smtp.mailfrom=ada@uni.example"},
       "mx.google.com",
       failed},
      {"path fails, signature holds",
       {"mx.google.com; spf=fail smtp.mailfrom=ada@uni.example; dkim=pass header.d=uni.example"},
       "mx.google.com",
       passed},
      {"one signature broken, one good",
       {"mx.google.com; dkim=fail header.d=uni.example; dkim=pass header.d=uni.example"},
       "mx.google.com",
       passed},
      {"neutral is no proof",
       {"mx.google.com; spf=neutral smtp.mailfrom=ada@uni.example"},
       "mx.google.com",
       missing},
      {"the server could not tell",
       {"mx.google.com; dmarc=temperror header.from=uni.example"},
       "mx.google.com",
       missing},
      {"passes by dmarc though the path fails",
       {"mx.google.com; spf=fail smtp.mailfrom=ada@uni.example; dmarc=pass header.from=uni.example"},
       "mx.google.com",
       passed},
      {"a top level domain aligns with nobody",
       {"mx.google.com; dkim=pass header.d=example"},
       "mx.google.com",
       missing},
      {"one of Fastmail's",
       {"mx6.messagingengine.com; dmarc=pass header.from=uni.example"},
       "*.messagingengine.com",
       passed},
      {"not one of Fastmail's",
       {"evilmessagingengine.com; dmarc=pass header.from=uni.example"},
       "*.messagingengine.com",
       missing},
      {"Exchange Online has no id",
       {"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=uni.example; dmarc=pass action=none "
        "header.from=uni.example"},
       "-",
       passed},
      {"and others' fields are none of its",
       {"mx.evil.example; dmarc=pass header.from=uni.example"},
       "-",
       missing},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Authentication found = authenticate(mail(row.fields, row.from), row.server);
    CHECK(static_cast<int>(found.proof) == static_cast<int>(row.proof));
    CHECK(found.reason.empty() == (row.proof == unasked));
  }
  // Several senders, or none, are nobody in particular.
  Message two = mail({pass});
  two.from.push_back({"Eve", "eve@evil.example"});
  CHECK((authenticate(two, "mx.google.com").proof == missing));
  Message nobody = mail({pass});
  nobody.from.clear();
  CHECK((authenticate(nobody, "mx.google.com").proof == missing));
}

TEST_CASE("presets") {
  CHECK(authserv_pattern("gmail") == "mx.google.com");
  CHECK(authserv_pattern("outlook") == "-");
  CHECK(authserv_pattern("fastmail") == "*.messagingengine.com");
  CHECK(authserv_pattern("mx.uni.example") == "mx.uni.example");
  CHECK(authserv_pattern("") == "");
}

TEST_CASE("what a missing or failed proof does to each fate, and to the answer") {
  using enum SenderProof;
  struct Row {
    Fate fate;
    SenderProof proof;
    Fate becomes;
    bool marked;
  };
  const Row rows[] = {
      {Fate::recorded, unasked, Fate::recorded, false},
      {Fate::recorded, passed, Fate::recorded, false},
      {Fate::recorded, missing, Fate::recorded, false},
      {Fate::recorded, failed, Fate::triage, true},
      {Fate::triage, missing, Fate::triage, false},
      {Fate::triage, failed, Fate::triage, true},
      {Fate::ignored, failed, Fate::ignored, false},
      {Fate::quarantined, failed, Fate::quarantined, false},
  };
  for (const Row& row : rows) {
    CAPTURE(static_cast<int>(row.proof));
    CAPTURE(fate_name(row.fate));
    Decision decision;
    decision.fate = row.fate;
    decision.answer = Answer::received;
    decision.reason = "why";
    const Decision judged = with_proof(decision, {row.proof, "mx says dmarc=fail"});
    CHECK(judged.fate == row.becomes);
    CHECK(judged.reason == (row.marked ? "possibly forged (mx says dmarc=fail): why" : "why"));
    CHECK((judged.answer == Answer::none) == row.marked);
  }
  const Message letter = test::mail("NIPS Workshop Papers");
  const std::vector<std::string> own = test::workshop_rules().own_addresses;
  REQUIRE(may_reply(letter, own).yes);
  CHECK(may_reply(letter, own, {unasked, ""}).yes);
  CHECK(may_reply(letter, own, {passed, "x"}).yes);
  for (const SenderProof proof : {missing, failed}) {
    const MayReply reply = may_reply(letter, own, {proof, "mx says nothing"});
    CHECK_FALSE(reply.yes);
    CHECK(reply.reason.find("mx says nothing") != std::string::npos);
  }
}

TEST_CASE("a version only comes from a proven sender, where proof is asked for") {
  using enum SenderProof;
  const VersionMatch version{.match = Match::version, .candidate = 3, .reason = "a reply", .note = ""};
  for (const SenderProof proof : {unasked, passed})
    CHECK((with_proof(version, {proof, "x"}, "P-7").match == Match::version));
  for (const SenderProof proof : {missing, failed}) {
    const VersionMatch judged = with_proof(version, {proof, "mx says nothing"}, "P-7");
    CHECK((judged.match == Match::fresh));
    CHECK(judged.note == "seems a version of P-7, but mx says nothing");
    // The same bytes again change nothing, whoever sent them.
    const VersionMatch copy{.match = Match::duplicate, .candidate = 3, .reason = "", .note = ""};
    CHECK((with_proof(copy, {proof, "x"}, "P-7").match == Match::duplicate));
  }
}
