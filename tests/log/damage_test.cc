// Damage is told, never cut off, and never mistaken for the end of the log.
#include <doctest/doctest.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

void flip(const std::string& file, std::uint64_t at, unsigned bit = 0) {
  std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
  bytes.seekg(static_cast<std::streamoff>(at));
  const int byte = bytes.get() ^ (1 << bit);
  bytes.seekp(static_cast<std::streamoff>(at));
  bytes.put(static_cast<char>(byte));
  if (!bytes.flush()) throw std::runtime_error("cannot flip a bit of " + file);
}

struct Sample {
  TempDir temp;
  std::string dir = temp / "log";
  std::string file = dir + "/000001.tar";
  std::vector<LogPosition> ends;
  std::vector<std::uint64_t> contents;  // where the mails' bytes begin

  Sample() {
    const auto log = writer(dir);
    for (std::uint32_t uid = 1; uid <= 4; ++uid) {
      const LoggedMail mail = add_mail(*log, uid, std::string(100 * uid, 'm'));
      ends.push_back(mail.end);
      contents.push_back(mail.ref.offset);
      log->sync();
    }
    ends.push_back(log->append(sample_event("pt-1")));
    log->sync();
  }
};

}  // namespace

TEST_CASE("each flipped bit of the log is found by verify, and told where it is") {
  const Sample sample;
  const std::string whole = read_file(sample.file);
  const auto log = reader(sample.dir, sample.ends.back());
  REQUIRE(log->verify().empty());
  std::size_t missed = 0;
  for (std::uint64_t at = 0; at < whole.size(); ++at) {
    flip(sample.file, at, at % 8);
    const std::vector<LogDamage> found = log->verify();
    flip(sample.file, at, at % 8);
    LogPosition entry;
    for (const LogPosition& end : sample.ends)
      if (end.offset <= at) entry = end;
    const bool good = !found.empty() && found[0].at == entry;
    if (!good) ++missed;
    if (!good) MESSAGE("a bit of byte " << at << " was flipped");
  }
  CHECK(missed == 0);
}

TEST_CASE("verify goes on behind damage") {
  const Sample sample;
  flip(sample.file, sample.ends[0].offset + 10);  // mail 2's header
  flip(sample.file, sample.contents[3]);          // mail 4's content
  const std::vector<LogDamage> found = reader(sample.dir, sample.ends.back())->verify();
  REQUIRE(found.size() == 2);
  CHECK(found[0].at == sample.ends[0]);
  CHECK(found[1].at == sample.ends[2]);
  CHECK(found[1].what.find("SHA-256") != std::string::npos);
}

TEST_CASE("an entry taken out is found by verify") {
  const Sample sample;
  std::string bytes = read_file(sample.file);
  bytes.erase(sample.ends[0].offset, sample.ends[1].offset - sample.ends[0].offset);
  write_file(sample.file, bytes);
  const std::vector<LogDamage> found = reader(sample.dir)->verify();
  REQUIRE(!found.empty());
  CHECK(found[0].at == sample.ends[0]);
  // A writer, too, does not take this for a torn tail, even without a database.
  CHECK(failure_of([&] { writer(sample.dir); }).find("was written at") != std::string::npos);
  CHECK(read_file(sample.file) == bytes);
}

TEST_CASE("damage behind the database's position stops the writer from opening") {
  const Sample sample;
  for (const std::uint64_t at : {sample.ends[1].offset + 5, sample.ends[1].offset + 600,
                                 sample.contents[2], sample.contents[2] + 400}) {
    CAPTURE(at);
    flip(sample.file, at);
    const std::string before = read_file(sample.file);
    const std::string text = failure_of([&] { writer(sample.dir, sample.ends[0]); });
    CHECK(text.find(sample.file + " is damaged at byte " + std::to_string(sample.ends[1].offset)) !=
          std::string::npos);
    CHECK(read_file(sample.file) == before);
    flip(sample.file, at);
  }
  CHECK(failure_of([&] { writer(sample.dir, sample.ends[0]); }) == "");
}

TEST_CASE("a damaged header before the database's position stops the writer as well") {
  const Sample sample;
  flip(sample.file, sample.ends[3].offset + 5);
  CHECK(failure_of([&] { writer(sample.dir, sample.ends[4]); }).find("damaged") != std::string::npos);
  CHECK(failure_of([&] { entries(*reader(sample.dir, sample.ends[4])); }).find("damaged") !=
        std::string::npos);
}

TEST_CASE("a log that ends before the database's position") {
  const Sample sample;
  struct Row {
    const char* what;
    LogPosition known;
  } rows[] = {
      {"a little", {1, sample.ends.back().offset + 512}}, {"a segment", {2, 0}}, {"more", {3, 1}}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    for (const auto mode : {TarLog::Mode::write, TarLog::Mode::read}) {
      const std::string text = failure_of([&] { TarLog::open(sample.dir, row.known, mode); });
      CHECK(text.find("newer than the log") != std::string::npos);
      CHECK(text.find("rebuild") != std::string::npos);
    }
  }
  CHECK(!std::filesystem::exists(sample.dir + "/000002.tar"));
}

TEST_CASE("a database that belongs to another log") {
  const Sample sample;
  const LogPosition within{1, sample.ends[1].offset + 512};
  CHECK(failure_of([&] { writer(sample.dir, within); }).find("another log") != std::string::npos);
}

TEST_CASE("a missing segment") {
  const TempDir temp;
  {
    const auto log = TarLog::open(temp / "log", {}, TarLog::Mode::write, 1);
    for (int i = 0; i < 3; ++i)
      log->append(sample_event("pt-" + std::to_string(i)));
  }
  std::filesystem::remove(temp / "log/000002.tar");
  for (const auto mode : {TarLog::Mode::write, TarLog::Mode::read})
    CHECK(failure_of([&] { TarLog::open(temp / "log", {}, mode); }).find("000002.tar") !=
          std::string::npos);
}

TEST_CASE("a reader where no log is yet sees none, and makes none") {
  const TempDir temp;
  std::filesystem::create_directory(temp / "log");
  const auto log = reader(temp / "log");
  CHECK(entries(*log).empty());
  CHECK(log->verify().empty());
  CHECK(log->end() == LogPosition{});
  CHECK(std::filesystem::is_empty(temp / "log"));
  CHECK(failure_of([&] { reader(temp / "nowhere"); }).find("nowhere") != std::string::npos);
}
