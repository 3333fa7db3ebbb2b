#include "files/file_source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hands.h"
#include "support/temp_dir.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const StillClock clock_;
const std::string from = "From a@example.org Fri Nov  3 16:59:59 2017\n";

}  // namespace

TEST_CASE("every file below a folder, sorted, mails and mboxes alike") {
  const TempDir temp;
  write_file(temp / "b.eml", "b");
  write_file(temp / "a.eml", "a");
  write_file(temp / "empty", "");
  write_file(temp / "sub/z.eml", "z");
  write_file(temp / "sub/deeper/y", "y");
  write_file(temp / "box", from + "S: 1\n\n" + from + "S: 2\n\n");
  FileSource source({temp.path()}, clock_);
  Memory memory;
  Keeper keeper;
  CHECK(take_all(source, memory, keeper, {.mails = 2, .bytes = 100}) == 7);
  CHECK(keeper.bodies() == std::vector<std::string>{"a", "b", "S: 1\n", "S: 2\n", "", "z", "y"});
  const Place& place = keeper.mails[0].facts.place;
  CHECK(place.account == "file");
  CHECK(place.name.starts_with(temp / "a.eml" + "@"));
  CHECK(place.name.ends_with("+1"));
  CHECK(keeper.mails[0].facts.file_time.has_value());
  CHECK(!keeper.mails[0].facts.mbox_from);
  CHECK(keeper.mails[2].facts.place.account == "mbox:" + temp / "box");
  CHECK(keeper.mails[2].facts.mbox_from.has_value());
  CHECK(take_all(source, memory, keeper) == 0);
}

TEST_CASE("a file that was overwritten is another mail") {
  const TempDir temp;
  Memory memory;
  Keeper keeper;
  write_file(temp / "m.eml", "first");
  FileSource source({temp / "m.eml"}, clock_);
  CHECK(take_all(source, memory, keeper) == 1);
  write_file(temp / "m.eml", "second");
  CHECK(take_all(source, memory, keeper) == 1);
  CHECK(keeper.bodies() == std::vector<std::string>{"first", "second"});
}

TEST_CASE("what is no readable file is refused with its reason, and the next goes on") {
  const TempDir temp;
  write_file(temp / "d/1.eml", "1");
  write_file(temp / "outside.eml", "outside");
  REQUIRE(::mkfifo((temp / "d/2.fifo").c_str(), 0600) == 0);
  REQUIRE(::symlink((temp / "outside.eml").c_str(), (temp / "d/3.link").c_str()) == 0);
  REQUIRE(::symlink(temp.path().c_str(), (temp / "d/4.loop").c_str()) == 0);
  write_file(temp / "d/5.eml", "5");
  FileSource source({temp / "d", temp / "missing.eml"}, clock_);
  Memory memory;
  Keeper keeper;
  CHECK(source.fetch(memory, {}, keeper) == 6);
  CHECK(keeper.bodies() == std::vector<std::string>{"1", "5"});
  REQUIRE(keeper.refusals.size() == 4);
  CHECK(keeper.refusals[0].second == "cannot read " + temp / "d/2.fifo" + ": it is not a regular file");
  CHECK(keeper.refusals[1].second == "cannot read " + temp / "d/3.link" + ": it is a symbolic link");
  CHECK(keeper.refusals[2].first == temp / "d/4.loop");
  CHECK(keeper.refusals[3].first == temp / "missing.eml");
}

TEST_CASE("a file without permission is refused") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may read every file");
    return;
  }
  const TempDir temp;
  write_file(temp / "m.eml", "x");
  REQUIRE(::chmod((temp / "m.eml").c_str(), 0) == 0);
  FileSource source({temp / "m.eml"}, clock_);
  Memory memory;
  Keeper keeper;
  CHECK(source.fetch(memory, {}, keeper) == 1);
  REQUIRE(keeper.refusals.size() == 1);
  CHECK(keeper.refusals[0].second.find("Permission denied") != std::string::npos);
}

TEST_CASE("a file that changes under the reader is abandoned, and comes whole the next time") {
  const TempDir temp;
  for (const std::string& changed : {std::string("x"), std::string(600'000, 'y')}) {
    CAPTURE(changed.size());
    write_file(temp / "m.eml", std::string(300'000, 'x'));
    FileSource source({temp / "m.eml"}, clock_);
    Memory memory;
    Keeper keeper;
    keeper.on_write = [&](const Mail&) { write_file(temp / "m.eml", changed); };
    CHECK(source.fetch(memory, {}, keeper) == 1);
    CHECK(keeper.mails.empty());
    CHECK(keeper.abandoned == 1);
    CHECK(keeper.refusals.size() == 1);
    keeper.on_write = nullptr;
    CHECK(source.fetch(memory, {}, keeper) == 0);  // the pass is over; the next reads it again
    take_all(source, memory, keeper);
    CHECK(keeper.bodies() == std::vector{changed});
  }
}

TEST_CASE("of a mail larger than any may be the header is taken in") {
  const TempDir temp;
  const std::string header = "From: ada@example.org\nSubject: NIPS Workshop Papers\n\n";
  write_file(temp / "m.eml", header + "body");
  REQUIRE(::truncate((temp / "m.eml").c_str(), static_cast<off_t>(largest_mail) + 1) == 0);
  FileSource source({temp / "m.eml"}, clock_);
  Memory memory;
  Keeper keeper;
  CHECK(source.fetch(memory, {}, keeper) == 1);
  CHECK(keeper.refusals.empty());
  CHECK(keeper.bodies() == std::vector{header});
  REQUIRE(keeper.mails.size() == 1);
  CHECK(keeper.mails[0].facts.size == header.size());
  CHECK(keeper.mails[0].facts.oversize == Oversize{largest_mail + 1, largest_mail});
}

TEST_CASE("a file larger than any mail is refused without being read") {
  const TempDir temp;
  write_file(temp / "image.iso", "");
  REQUIRE(::truncate((temp / "image.iso").c_str(), static_cast<off_t>(largest_mail) + 1) == 0);
  FileSource source({temp / "image.iso"}, clock_);
  Memory memory;
  Keeper keeper;
  CHECK(source.fetch(memory, {}, keeper) == 1);
  REQUIRE(keeper.refusals.size() == 1);
  CHECK(keeper.refusals[0].second.find("larger") != std::string::npos);
}

TEST_CASE("folders deeper than anybody's are refused, not followed") {
  const TempDir temp;
  std::string deep = temp.path();
  for (int i = 0; i <= deepest_folder; ++i)
    deep += "/d";
  write_file(deep + "/m.eml", "deep");
  write_file(temp / "m.eml", "top");
  FileSource source({temp.path()}, clock_);
  Memory memory;
  Keeper keeper;
  source.fetch(memory, {}, keeper);
  CHECK(keeper.bodies() == std::vector<std::string>{"top"});
  REQUIRE(keeper.refusals.size() == 1);
  CHECK(keeper.refusals[0].second.find("too deep") != std::string::npos);
}
