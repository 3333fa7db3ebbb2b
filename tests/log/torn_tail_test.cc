// What a kill or a power cut leaves at the end of the log is cut off; nothing before it is touched.
#include <doctest/doctest.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// Three mails and an event, all synced but the last two entries; positions after each.
struct Sample {
  TempDir temp;
  std::string dir = temp / "log";
  std::string file = dir + "/000001.tar";
  std::vector<LogPosition> ends;
  std::uint64_t third_content = 0;
  std::string bytes;

  explicit Sample(bool sync_each = false) {
    const auto log = writer(dir);
    ends.push_back(add_mail(*log, 1, "first mail\n").end);
    ends.push_back(add_mail(*log, 2, std::string(700, 'b')).end);
    log->sync();
    const LoggedMail third = add_mail(*log, 3, std::string(600, 'c'));
    ends.push_back(third.end);
    third_content = third.ref.offset;
    if (sync_each) log->sync();
    ends.push_back(log->append(sample_event("pt-1")));
    bytes = read_file(file);
  }
};

// Overwrites [from, to) with zeros: writes that did not reach the disk.
void lose(const std::string& file, std::uint64_t from, std::uint64_t to) {
  std::string bytes = read_file(file);
  for (std::uint64_t at = from; at < to; ++at)
    bytes[at] = 0;
  write_file(file, bytes);
}

}  // namespace

TEST_CASE("the log cut at every byte of its last two entries opens with what was whole") {
  const Sample sample;
  const std::uint64_t second = sample.ends[1].offset, third = sample.ends[2].offset,
                      fourth = sample.ends[3].offset;
  std::size_t wrong = 0;
  for (std::uint64_t length = second; length < fourth; ++length) {
    write_file(sample.file, sample.bytes.substr(0, length));
    const auto log = writer(sample.dir, sample.ends[1]);
    const std::uint64_t whole = length < third ? second : third;
    const bool good = log->end().offset == whole && log->cut().bytes == length - whole &&
                      log->cut().at.offset == (length == whole ? 0 : whole) &&
                      std::filesystem::file_size(sample.file) == whole;
    if (!good) ++wrong;
    if (!good) MESSAGE("cut at byte " << length);
  }
  CHECK(wrong == 0);
  // And it goes on from there.
  const auto log = writer(sample.dir);
  log->append(sample_event("pt-9"));
  CHECK(summary(*log) == std::vector<std::string>{"mail 1", "mail 2", "mail 3", "event pt-9"});
  CHECK(log->verify().empty());
}

TEST_CASE("a large mail, whose header comes last, opens with what was whole before it at every cut") {
  const TempDir temp;
  LogPosition good, end;
  {
    const auto log = writer(temp / "log");
    good = add_mail(*log, 1, "one").end;
    log->sync();
    end = add_mail(*log, 2, std::string(2 * EntryWriter::gathered_bytes, 'L')).end;
  }
  const std::string bytes = read_file(temp / "log/000001.tar");
  for (const bool header : {false, true}) {
    CAPTURE(header);
    for (std::uint64_t length = good.offset; length < end.offset; length += 50'111) {
      std::string cut = bytes.substr(0, length);
      for (std::uint64_t at = good.offset; !header && at < length && at < good.offset + 2048; ++at)
        cut[at] = 0;
      write_file(temp / "cut/000001.tar", cut);
      const auto log = writer(temp / "cut", good);
      CHECK(log->end() == good);
      CHECK(log->cut().bytes == length - good.offset);
    }
  }
}

TEST_CASE("a mail killed before its header was written is cut off, whatever it holds") {
  const TempDir temp;
  const std::string file = temp / "log/000001.tar";
  const auto log = writer(temp / "log");
  const LogPosition good = add_mail(*log, 1, "one").end;
  log->sync();
  // A whole log as a mail's content, many times: its entries stand at places that they do not tell. The
  // mail is larger than what is gathered, or nothing of it would be in the file yet.
  std::string inner;
  while (inner.size() <= 2 * EntryWriter::gathered_bytes)
    inner += read_file(file);
  log->begin_mail(sample_facts(2, inner.size()));
  log->write(inner);
  const std::string killed = read_file(file);
  CHECK(killed.size() > good.offset + EntryWriter::gathered_bytes);
  write_file(temp / "killed/000001.tar", killed);
  const auto after = writer(temp / "killed", good);
  CHECK(after->end() == good);
  CHECK(after->cut().bytes == killed.size() - good.offset);
}

TEST_CASE(
    "a power cut that kept a later write and lost an earlier one of the same batch is a torn tail") {
  const Sample sample;
  const std::uint64_t second = sample.ends[1].offset, third = sample.ends[2].offset;
  struct Row {
    const char* lost;
    std::uint64_t from, to;
  } rows[] = {{"the header", second, sample.third_content},
              {"its first block", second, second + 512},
              {"the content", sample.third_content, third},
              {"the whole mail", second, third}};
  for (const Row& row : rows) {
    CAPTURE(row.lost);
    write_file(sample.file, sample.bytes);
    lose(sample.file, row.from, row.to);
    if (row.from == second) {  // a reader does not look into contents
      CHECK(reader(sample.dir, sample.ends[1])->end() == sample.ends[1]);
      CHECK(summary(*reader(sample.dir, sample.ends[1])).size() == 2);
    }
    const auto log = writer(sample.dir, sample.ends[1]);
    CHECK(log->end() == sample.ends[1]);
    CHECK(log->cut().bytes == sample.bytes.size() - second);
    CHECK(std::filesystem::file_size(sample.file) == second);
    log->append(sample_event("pt-2"));
    CHECK(summary(*log) == std::vector<std::string>{"mail 1", "mail 2", "event pt-2"});
    CHECK(log->verify().empty());
  }
}

TEST_CASE("the same holes are damage when a later entry knows that they were on the disk") {
  const Sample sample(true);
  lose(sample.file, sample.ends[1].offset, sample.ends[1].offset + 512);
  const std::string before = read_file(sample.file);
  const std::string text = failure_of([&] { writer(sample.dir, sample.ends[1]); });
  CHECK(text.find(sample.file) != std::string::npos);
  CHECK(text.find("byte " + std::to_string(sample.ends[1].offset)) != std::string::npos);
  CHECK(read_file(sample.file) == before);
  CHECK(failure_of([&] { summary(*reader(sample.dir, sample.ends[1])); }) != "");
  CHECK(failure_of([&] { static_cast<void>(reader(sample.dir, sample.ends[1])->end()); }) != "");
}

TEST_CASE("the same holes are damage for a database that did not live with this log") {
  const Sample sample;
  lose(sample.file, sample.ends[1].offset, sample.ends[1].offset + 512);
  const std::string before = read_file(sample.file);
  // Up to ends[1] all was synced, and a database commits after a sync: this one knows of nothing.
  CHECK(failure_of([&] { writer(sample.dir); }).find("damaged") != std::string::npos);
  CHECK(read_file(sample.file) == before);
}

TEST_CASE("the number of the next event survives the cut") {
  const TempDir temp;
  const std::string file = temp / "log/000001.tar";
  LogPosition good;
  {
    const auto log = writer(temp / "log");
    log->append(sample_event("pt-1"));
    good = log->append(sample_event("pt-2"));
    log->append(sample_event("pt-3"));
  }
  std::filesystem::resize_file(file, good.offset + 700);
  const auto log = writer(temp / "log", good);
  log->append(sample_event("pt-4"));
  CHECK(read_file(file).find("event/3.json") != std::string::npos);
  CHECK(read_file(file).find("event/4.json") == std::string::npos);
  CHECK(log->verify().empty());
}
