#include "files/stdin_source.h"

#include <algorithm>
#include <thread>

#include <doctest/doctest.h>
#include <unistd.h>

#include "hands.h"
#include "support/stop_descriptor.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const StillClock clock_;
const std::string from = "From a@example.org Fri Nov  3 16:59:59 2017\n";

// Pipes the bytes into a source and takes in what it finds.
std::string pipe_in(const std::string& bytes, Memory& memory, Keeper& keeper,
                    std::uint64_t cap = largest_stdin) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread writer([&] {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t put =
          ::write(ends[1], bytes.data() + at, std::min<std::size_t>(5000, bytes.size() - at));
      if (put <= 0) break;
      at += static_cast<std::size_t>(put);
    }
    ::close(ends[1]);
  });
  StdinSource source(clock_, ends[0], cap);
  const std::string failure = failure_of([&] { take_all(source, memory, keeper); });
  writer.join();
  ::close(ends[0]);
  return failure;
}

}  // namespace

TEST_CASE("standard input holds one mail, or an mbox, or nothing") {
  struct Row {
    std::string bytes;
    std::vector<std::string> mails;
  } rows[] = {{"Subject: x\n\ny\n", {"Subject: x\n\ny\n"}},
              {from + "S: 1\n\n" + from + "S: 2\n\n", {"S: 1\n", "S: 2\n"}},
              {std::string(1'000'000, 'm'), {std::string(1'000'000, 'm')}},
              {"", {""}}};
  for (const Row& row : rows) {
    CAPTURE(row.bytes.size());
    Memory memory;
    Keeper keeper;
    CHECK(pipe_in(row.bytes, memory, keeper) == "");
    CHECK(keeper.bodies() == row.mails);
    for (const Mail& mail : keeper.mails) {
      CHECK(mail.facts.place.account == "stdin");
      CHECK(!mail.facts.file_time);
    }
    // The same again is seen; other bytes of the same size are not.
    CHECK(pipe_in(row.bytes, memory, keeper) == "");
    CHECK(keeper.mails.size() == row.mails.size());
  }
  Memory memory;
  Keeper keeper;
  pipe_in("Subject: a\n", memory, keeper);
  pipe_in("Subject: b\n", memory, keeper);
  CHECK(keeper.mails.size() == 2);
}

TEST_CASE("more than the cap is refused, and nothing taken in") {
  Memory memory;
  Keeper keeper;
  CHECK(pipe_in(std::string(20'000, 'x'), memory, keeper, 20'000) == "");
  CHECK(keeper.mails.size() == 1);
  CHECK(pipe_in(std::string(20'001, 'x'), memory, keeper, 20'000).find("more than 20000 bytes") !=
        std::string::npos);
  CHECK(keeper.mails.size() == 1);
}

TEST_CASE("standard input that never comes ends with the ask to stop") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const papertray::testing::StopDescriptor stop;
  stop.ask();
  StdinSource source(clock_, ends[0], largest_stdin, stop.fd());
  Memory memory;
  Keeper keeper;
  CHECK_THROWS_AS(take_all(source, memory, keeper), Stopped);
  ::close(ends[0]);
  ::close(ends[1]);
}
