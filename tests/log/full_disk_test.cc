// No room: the log fails in one sentence and is as it was before. A file size limit stands in for a
// full disk: the kernel cuts the write short, and fails the next (EFBIG).
#include <algorithm>
#include <functional>

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

class SizeLimit {
 public:
  explicit SizeLimit(std::uint64_t bytes) {
    before_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_);
    rlimit limit = old_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    ::signal(SIGXFSZ, before_);
  }

 private:
  rlimit old_{};
  void (*before_)(int) = nullptr;
};

Error error_of(const std::function<void()>& what, std::uint64_t limit) {
  const SizeLimit full(limit);
  try {
    what();
  } catch (const Failure& failure) {
    return failure.error();
  }
  return {Scope::program, Again::never, Exit::done, "nothing failed"};
}

}  // namespace

TEST_CASE("at every amount of room left, a mail or an event gets in whole or not at all") {
  const TempDir temp;
  const std::string dir = temp / "log";
  const std::string file = dir + "/000001.tar";
  const auto log = writer(dir);
  const LogPosition start = add_mail(*log, 1, "one").end;
  log->sync();
  const std::string before = read_file(file);
  // Of the mail below, whose header is as long as the first one's.
  const std::uint64_t needed = start.offset - tar_block + 1024;
  std::size_t wrong = 0;
  for (std::uint64_t room = 0; room < needed; room += 37) {
    const Error mail = error_of([&] { add_mail(*log, 2, std::string(1000, 'x')); }, start.offset + room);
    const bool as_before = read_file(file) == before;
    const Error event =
        error_of([&] { log->append(sample_event("pt-1")); }, start.offset + std::min(room, 1700UL));
    const bool good = mail.scope == Scope::store && mail.exit == Exit::cannot_write && as_before &&
                      event.exit == Exit::cannot_write && read_file(file) == before &&
                      log->end() == start;
    if (!good) ++wrong;
    if (!good) MESSAGE("room for " << room << " bytes: " << mail.text << " / " << event.text);
  }
  CHECK(wrong == 0);
  CHECK(error_of([&] { add_mail(*log, 2, std::string(1000, 'x')); }, start.offset + needed).exit ==
        Exit::done);
  CHECK(summary(*log) == std::vector<std::string>{"mail 1", "mail 2"});
  CHECK(log->verify().empty());
}

TEST_CASE("a large mail, that is not gathered, gets in whole or not at all") {
  const TempDir temp;
  const std::string file = temp / "log/000001.tar";
  const auto log = writer(temp / "log");
  const LogPosition start = add_mail(*log, 1, "one").end;
  const std::string before = read_file(file);
  const std::string body(3 * EntryWriter::gathered_bytes, 'L');
  for (const std::uint64_t room : {0UL, 1024UL, 100'000UL, 300'000UL, body.size(), body.size() + 1535}) {
    CAPTURE(room);
    CHECK(error_of([&] { add_mail(*log, 2, body); }, start.offset + room).exit == Exit::cannot_write);
    CHECK((read_file(file) == before));
    CHECK(log->end() == start);
  }
  add_mail(*log, 2, body);
  CHECK(summary(*log) == std::vector<std::string>{"mail 1", "mail 2"});
  CHECK(log->verify().empty());
}

TEST_CASE("the sentence names the file, and what to do") {
  const TempDir temp;
  const auto log = writer(temp / "log");
  const Error error = error_of([&] { add_mail(*log, 1, std::string(100, 'x')); }, 10);
  CHECK(error.again == Again::person);
  CHECK(error.text.find(temp / "log/000001.tar") != std::string::npos);
  CHECK(error.text.find("room") != std::string::npos);
}
