// From a bounce's bytes to what it says of our receipt: one mail for each way in which mail systems
// write.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "core/bounce.h"
#include "core/may_reply.h"
#include "core/route.h"
#include "inspect/bounce_text.h"
#include "inspect/fake_mail.h"

using namespace papertray;
using namespace papertray::test;

namespace {

std::string bytes_of(const std::string& name) {
  std::ifstream in(std::string(MAILS_DIR) + "/" + name + ".eml", std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  REQUIRE(!bytes.str().empty());
  return bytes.str();
}

std::string with_cr_only(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '\r');
  return text;
}

}  // namespace

TEST_CASE("every way of giving a receipt back is understood") {
  struct Row {
    std::string name;
    BounceKind kind;
    std::string words;
  };
  using Kind = BounceKind;
  const Row rows[] = {
      {"bounce-postfix", Kind::failed, "550 5.1.1 User unknown"},
      {"bounce-references-only", Kind::failed, "5.1.1"},
      {"bounce-borders-differ", Kind::failed, "5.0.0"},
      {"bounce-exchange-text", Kind::failed, "RecipientNotFound"},
      {"bounce-exchange", Kind::failed, "no reason given"},
      {"bounce-exim", Kind::failed, "550 5.1.1 <ada@uni.example>... no such person"},
      {"bounce-qmail", Kind::failed, "552 Mailbox is full"},
      {"bounce-yahoo", Kind::failed, "5.7.9"},
      {"bounce-sendmail-5", Kind::failed, "User unknown"},
      {"bounce-dragonfly", Kind::failed, "550 5.7.26"},
      {"bounce-notes", Kind::failed, "no reason given"},
      {"bounce-imail", Kind::failed, "no reason given"},
      {"bounce-part-without-header", Kind::failed, "no reason given"},
      {"bounce-on-the-thread", Kind::failed, "no such user here"},
      {"bounce-delayed", Kind::delayed, "4.4.1"},
      {"bounce-gmail-delay", Kind::delayed, "451 4.3.0"},
      {"bounce-delivered", Kind::delivered, ""},
      {"bounce-several-recipients", Kind::none, ""},
      {"read-receipt", Kind::none, ""},
      {"spam-complaint", Kind::none, ""},
      {"reply-to-receipt", Kind::none, ""},
  };
  std::vector<std::string> texts;
  for (const Row& row : rows) {
    texts.push_back(bytes_of(row.name));
    texts.push_back(with_cr_only(texts.back()));
  }
  WorkerInspector inspector(real_worker());
  const auto read = inspect_all(inspector, mails(std::move(texts)));
  REQUIRE(read.size() == 2 * std::size(rows));
  for (std::size_t i = 0; i < read.size(); ++i) {
    const Row& row = rows[i / 2];
    const Message& message = read[i].message;
    CAPTURE(row.name);
    CAPTURE((i % 2 == 0 ? "LF" : "CR"));
    const Bounce bounce = bounce_of(message);
    CHECK(bounce.kind == row.kind);
    CHECK(bounce.token == (row.kind == Kind::none ? "" : "pt-5d41402abc4b2a76b9719d91"));
    CHECK(bounce.words.find(row.words) != std::string::npos);
    const bool person = row.name == "reply-to-receipt";
    CHECK(automatic_mail(message).empty() == person);
    CHECK(may_reply(message, {"desk@example.com"}).yes == person);
  }
}

TEST_CASE("what another server said, among a mail system's words") {
  const std::pair<std::string, std::string> rows[] = {
      {"", ""},
      {"Sorry.\n", ""},
      {"550 5.1.1 gone\n", "550 5.1.1 gone"},
      {"  550-5.1.1 gone\r\n", "550-5.1.1 gone"},
      {"host x said: 550 gone\nthen\n554 5.7.1 no\n", "554 5.7.1 no"},
      {"status 5.2.2\n<<< 452 full\n", "452 full"},
      {"(#5.2.2)\n", "5.2.2)"},
      {"554: 5.7.9: policy\n", "554: 5.7.9: policy"},
      {"our 550 members met in room 5.1.1.4\n", ""},
      {"in 2017, 550 people\n", ""},
      {"from 5.1.1.1 and 10.5.1.1\n", ""},
      {"Exim 4.72 and x5.1.1\n", ""},
      {"6.1.1 and 3.2.1\n", ""},
      {"x: 250 fine\n", ""},
      {"5.1234.1\n", ""},
  };
  for (const auto& [text, found] : rows) {
    CAPTURE(text);
    CHECK(diagnostic_in(text) == found);
  }
}

TEST_CASE("where a mail system's words end") {
  for (const char* line :
       {"------ This is a copy of the message, including all the headers. ------",
        "--- Below this line is a copy of the message.", "Original message follows.",
        "   ----- Unsent message follows -----", "------- Returned Message --------",
        "   ----- Message header follows -----", "Message headers follow.",
        "Original message headers:", "--- THE HEADER OF THE ORIGINAL MESSAGE IS FOLLOWING ---"}) {
    CAPTURE(line);
    const std::string text = std::string("Sorry.\n\n") + line + "\r\n\nSubject: x\n";
    CHECK(cut_bounce(text).told == "Sorry.\n\n");
    CHECK(cut_bounce(text).returned == "\nSubject: x\n");
  }
  for (const char* line : {"-----Original Message-----", "> Original message follows", "------", "",
                           "On Friday the returned message was read"}) {
    CAPTURE(line);
    CHECK(cut_bounce(std::string("Sorry.\n") + line + "\nx\n").returned == "");
  }
}

TEST_CASE("hostile reports cost no time") {
  const std::string blanks(1'000'000, '\n');
  const std::string fives(1'000'000, '5');
  std::string dots;
  while (dots.size() < 1'000'000)
    dots += "5.1.";
  for (const std::string& text : {blanks, fives, dots}) {
    CHECK(cut_bounce(text).returned == "");
    CHECK(diagnostic_in(text) == "");
    CHECK(field_in(text, "Message-ID") == "");
  }
}
