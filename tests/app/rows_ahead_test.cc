#include "app/rows_ahead.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

PaperRow row_of(int number) {
  PaperRow row;
  row.id = "P-" + std::to_string(number);
  row.title = std::string(static_cast<std::size_t>(number % 70), 't');
  row.versions = number;
  if (number % 3 == 0) row.pages = number;
  return row;
}

// That many, then the exception when there is one to be thrown.
PaperRows numbered(int rows, bool fails = false) {
  return [=](const PaperSink& sink) {
    for (int i = 0; i < rows; ++i)
      sink(row_of(i));
    if (fails) throw std::runtime_error("the disk is gone");
  };
}

}  // namespace

TEST_CASE("rows ahead: each once, in their order, as they were") {
  // None, less than a block, blocks to the row, and more than are ever kept.
  for (const int rows : {0, 1, 511, 512, 513, 2048, 10'000}) {
    CAPTURE(rows);
    int next = 0;
    bool same = true;
    RowsAhead(numbered(rows)).rows()([&](const PaperRow& row) {
      const PaperRow meant = row_of(next++);
      same = same && row.id == meant.id && row.title == meant.title && row.versions == meant.versions &&
             row.pages == meant.pages;
    });
    CHECK(next == rows);
    CHECK(same);
  }
}

TEST_CASE("rows ahead: a reader that fails is told of, after the rows before it") {
  for (const int rows : {0, 700, 5000}) {
    CAPTURE(rows);
    int taken = 0;
    CHECK_THROWS_WITH_AS(RowsAhead(numbered(rows, true)).rows()([&](const PaperRow&) { ++taken; }),
                         "the disk is gone", std::runtime_error);
    CHECK(taken == rows);
  }
}

TEST_CASE("rows ahead: a sink that fails ends the reading") {
  int given = 0;
  bool whole = false;
  const PaperRows rows = [&](const PaperSink& sink) {
    for (given = 0; given < 1'000'000; ++given)
      sink(row_of(given));
    whole = true;
  };
  int taken = 0;
  CHECK_THROWS_WITH_AS(RowsAhead(rows).rows()([&](const PaperRow&) {
    if (++taken == 600) throw std::runtime_error("no room on the disk");
  }),
                       "no room on the disk", std::runtime_error);
  CHECK(taken == 600);
  CHECK_FALSE(whole);
  CHECK(given < 10'000);
}

TEST_CASE("rows ahead: nobody takes them, and the reading ends") {
  int given = 0;
  {
    const RowsAhead untaken([&](const PaperSink& sink) {
      for (; given < 1'000'000; ++given)
        sink(row_of(given));
    });
  }
  CHECK(given < 10'000);
}

TEST_CASE("rows ahead: what failed and is not taken is nobody's concern") {
  const RowsAhead untaken(numbered(3, true));
}
