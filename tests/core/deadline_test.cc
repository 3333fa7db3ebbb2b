#include "core/deadline.h"

#include <random>

#include <doctest/doctest.h>

#include "core/error.h"
#include "sample_rules.h"

using namespace papertray;
using papertray::test::at;

namespace {

const std::string here = "America/Los_Angeles";

}  // namespace

TEST_CASE("the second that a deadline means") {
  const std::pair<const char*, const char*> rows[] = {
      {"2017-11-03 16:59 PST", "2017-11-04T00:59:59Z"},
      {"  2017-11-03   16:59  pst ", "2017-11-04T00:59:59Z"},
      {"2017-11-03 16:59:00 PST", "2017-11-04T00:59:00Z"},
      {"2017-11-03 16:59 PDT", "2017-11-03T23:59:59Z"},
      {"2017-11-03 16:59 America/Los_Angeles", "2017-11-03T23:59:59Z"},
      {"2018-01-03 16:59 America/Los_Angeles", "2018-01-04T00:59:59Z"},
      {"2017-11-28", "2017-11-29T11:59:59Z"},
      {"2017-11-28 23:59 AoE", "2017-11-29T11:59:59Z"},
      {"2017-11-28 23:59 aoe", "2017-11-29T11:59:59Z"},
      {"2016-02-29 12:00 UTC", "2016-02-29T12:00:59Z"},
      {"2017-11-03 16:59 Z", "2017-11-03T16:59:59Z"},
      {"2017-11-03 16:59 GMT", "2017-11-03T16:59:59Z"},
      {"2017-11-03 16:59 +02:00", "2017-11-03T14:59:59Z"},
      {"2017-11-03 16:59 +0200", "2017-11-03T14:59:59Z"},
      {"2017-11-03 16:59 UTC+2", "2017-11-03T14:59:59Z"},
      {"2017-11-03 16:59 GMT-03:30", "2017-11-03T20:29:59Z"},
      {"2017-07-03 16:59 CET", "2017-07-03T15:59:59Z"},
      {"2017-07-03 16:59 CEST", "2017-07-03T14:59:59Z"},
      {"2017-07-03 16:59 EST", "2017-07-03T21:59:59Z"},
      {"2017-07-03 16:59 America/New_York", "2017-07-03T20:59:59Z"},
      {"2017-07-03 16:59 HST", "2017-07-04T02:59:59Z"},
      {"2017-07-03 16:59 AKST", "2017-07-04T01:59:59Z"},
      {"2017-07-03 16:59 MST", "2017-07-03T23:59:59Z"},
      {"2017-07-03 16:59 MSK", "2017-07-03T13:59:59Z"},
      {"2017-07-03 16:59 JST", "2017-07-03T07:59:59Z"},
      {"2017-07-03 16:59 IST", "2017-07-03T11:29:59Z"},
      {"2017-07-03 16:59 BST", "2017-07-03T15:59:59Z"},
      {"2017-07-03 16:59 CST", "2017-07-03T22:59:59Z"},
      {"2017-07-03 16:59 NZDT", "2017-07-03T03:59:59Z"},
      {"2017-07-03 16:59 AEDT", "2017-07-03T05:59:59Z"},
      // The clocks of California ran through 01:30 twice: the later one counts.
      {"2017-11-05 01:30 America/Los_Angeles", "2017-11-05T09:30:59Z"},
      {"9999-12-31 11:59 AoE", "9999-12-31T23:59:59Z"},
  };
  for (const auto& [text, last] : rows) {
    CAPTURE(text);
    CHECK(rfc3339(parse_deadline(text, here).last) == last);
  }
}

TEST_CASE("a remark where the text reads differently on the clocks") {
  struct Row {
    const char *text, *zone, *remark;
  };
  const Row rows[] = {
      {"2017-11-03 16:59 PST", "America/Los_Angeles",
       "16:59 PST is 00:59 UTC, 17:59 on the clocks of America/Los_Angeles that day (PDT), an hour "
       "after 16:59 PDT"},
      {"2018-01-03 16:59 PDT", "America/Los_Angeles",
       "16:59 PDT is 23:59 UTC, 15:59 on the clocks of America/Los_Angeles that day (PST), an hour "
       "before 16:59 PST"},
      {"2017-11-06 16:59 PST", "America/Los_Angeles", ""},
      {"2017-11-03 16:59 PDT", "America/Los_Angeles", ""},
      {"2017-11-03 16:59 PST", "Europe/Berlin", ""},
      {"2017-11-03 16:59 PST", "", ""},
      {"2017-11-03 16:59 -08:00", "America/Los_Angeles", ""},
      {"2017-11-03 16:59 America/Los_Angeles", "America/Los_Angeles", ""},
      {"2017-11-28", "America/Los_Angeles", ""},
      {"2017-11-03 16:59 IST", "America/Los_Angeles",
       "IST is read as Indian standard time, not as that of Israel (UTC+2) and Ireland (UTC+1)"},
      {"2017-11-05 01:30 America/Los_Angeles", "America/Los_Angeles",
       "01:30 comes twice on the clocks of America/Los_Angeles that day, in PDT and in PST: the later "
       "one counts, "
       "2017-11-05T09:30:59Z"},
      {"2017-07-03 16:59 CET", "Europe/Berlin",
       "16:59 CET is 15:59 UTC, 17:59 on the clocks of Europe/Berlin that day (CEST), an hour after "
       "16:59 CEST"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parse_deadline(row.text, row.zone).remark == row.remark);
  }
  const std::string both = parse_deadline("2017-07-03 16:59 CST", "America/Chicago").remark;
  CHECK(both.find("US Central") != std::string::npos);
  CHECK(both.find("an hour after") != std::string::npos);
}

TEST_CASE("a wrong deadline is named by its wrong piece") {
  const std::pair<std::string, const char*> rows[] = {
      {"", "it is empty"},
      {"2017-02-29", "`2017-02-29` is not in the calendar"},
      {"2017-13-01", "`2017-13-01` is not in the calendar"},
      {"1969-12-31 23:59 UTC", "`1969-12-31` is not in the calendar"},
      {"3.11.2017 16:59 PST", "`3.11.2017` is no date"},
      {"2017-1-3", "`2017-1-3` is no date"},
      {"16:59 PST", "`16:59` is no date"},
      {"2017-11-03 4:59pm PST", "`4:59pm` is no time"},
      {"2017-11-03 24:00 PST", "`24:00` is no time"},
      {"2017-11-03 16:60 PST", "`16:60` is no time"},
      {"2017-11-03 16:59:61 PST", "`16:59:61` is no time"},
      {"2017-11-03 AoE", "`AoE` is no time"},
      {"2017-11-03 16:59", "zone is missing"},
      {"2017-11-03 16:59 PTS", "did you mean `PST`?"},
      {"2017-11-03 16:59 America/Los_Angels", "did you mean `America/Los_Angeles`?"},
      {"2017-11-03 16:59 UTC+99", "`UTC+99` is no zone"},
      {"2017-11-03 16:59 PST tomorrow", "`tomorrow` follows"},
      {"2017-03-12 02:30 America/Los_Angeles", "leave 02:30 out"},
      {"9999-12-31", "outside the years"},
      {std::string(5'000, '2'), "more than 100 bytes"},
      {"2017-11-03 16:59 \x1b[2J", "\\x1b"},
  };
  for (const auto& [text, what] : rows) {
    CAPTURE(text);
    try {
      parse_deadline(text, here);
      FAIL_CHECK("no failure");
    } catch (const Failure& failure) {
      CHECK(failure.error().exit == Exit::configuration);
      CHECK(failure.error().again == Again::person);
      CAPTURE(failure.error().text);
      CHECK(failure.error().text.find(what) != std::string::npos);
      CHECK(failure.error().text.find("2017-11-03 16:59 PST") != std::string::npos);
      CHECK(failure.error().text.find('\x1b') == std::string::npos);
    }
  }
}

TEST_CASE("any text is a deadline or a Failure") {
  std::mt19937 random(11);
  const std::string_view letters = "0123456789:-+ /PSTUCaoe\xff";
  for (int i = 0; i < 5'000; ++i) {
    std::string text = i % 3 ? "2017-11-03 16:59 PST" : "";
    for (int n = 0; n < 3; ++n) {
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(random() % (text.size() + 1)),
                  letters[random() % letters.size()]);
    }
    try {
      const Deadline due = parse_deadline(text, here);
      REQUIRE(due.last > Time{});
    } catch (const Failure& failure) {
      REQUIRE(!failure.error().text.empty());
    }
  }
}

TEST_CASE("the last second is on time, the next one late") {
  const std::optional<Deadline> due = parse_deadline("2017-11-03 16:59 PST", here);
  struct Row {
    const char* received;
    bool on_time;
    int margin;
  };
  const Row rows[] = {{"2017-11-04T00:59:58Z", true, 1},
                      {"2017-11-04T00:59:59Z", true, 0},
                      {"2017-11-04T01:00:00Z", false, -1}};
  for (const Row& row : rows) {
    CAPTURE(row.received);
    const Lateness found = lateness(due, at(row.received));
    CHECK(found.on_time == row.on_time);
    CHECK(found.margin == Seconds(row.margin));
  }
  CHECK(lateness(std::nullopt, at("2099-01-01T00:00:00Z")).on_time);
}
