#include "files/mbox_reader.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/temp_dir.h"

using namespace papertray;
using namespace papertray::test;

namespace {

struct Split {
  std::vector<std::string> mails;
  std::vector<std::string> between;  // before, between and after the mails
  std::vector<std::string> dates;
  std::vector<std::uint64_t> checks;
};

Split split(const std::string& bytes) {
  const TempDir temp;
  write_file(temp / "mbox", bytes);
  const ReadFile file = ReadFile::open(temp / "mbox");
  MboxReader reader(file, file.size());
  Split all;
  std::uint64_t at = 0;
  while (const std::optional<MboxPiece> piece = reader.next()) {
    REQUIRE(piece->offset >= at);
    all.between.push_back(bytes.substr(at, piece->offset - at));
    all.mails.push_back(bytes.substr(piece->offset, piece->size));
    all.dates.push_back(piece->from ? rfc3339(*piece->from) : "");
    all.checks.push_back(piece->check);
    at = piece->offset + piece->size;
  }
  all.between.push_back(bytes.substr(at));
  return all;
}

using Mails = std::vector<std::string>;

const std::string a = "From a@example.org Fri Nov  3 16:59:59 2017\n";
const std::string b = "From b@example.org Fri Nov  3 17:00:00 2017\n";

}  // namespace

TEST_CASE("mbox dialects: the mails' bytes as they stand in the file") {
  struct Row {
    const char* what;
    std::string bytes;
    Mails mails;
  } rows[] = {
      {"nothing", "", {}},
      {"only empty lines", "\n\n", {}},
      {"one mail", a + "S: 1\n\none\n\n", {"S: 1\n\none\n"}},
      {"two mails", a + "S: 1\n\none\n\n" + b + "S: 2\n\ntwo\n\n", {"S: 1\n\none\n", "S: 2\n\ntwo\n"}},
      {"an empty line first", "\n" + a + "S: 1\n\none\n", {"S: 1\n\none\n"}},
      {"no empty line at the end", a + "S: 1\n\none\n", {"S: 1\n\none\n"}},
      {"no line end at the end", a + "S: 1\n\none", {"S: 1\n\none"}},
      {"several empty lines between",
       a + "S: 1\n\none\n\n\n\n" + b + "S: 2\n\n",
       {"S: 1\n\none\n\n\n", "S: 2\n"}},
      {"header only", a + "S: 1\n\n" + b + "S: 2\n\n", {"S: 1\n", "S: 2\n"}},
      {"a mail of no bytes", a + "\n" + b + "S: 2\n\n", {"", "S: 2\n"}},
      {"a From line and no more", a, {""}},
      {"mboxo: one level of quoting stays",
       a + "S: 1\n\n>From me\n\n" + b + "S: 2\n\n",
       {"S: 1\n\n>From me\n", "S: 2\n"}},
      {"mboxrd: two levels stay", a + "S: 1\n\n>>From me\n", {"S: 1\n\n>>From me\n"}},
      {"From in the text after an empty line",
       a + "S: 1\n\nx\n\nFrom here on it is text.\n",
       {"S: 1\n\nx\n\nFrom here on it is text.\n"}},
      {"no empty line between two mails",
       a + "S: 1\n\none\n" + b + "S: 2\n\n",
       {"S: 1\n\none\n", "S: 2\n"}},
      {"a From line within a paragraph", a + "S: 1\n\nx\n" + b + "y\n", {"S: 1\n\nx\n" + b + "y\n"}},
      {"mboxcl: the length is not believed",
       a + "Content-Length: 9999\n\none\n\n" + b + "S: 2\n\n",
       {"Content-Length: 9999\n\none\n", "S: 2\n"}},
      {"without a date, but a header follows",
       a + "S: 1\n\none\n\nFrom -\nS: 2\n\n",
       {"S: 1\n\none\n", "S: 2\n"}},
      {"without a date, and text follows",
       a + "S: 1\n\none\n\nFrom -\nit follows\n",
       {"S: 1\n\none\n\nFrom -\nit follows\n"}},
      {"CRLF",
       "From a Fri Nov  3 16:59:59 2017\r\nS: 1\r\n\r\none\r\n\r\nFrom b Fri Nov  3 16:59:59 2017\r\nS: "
       "2\r\n\r\n",
       {"S: 1\r\n\r\none\r\n", "S: 2\r\n"}},
      {"CRLF separators, LF mails",
       "From a Fri Nov  3 16:59:59 2017\r\nS: 1\n\none\n\r\nFrom b Fri Nov  3 16:59:59 2017\r\nS: 2\n",
       {"S: 1\n\none\n", "S: 2\n"}},
      {"CR alone is no line end",
       "From a Fri Nov  3 16:59:59 2017\nS: 1\r\rFrom b Fri Nov  3 16:59:59 2017\rx",
       {"S: 1\r\rFrom b Fri Nov  3 16:59:59 2017\rx"}},
      {"NUL bytes", a + std::string("S: \0\n\n\0\n", 8), {std::string("S: \0\n\n\0\n", 8)}},
      {"MMDF",
       "\1\1\1\1\nS: 1\n\none\n\n\1\1\1\1\n\1\1\1\1\nS: 2\n\1\1\1\1\n",
       {"S: 1\n\none\n\n", "S: 2\n"}},
      {"MMDF with From lines",
       "\1\1\1\1\n" + a + "S: 1\n\n" + b + "x\n\1\1\1\1\n",
       {"S: 1\n\n" + b + "x\n"}},
      {"MMDF without its last line", "\1\1\1\1\nS: 1\n\none\n", {"S: 1\n\none\n"}},
      {"^A in an mbox is text", a + "S: 1\n\n\1\1\1\1\nx\n", {"S: 1\n\n\1\1\1\1\nx\n"}},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.what));
    CHECK(split(row.bytes).mails == row.mails);
  }
}

TEST_CASE("the From lines' dates come with the mails") {
  const Split both = split(a + "S: 1\n\n" + b + "S: 2\n\nFrom -\nS: 3\n");
  CHECK(both.dates == Mails{"2017-11-03T16:59:59Z", "2017-11-03T17:00:00Z", ""});
  CHECK(both.between == Mails{a, "\n" + b, "\nFrom -\n", ""});
  CHECK(split("\1\1\1\1\n" + a + "S: 1\n\1\1\1\1\n").dates == Mails{"2017-11-03T16:59:59Z"});
}

TEST_CASE("the checksum is of the mail's bytes, wherever it stands") {
  const std::string one = "S: 1\n\n\n\none\n\n", two = "S: 2\n\ntwo\n";
  const Split first = split(a + one + "\n" + b + two + "\n");
  const Split second = split(b + two + "\n" + a + one + "\n");
  REQUIRE(first.checks.size() == 2);
  CHECK(first.mails[0] == one);
  CHECK(first.checks[0] == second.checks[1]);
  CHECK(first.checks[1] == second.checks[0]);
  CHECK(first.checks[0] != first.checks[1]);
  CHECK(split(a + one).checks[0] != first.checks[0]);     // one empty line less
  CHECK(split(a + "a").checks[0] == 0xaf63dc4c8601ec8c);  // FNV-1a's own test vector
}

TEST_CASE("lines longer than any buffer, at every position of a buffer's end") {
  for (std::size_t around : {0U, 1U, 2U, 44U, 45U, 46U, 47U}) {
    const std::string lone(256 * 1024 - around, 'x');
    const std::string bytes =
        "From a Fri Nov  3 16:59:59 2017\nS: " + lone + "\n\n" + b + "S: 2\n\n" + lone + lone;
    const Split both = split(bytes);
    REQUIRE(both.mails.size() == 2);
    CHECK(both.mails[0] == "S: " + lone + "\n");
    CHECK(both.mails[1] == "S: 2\n\n" + lone + lone);
  }
}

TEST_CASE("what looks like an mbox") {
  const auto looks = [](const std::string& bytes) {
    const TempDir temp;
    write_file(temp / "f", bytes);
    return looks_like_mbox(ReadFile::open(temp / "f"));
  };
  CHECK(looks(a + "S: 1\n"));
  CHECK(looks("\r\n\n" + a));
  CHECK(looks("\1\1\1\1\nS: 1\n"));
  CHECK(looks("From -\nS: 1\n"));
  CHECK_FALSE(looks(""));
  CHECK_FALSE(looks("\n\n"));
  CHECK_FALSE(looks("From: a@example.org\n"));
  CHECK_FALSE(looks("From Russia with love\nS: 1\n"));
  CHECK_FALSE(looks("Subject: x\n\n" + a));
  CHECK_FALSE(looks(std::string(100'000, 'x')));
}
