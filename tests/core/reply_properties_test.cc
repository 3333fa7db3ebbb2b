// What holds of reply_text whatever it is given.
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/reply_text.h"

namespace papertray {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// Every line of `part` is one of `whole`, in order.
bool is_subsequence(const std::vector<std::string_view>& part,
                    const std::vector<std::string_view>& whole) {
  std::size_t at = 0;
  for (const std::string_view line : part) {
    while (at < whole.size() && whole[at] != line)
      ++at;
    if (at == whole.size()) return false;
    ++at;
  }
  return true;
}

void check_promises(const std::string& text) {
  const ReplyText found = reply_text(text);
  const auto lines = lines_of(text);
  if (!is_subsequence(lines_of(found.said), lines))
    FAIL_CHECK("other lines than these:\n" << text << "\n===\n" << found.said);
  std::size_t before = 0;
  for (const Cut& cut : found.cut) {
    CHECK(cut.first >= before);
    CHECK(cut.end > cut.first);
    before = cut.end;
  }
  CHECK(before <= lines.size());
  if (!found.said.empty()) {
    CHECK(found.said.front() != '\n');
    CHECK(found.said.back() != '\n');
  }
}

const std::vector<std::string> pieces = {
    "Where is the room?",
    "and when,",
    "Best regards,\nAda",
    "",
    "",
    "  ",
    "> quoted",
    ">> twice",
    "> ",
    "-- ",
    "--",
    "____",
    "-----------",
    "Ada Lovelace\nada@example.org\nwww.example.org",
    "Sent from my iPhone",
    "On 5 May 2018, Ada wrote:",
    "Ada <ada@example.org>\nwrote:",
    "Am 5.3.2018 schrieb Ada:",
    "wrote:",
    "<",
    "-----Original Message-----",
    "---------- Forwarded message ----------",
    "From: Ada <ada@example.org>\nTo: Bob\nSubject: Rooms",
    "From: Berlin",
    "```",
    "This is confidential, for the intended recipient; disclosure is prohibited.",
    "AL> initials\nAL> again",
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n",
    "-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----",
    "1. one",
    "\xff\xfe",
    "\u202E"};

std::string random_mail(std::mt19937& random) {
  std::string text;
  for (auto count = random() % 14 + 1; count > 0; --count)
    text += pieces[random() % pieces.size()] + "\n";
  return text;
}

}  // namespace

TEST_CASE("what is said are lines of the mail, in order; what is cut are others") {
  std::mt19937 random(2017);
  for (int i = 0; i < 20'000; ++i)
    check_promises(random_mail(random));
}

// Not of every mail: where a border is gone, what stood at the top now stands alone.
TEST_CASE("what was said says the same again") {
  const std::string pieces_of_mails[] = {"Where?\n\nWhen?",      "> so\n\nno",
                                         "a\n> b\nc\n> d\ne",    "Hi,\n\nyes.\n\n-Ada",
                                         "Best,\nAda\n\nPS: no", "```\n--\n```\nx"};
  const std::string tails[] = {
      "",
      "\n\n-- \nAda",
      "\n\nSent from my iPhone",
      "\n\nOn 5 May 2018, Ada wrote:\n> x\n",
      "\n\nOn 5 May 2018, Ada wrote:\n\nx\n",
      "\n-----Original Message-----\nFrom: x\n\ny",
      "\n\nThis is confidential, for the intended recipient; disclosure is prohibited.",
      "\n\n> x",
      "\n____\nlist"};
  for (const std::string& piece : pieces_of_mails)
    for (const std::string& one : tails)
      for (const std::string& two : tails) {
        const std::string said = reply_text(piece + one + two).said;
        CAPTURE(piece + one + two);
        CHECK(said == piece);
        CHECK(reply_text(said).said == said);
      }
}

TEST_CASE("the work grows with the text and no faster") {
  const std::string patterns[] = {">",
                                  ">\n",
                                  "On ",
                                  "On\n",
                                  "On 5 May 2018:\n",
                                  "On 5 May,\nAda\n<a@b>\nwrote\n",
                                  "a:\n",
                                  "wrote:\n",
                                  "From: a@b\n",
                                  "From: a\n\n",
                                  "Subject: x\ny\n",
                                  "--\n",
                                  "____\nx\n",
                                  "-----Original Message\n",
                                  "--x\n\n\n",
                                  "```\n",
                                  "A>\n",
                                  "\n",
                                  " ",
                                  "\n\n\nx:\n",
                                  "confidential intended recipient prohibited\n\n",
                                  "Sent from my iPhone\n\n",
                                  "a\na@b.c\nwww.x.y\n\n",
                                  "> a\nb\n",
                                  "> a\n\nb\n",
                                  "> On 5 May 2018 Ada wrote:\nx\n",
                                  "\xff",
                                  "\u202E",
                                  "?",
                                  "1. "};
  for (const std::string& pattern : patterns) {
    CAPTURE(pattern);
    constexpr std::size_t size = 64 * 1024;
    std::string text;
    while (text.size() < size)
      text += pattern;
    const std::size_t once = reply_text(text).looked_at;
    const std::size_t eight =
        reply_text(text + text + text + text + text + text + text + text).looked_at;
    CHECK(eight < 9 * once);
    constexpr std::size_t most_looks =
        260;  // at each byte: a bound on the constant, found with these patterns
    CHECK(once < most_looks * size);
    CHECK(count_questions(text) >= 0);
  }
}

}  // namespace papertray
