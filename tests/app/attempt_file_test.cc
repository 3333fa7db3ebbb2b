#include "app/attempt_file.h"

#include <fstream>
#include <limits>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

using namespace papertray;

TEST_CASE("an attempt is kept beyond the program that noted it") {
  const test::TempDir dir;
  const std::string path = dir / "attempt";
  const LogPosition last{4'294'967'295, 18'446'744'073'709'551'615ULL};
  RecordAttempt attempt{.to = last, .recording = {2, 512}, .inspecting = last};
  attempt.suspects.fill({.end = last, .deaths = std::numeric_limits<int>::max()});
  attempt.suspects[2] = {.end = {3, 1024}, .deaths = 1};
  {
    AttemptFile file(path);
    CHECK_FALSE(file.last());
    file.note(attempt);
  }
  AttemptFile file(path);
  REQUIRE(file.last());
  CHECK(file.last()->to == attempt.to);
  CHECK(file.last()->recording == attempt.recording);
  CHECK(file.last()->inspecting == attempt.inspecting);
  for (std::size_t i = 0; i < attempt.suspects.size(); ++i) {
    CHECK(file.last()->suspects[i].end == attempt.suspects[i].end);
    CHECK(file.last()->suspects[i].deaths == attempt.suspects[i].deaths);
  }
  file.note(std::nullopt);
  CHECK_FALSE(file.last());
  struct stat facts = {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("what cannot be read is no attempt") {
  for (const char* text : {"", "\n", "-", "1/2 3/4 5/6 ", "x/2 3/4 0 1 ",
                           "1/2 3/99999999999999999999 0 1 ", "1/2 3/4 0 1          "}) {
    CAPTURE(text);
    const test::TempDir dir;
    std::ofstream(dir / "attempt") << text;
    CHECK_FALSE(AttemptFile(dir / "attempt").last());
  }
}

TEST_CASE("what arrives is kept beside the attempt, and neither disturbs the other") {
  const test::TempDir dir;
  const std::string path = dir / "attempt";
  constexpr PlaceKey last = std::numeric_limits<PlaceKey>::max();
  constexpr int most = std::numeric_limits<int>::max();
  const ArrivalSuspects suspects = {{{last, most}, {last - 1, most}, {7, 1}, {last, most}}};
  RecordAttempt attempt{.to = {3, 1024}, .recording = {2, 512}, .inspecting = {}};
  {
    AttemptFile file(path);
    CHECK(file.arriving() == 0);
    CHECK(file.arrival_suspects() == ArrivalSuspects{});
    file.note_arriving(last);
    CHECK_FALSE(file.last());  // what was never written is a hole
    file.note_arrival_suspects(suspects);
    file.note(attempt);
  }
  AttemptFile file(path);
  CHECK(file.arriving() == last);
  CHECK(file.arrival_suspects() == suspects);
  REQUIRE(file.last());
  CHECK(file.last()->to == attempt.to);
  file.note_arriving(0);
  CHECK(file.arriving() == 0);
  CHECK(file.arrival_suspects() == suspects);
  file.note_arrival_suspects({});
  CHECK(file.arrival_suspects() == ArrivalSuspects{});
  CHECK(file.last());
}
