// Numbers, versions, and which version counts.
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

TEST_CASE("numbers run within a track") {
  Workshop workshop;
  workshop.paper(1);
  workshop.question(2, "bob@example.org", "Why?");
  workshop.paper(3);
  workshop.batch([](StoreBatch& batch) {
    CHECK(batch.next_number("papers") == 3);
    CHECK(batch.next_number("questions") == 2);
    CHECK(batch.next_number("posters") == 1);
  });
}

TEST_CASE("versions run within a submission") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1);
  workshop.paper(2);
  workshop.version(paper, 3, "ann@example.org", Seconds(30));
  workshop.batch([&](StoreBatch& batch) { CHECK(batch.next_version(paper) == 3); });
}

TEST_CASE("the version that counts: the newest on time, else the newest") {
  // Margins of the versions in the order of their recording; what a later version was received earlier
  // than the one before it was found late in another folder.
  struct Row {
    const char* what;
    std::vector<int> margins;
    int counts;
    bool on_time;
  };
  const Row rows[] = {
      {"the only one, on time", {60}, 1, true},
      {"the last second is on time", {0}, 1, true},
      {"the only one, late", {-1}, 1, false},
      {"replaced in time", {60, 30}, 2, true},
      {"replaced late", {60, -5}, 1, true},
      {"late twice", {-5, -10}, 2, false},
      {"late, then an on-time one turns up", {-5, 30}, 2, true},
      {"in time, late, late", {60, -5, -10}, 1, true},
      {"the earlier one turns up later", {30, 60}, 1, true},
      {"late, and a less late one turns up", {-10, -5}, 1, false},
      {"received in the same second: the one recorded last", {30, 30}, 2, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Workshop workshop;
    const std::int64_t paper = workshop.paper(1, "ann@example.org", Seconds(row.margins[0]));
    for (std::size_t i = 1; i < row.margins.size(); ++i)
      workshop.version(paper, static_cast<int>(i) + 1, "ann@example.org", Seconds(row.margins[i]));
    workshop.batch([&](StoreBatch& batch) {
      const auto counting = batch.counting_version(paper);
      REQUIRE(counting.has_value());
      CHECK(counting->version == row.counts);
      CHECK(counting->on_time == row.on_time);
    });
    const auto reader = workshop.reader();
    const std::vector<PaperRow> papers = reader->papers({});
    REQUIRE(papers.size() == 1);
    CHECK(papers[0].counting == row.counts);
    CHECK(papers[0].versions == static_cast<int>(row.margins.size()));
    CHECK(papers[0].on_time == row.on_time);
    CHECK(papers[0].margin_s == row.margins[static_cast<std::size_t>(row.counts) - 1]);
    const Counts counts = reader->counts();
    REQUIRE(counts.tracks.size() == 1);
    CHECK(counts.tracks[0].on_time == (row.on_time ? 1 : 0));
    CHECK(counts.tracks[0].late == (row.on_time ? 0 : 1));
  }
}

TEST_CASE("a submission without versions has none that counts") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    const std::int64_t paper = batch.add_submission({.track = "papers",
                                                     .number = 1,
                                                     .prefix = "P",
                                                     .submitter = "a@example.org",
                                                     .submitter_name = "",
                                                     .title = ""});
    CHECK_FALSE(batch.counting_version(paper).has_value());
    CHECK(batch.next_version(paper) == 1);
  });
}

TEST_CASE("the same note twice stands once") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    MessageRecord record = mail(1);
    record.notes = {"two Subject headers", "clocks differ by 7 minutes"};
    const std::int64_t message = batch.add_message(record);
    batch.add_note(message, "also holds a PDF");
    batch.add_note(message, "two Subject headers");
  });
  CHECK(
      workshop.reader()->message("M-1")->row.notes ==
      std::vector<std::string>{"two Subject headers", "clocks differ by 7 minutes", "also holds a PDF"});
}

TEST_CASE("a message that brought nothing new belongs to its submission") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1);
  workshop.batch([&](StoreBatch& batch) {
    const std::int64_t message = batch.add_message(mail(2));
    batch.link_message(message, paper);
    batch.link_message(message, paper);
  });
  const auto shown = workshop.reader()->submission("P-1");
  REQUIRE(shown.has_value());
  CHECK(shown->versions.size() == 1);
  REQUIRE(shown->messages.size() == 2);
  CHECK(shown->messages[1].id == "M-2");
  CHECK(workshop.reader()->message("M-2")->row.submission == "P-1");
}
