#include "app/attempt_file.h"

#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

using namespace papertray;

TEST_CASE("an attempt is kept beyond the program that noted it") {
  const test::TempDir dir;
  const std::string path = dir / "attempt";
  const RecordAttempt attempt{
      .from = {1, 0}, .to = {4'294'967'295, 18'446'744'073'709'551'615ULL}, .alone = true, .times = 7};
  {
    AttemptFile file(path);
    CHECK_FALSE(file.last());
    file.note(attempt);
  }
  AttemptFile file(path);
  REQUIRE(file.last());
  CHECK(file.last()->from == attempt.from);
  CHECK(file.last()->to == attempt.to);
  CHECK(file.last()->alone);
  CHECK(file.last()->times == 7);
  file.note(std::nullopt);
  CHECK_FALSE(file.last());
  struct stat facts = {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("what cannot be read is no attempt") {
  for (const char* text : {"", "\n", "1/2 3/4 0", "x/2 3/4 0 1 ", "1/2 3/99999999999999999999 0 1 "}) {
    CAPTURE(text);
    const test::TempDir dir;
    std::ofstream(dir / "attempt") << text;
    CHECK_FALSE(AttemptFile(dir / "attempt").last());
  }
}
