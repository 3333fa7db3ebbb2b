#include "core/received_at.h"

#include <doctest/doctest.h>

#include "sample_rules.h"

using namespace papertray;
using papertray::test::at;

TEST_CASE("the first clock there is counts, and Date never") {
  MailClocks clocks;
  clocks.date = at("2001-01-01T00:00:00Z");
  clocks.fetched = at("2017-11-06T00:00:00Z");
  const auto used = [&] { return received_at(clocks).clock; };
  CHECK(used() == ClockUsed::fetched);
  CHECK(received_at(clocks).at == clocks.fetched);
  clocks.file_time = at("2017-11-05T00:00:00Z");
  CHECK(used() == ClockUsed::file_time);
  clocks.mbox_from = at("2017-11-04T00:00:00Z");
  CHECK(used() == ClockUsed::mbox_from);
  CHECK(received_at(clocks).note == "");
  clocks.delivery_date = at("2017-11-03T00:00:00Z");
  CHECK(used() == ClockUsed::delivery_date);
  clocks.received = at("2017-11-03T00:00:01Z");
  CHECK(used() == ClockUsed::received);
  clocks.internaldate = at("2017-11-03T00:00:02Z");
  CHECK(used() == ClockUsed::internaldate);
  CHECK(received_at(clocks).at == *clocks.internaldate);
  CHECK(received_at(clocks).note == "");
}

TEST_CASE("server clocks that differ are told of") {
  MailClocks clocks;
  clocks.internaldate = at("2017-11-03T12:00:00Z");
  clocks.received = at("2017-11-03T12:05:00Z");
  CHECK(received_at(clocks).note == "");
  clocks.received = at("2017-11-03T12:05:01Z");
  CHECK(received_at(clocks).note ==
        "server clocks are 5 minutes 1 second apart: INTERNALDATE says 2017-11-03T12:00:00Z, the "
        "topmost Received "
        "header says 2017-11-03T12:05:01Z; the first one counts");
  clocks.received = at("2017-11-03T11:54:59Z");
  CHECK(received_at(clocks).note != "");
  clocks.received.reset();
  clocks.mbox_from = at("2016-11-03T12:00:00Z");
  clocks.file_time = clocks.mbox_from;
  clocks.date = clocks.mbox_from;
  clocks.fetched = at("2019-11-03T12:00:00Z");
  CHECK(received_at(clocks).note == "");
  clocks.delivery_date = at("2017-11-03T12:30:00Z");
  CHECK(received_at(clocks).note.find("Delivery-date") != std::string::npos);
}

TEST_CASE("every clock has a name") {
  for (const ClockUsed clock : {ClockUsed::internaldate, ClockUsed::received, ClockUsed::delivery_date,
                                ClockUsed::mbox_from, ClockUsed::file_time, ClockUsed::fetched}) {
    CHECK(!clock_name(clock).empty());
  }
}
