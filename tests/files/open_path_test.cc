#include "files/open_path.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hands.h"
#include "support/temp_dir.h"

using namespace papertray;
using namespace papertray::test;

TEST_CASE("what lies at a path decides how it is read") {
  const StillClock clock;
  const TempDir temp;
  write_file(temp / "maildir/cur/1.a:2,S", "S: maildir\n");
  write_file(temp / "maildir/tmp/2.b", "half");
  write_file(temp / "fresh/new/1.a", "S: fresh\n");
  write_file(temp / "folder/x.eml", "S: folder\n");
  write_file(temp / "mail.eml", "S: mail\n");
  write_file(temp / "box", "From a@b Fri Nov  3 16:59:59 2017\nS: box\n\n");
  REQUIRE(::symlink((temp / "maildir").c_str(), (temp / "link").c_str()) == 0);
  struct Row {
    const char* path;
    const char* bytes;
    std::string account;
  } rows[] = {{"maildir", "S: maildir\n", "maildir:" + temp / "maildir"},
              {"maildir/", "S: maildir\n", "maildir:" + temp / "maildir"},
              {"link", "S: maildir\n", "maildir:" + temp / "maildir"},
              {"folder/../fresh", "S: fresh\n", "maildir:" + temp / "fresh"},
              {"folder", "S: folder\n", "file"},
              {"mail.eml", "S: mail\n", "file"},
              {"box", "S: box\n", "mbox:" + temp / "box"}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.path));
    Memory memory;
    Keeper keeper;
    const auto source = open_path(temp / row.path, clock);
    take_all(*source, memory, keeper);
    CHECK(keeper.bodies() == std::vector<std::string>{row.bytes});
    CHECK(keeper.mails.at(0).facts.place.account == row.account);
    CHECK(source->mark(std::vector<Place>{keeper.mails[0].facts.place})
              .empty());  // import changes nothing
  }
  CHECK(std::filesystem::exists(temp / "fresh/new/1.a"));
  CHECK(open_path("-", clock)->name() == "standard input");
}

TEST_CASE("nothing there, or nothing to read") {
  const StillClock clock;
  const TempDir temp;
  CHECK(failure_of([&] { open_path(temp / "missing", clock); }).find("missing") != std::string::npos);
  REQUIRE(::mkfifo((temp / "fifo").c_str(), 0600) == 0);
  CHECK(failure_of([&] { open_path(temp / "fifo", clock); }).find("neither a file nor a folder") !=
        std::string::npos);
}
