#include "core/time.h"

#include <random>

#include <doctest/doctest.h>

#include "core/error.h"
#include "sample_rules.h"

using namespace papertray;
using papertray::test::at;

namespace {

std::string shown(const std::optional<Time>& t) {
  return t ? rfc3339(*t) : "nothing";
}

struct Row {
  const char* text;
  const char* expected;
};

}  // namespace

TEST_CASE("RFC 3339 is read strictly") {
  const Row rows[] = {
      {"2017-11-04T00:59:59Z", "2017-11-04T00:59:59Z"},
      {"2017-11-03t16:59:59.123-08:00", "2017-11-04T00:59:59Z"},
      {"2016-12-31 23:59:60Z", "2016-12-31T23:59:59Z"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
      {"2016-02-29T00:00:00Z", "2016-02-29T00:00:00Z"},
      {"2017-02-29T00:00:00Z", "nothing"},
      {"1969-12-31T23:59:59Z", "nothing"},
      {"1970-01-01T00:00:00+01:00", "nothing"},
      {"9999-12-31T23:59:59-01:00", "nothing"},
      {"2017-11-04T00:59:59", "nothing"},
      {"2017-11-04T24:00:00Z", "nothing"},
      {"2017-11-04T00:59:59.Z", "nothing"},
      {"2017-11-04T00:59:59Zx", "nothing"},
      {"2017-11-04T00:59:59+0100", "nothing"},
      {"2017-11-04", "nothing"},
      {"", "nothing"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(parse_rfc3339(row.text)) == row.expected);
  }
}

TEST_CASE("IMAP's date-time") {
  const Row rows[] = {
      {" 3-Nov-2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"03-Nov-2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"3-Nov-2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"31-DEC-2017 23:59:59 +0000", "2017-12-31T23:59:59Z"},
      {"13-Nov-2017 05:29:59 +0530", "2017-11-12T23:59:59Z"},
      {"31-Nov-2017 16:59:59 -0700", "nothing"},
      {"03-Nov-2017 16:59:59", "nothing"},
      {"03-Nov-2017 16:59:59 PST", "nothing"},
      {"03-Noz-2017 16:59:59 -0700", "nothing"},
      {"-", "nothing"},
      {"", "nothing"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(parse_imap_date_time(row.text)) == row.expected);
  }
}

TEST_CASE("dates as mail has them") {
  const Row rows[] = {
      {"Fri, 03 Nov 2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:59 -0700 (PDT)", "2017-11-03T23:59:59Z"},
      {"3 Nov 2017 16:59 -0700", "2017-11-03T23:59:00Z"},
      {"  Fri , 3  November 2017\t16:59:59  PST", "2017-11-04T00:59:59Z"},
      {"Fri, 3 Nov 17 16:59:59 EST", "2017-11-03T21:59:59Z"},
      {"Fri, 3 Nov 117 16:59:59 EDT", "2017-11-03T20:59:59Z"},
      {"Mon, 3 Nov 97 16:59:59 GMT", "1997-11-03T16:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:59 UT", "2017-11-03T16:59:59Z"},
      // RFC 5322 section 4.3: military letters and unknown words say nothing about the zone.
      {"Fri, 3 Nov 2017 16:59:59 A", "2017-11-03T16:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:59 WXYZ", "2017-11-03T16:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:59", "2017-11-03T16:59:59Z"},
      {"Fri (so (they) say), 3 Nov (2016) 2017 16:59:59 +0100", "2017-11-03T15:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:59 +01:00", "2017-11-03T15:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:59 GMT+0100", "2017-11-03T15:59:59Z"},
      {"Fri, 3 Nov 2017 4:59:59 PM -0700", "2017-11-03T23:59:59Z"},
      {"Fri, 3 Nov 2017 12:00:00AM GMT", "2017-11-03T00:00:00Z"},
      {"Fr, 3 Nov 2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"Fri Nov  3 16:59:59 2017", "2017-11-03T16:59:59Z"},
      {"Fri Nov  3 16:59:59 PDT 2017", "2017-11-03T23:59:59Z"},
      {"Fri Nov  3 16:59:59 2017 -0700", "2017-11-03T23:59:59Z"},
      {"3-Nov-2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"2017-11-03 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"2017-11-03T16:59:59-07:00", "2017-11-03T23:59:59Z"},
      {"Fri, 3 Nov 2017 16:59:60 -0700", "2017-11-03T23:59:59Z"},
      {"from a by b (esmtp; x) with c id d; Fri, 3 Nov 2017 16:59:59 -0700 (PDT)",
       "2017-11-03T23:59:59Z"},
      {"from a (never closed; Fri, 3 Nov 2017 16:59:59 -0700", "2017-11-03T23:59:59Z"},
      {"by x; Fri, 3 Nov 2017 16:59:59 -0700 (zone; daylight)", "2017-11-03T23:59:59Z"},
      {"Fri, 31 Nov 2017 16:59:59 -0700", "nothing"},
      {"Fri, 0 Nov 2017 16:59:59 -0700", "nothing"},
      {"Fri, 3 Nov 2017 25:59:59 -0700", "nothing"},
      {"Fri, 3 Nov 2017 16:59:59 -9900", "nothing"},
      {"Fri, 3 Nov 2017", "nothing"},
      {"Fri, 3 Nov 1969 16:59:59 -0700", "nothing"},
      {"Fri, 3 Nov 99999 16:59:59 -0700", "nothing"},
      {"03-11-2017 16:59:59", "nothing"},
      {"16:59:59 16:59:59 3 Nov 2017", "nothing"},
      {"now", "nothing"},
      {"(((((", "nothing"},
      {";", "nothing"},
      {"\\", "nothing"},
      {"", "nothing"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(parse_mail_date(row.text)) == row.expected);
  }
}

TEST_CASE("a mail date is bounded, and garbage is nothing") {
  const std::string date = "Fri, 3 Nov 2017 16:59:59 -0700";
  CHECK(parse_mail_date("x; " + date + std::string(200, ' ')) == at("2017-11-03T23:59:59Z"));
  CHECK(parse_mail_date(date + " " + std::string(1'000'000, '(')) == std::nullopt);
  CHECK(parse_mail_date(std::string(1'000'000, ';') + date) == at("2017-11-03T23:59:59Z"));
  std::mt19937 random(4);
  const std::string_view letters = "0123456789:-+.,;()\\ TZNovPM\xff\x00/";
  for (int i = 0; i < 20'000; ++i) {
    std::string text = i % 2 ? date : "";
    for (int n = 0; n < 6; ++n) {
      const char c = letters[random() % letters.size()];
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(random() % (text.size() + 1)), c);
    }
    const auto t = parse_mail_date(text);
    if (t) CHECK((*t >= Time{} && *t <= at("9999-12-31T23:59:59Z")));
  }
}

TEST_CASE("what is written is read back") {
  std::mt19937_64 random(7);
  const auto last = at("9999-12-31T23:59:59Z").time_since_epoch().count();
  for (int i = 0; i < 20'000; ++i) {
    const Time t{Seconds(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(last + 1)))};
    const std::string text = rfc3339(t);
    CAPTURE(text);
    REQUIRE(parse_rfc3339(text) == t);
    REQUIRE(parse_mail_date(mail_date(t)) == t);
  }
  CHECK(mail_date(at("2017-11-04T00:59:59Z")) == "Sat, 04 Nov 2017 00:59:59 +0000");
}

TEST_CASE("local time of a place") {
  const Time before = at("2017-11-05T08:59:59Z");
  CHECK(local_text(at("2017-11-04T00:59:59Z"), "America/Los_Angeles") == "2017-11-03 17:59:59 PDT");
  CHECK(local_text(before, "America/Los_Angeles") == "2017-11-05 01:59:59 PDT");
  CHECK(local_text(before + Seconds(1), "America/Los_Angeles") == "2017-11-05 01:00:00 PST");
  CHECK(local_text(before, "Asia/Kolkata") == "2017-11-05 14:29:59 IST");
  CHECK(local_text(before, "UTC") == "2017-11-05 08:59:59 UTC");
  CHECK(local_text(before, "America/Sao_Paulo") == "2017-11-05 06:59:59 UTC-02");
  LocalClock clock("America/Los_Angeles");  // asked to and fro over the change of the clocks
  CHECK(clock.text(before) == "2017-11-05 01:59:59 PDT");
  CHECK(clock.text(before + Seconds(1)) == "2017-11-05 01:00:00 PST");
  CHECK(clock.text(before) == "2017-11-05 01:59:59 PDT");
  CHECK(clock.text(at("2018-07-01T00:00:00Z")) == "2018-06-30 17:00:00 PDT");
  for (const std::string zone : {"America/Los_Angels", "", "../../etc/passwd", "PST"}) {
    CAPTURE(zone);
    try {
      local_text(before, zone);
      FAIL_CHECK("no failure");
    } catch (const Failure& failure) {
      CHECK(failure.error().exit == Exit::configuration);
      CHECK(failure.error().text.find("IANA") != std::string::npos);
    }
  }
}

TEST_CASE("spans in two units") {
  const std::pair<std::int64_t, const char*> rows[] = {{0, "0 seconds"},
                                                       {1, "1 second"},
                                                       {60, "1 minute"},
                                                       {3599, "59 minutes 59 seconds"},
                                                       {3541, "59 minutes 1 second"},
                                                       {3600, "1 hour"},
                                                       {3601, "1 hour"},
                                                       {273'600, "3 days 4 hours"},
                                                       {259'260, "3 days"},
                                                       {-61, "1 minute 1 second"},
                                                       {10'920, "3 hours 2 minutes"}};
  for (const auto& [seconds, text] : rows) {
    CAPTURE(seconds);
    CHECK(span_text(Seconds(seconds)) == text);
  }
  CHECK(!span_text(Seconds::min()).empty());
}
