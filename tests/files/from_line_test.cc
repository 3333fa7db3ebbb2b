#include "files/from_line.h"

#include <string>

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("From lines: what begins a mail, and when it came") {
  struct Row {
    const char* line;
    FromLine is;
    const char* date;  // RFC 3339, "" for none
  } rows[] = {
      {"From ann@example.org Fri Nov  3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From ann@example.org  Fri Nov 3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From ann@example.org Fri Nov  3 16:59 2017", FromLine::yes, "2017-11-03T16:59:00Z"},
      {"From ann@example.org Nov 3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From ann@example.org Fri Nov  3 16:59:59 2017 -0700", FromLine::yes, "2017-11-03T23:59:59Z"},
      {"From ann@example.org Fri Nov  3 16:59:59 -0700 2017", FromLine::yes, "2017-11-03T23:59:59Z"},
      {"From ann@example.org Fri Nov  3 16:59:59 PDT 2017", FromLine::yes, "2017-11-03T23:59:59Z"},
      {"From ann@example.org Fri Nov  3 16:59:59 MET DST 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From ann@example.org Fri, 3 Nov 2017 16:59:59 +0100", FromLine::yes, "2017-11-03T15:59:59Z"},
      {"From ann@example.org 3 Nov 2017 16:59:59", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From - Thu Nov 21 13:20:54 1996", FromLine::yes, "1996-11-21T13:20:54Z"},
      {"From MAILER-DAEMON Fri Nov  3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From \"Ann B.\"@example.org Fri Nov  3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From Ann with blanks Fri Nov  3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From  Fri Nov  3 16:59:59 2017", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From ann Fri Nov  3 16:59:59 2017 remote from uucphost", FromLine::yes, "2017-11-03T16:59:59Z"},
      {"From ann@example.org Fri Nov 31 16:59:59 2017", FromLine::no, ""},
      {"From 1844347792267117879@xxx", FromLine::perhaps, ""},
      {"From -", FromLine::perhaps, ""},
      {"From - ", FromLine::perhaps, ""},
      {"From ", FromLine::perhaps, ""},
      {"From", FromLine::no, ""},
      {"From: ann@example.org", FromLine::no, ""},
      {"from ann@example.org Fri Nov  3 16:59:59 2017", FromLine::no, ""},
      {">From ann@example.org Fri Nov  3 16:59:59 2017", FromLine::no, ""},
      {" From ann@example.org Fri Nov  3 16:59:59 2017", FromLine::no, ""},
      {"From here on, all is text.", FromLine::no, ""},
      {"From Russia with love", FromLine::no, ""},
      {"From Nov 3 16:59 2017 on we take papers", FromLine::no, ""},
      {"From my point of view Fri Nov 3 at 16:59 2017", FromLine::no, ""},
      {"From today to Fri Nov 3 2017", FromLine::no, ""},
      {"From pat016", FromLine::no, ""},
      {"From ann@example.org Fri Nov  3 16:59:59 17", FromLine::no, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.line));
    const FromLineRead read = read_from_line(row.line);
    CHECK(static_cast<int>(read.is) == static_cast<int>(row.is));
    CHECK((read.date ? rfc3339(*read.date) : "") == row.date);
  }
}

TEST_CASE("a line too long for a From line, or with too many words, is text") {
  CHECK(read_from_line("From " + std::string(2000, 'a') + " Fri Nov  3 16:59:59 2017").is ==
        FromLine::no);
  std::string many = "From";
  for (int i = 0; i < 400; ++i)
    many += " a";
  CHECK(read_from_line(many + " Fri Nov  3 16:59:59 2017").is == FromLine::no);
}

TEST_CASE("header fields") {
  CHECK(begins_header_field("Subject: x"));
  CHECK(begins_header_field("X-1_a:"));
  CHECK_FALSE(begins_header_field(""));
  CHECK_FALSE(begins_header_field(": x"));
  CHECK_FALSE(begins_header_field("no field"));
  CHECK_FALSE(begins_header_field("two words: x"));
  CHECK_FALSE(begins_header_field("caf\xc3\xa9: x"));
}
