// What happens to a mail, and to the ones around it, when its worker dies, hangs or lies.
#include <doctest/doctest.h>

#include "core/error.h"
#include "inspect/fake_mail.h"
#include "inspect/wire.h"

using namespace papertray;
using namespace papertray::test;

namespace {

WorkerOptions worker(const char* program) {
  WorkerOptions options;
  options.program = program;
  return options;
}

// A mail of 3 KB travels in a packet, a larger one as a file: both ways must stand.
constexpr std::string_view ways[] = {"", "as a file"};

std::string on_its_way(std::string mail, std::string_view way) {
  if (!way.empty()) mail += '\n' + std::string(wire::packet_mail_bytes, 'x');
  return mail;
}

}  // namespace

TEST_CASE("a mail that ends or fools its worker is set aside, its neighbours are read") {
  struct Row {
    const char* mail;
    const char* quarantine;
  };
  const Row rows[] = {
      {"abort",
       "the inspector was killed by signal 6 (out of memory or a failed check) while reading this "
       "mail"},
      {"forbidden",
       "the inspector was killed by signal 31 (a forbidden system call) while reading this mail"},
      {"killed",
       "the inspector was killed by signal 9 (by somebody else, or for want of memory) while "
       "reading this mail"},
      {"exit", "the inspector ended with exit code 5 while reading this mail"},
      {"linger", "the inspector closed its connection while reading this mail"},
      {"no json", "the inspector broke its protocol: no valid JSON"},
      {"no utf-8", "the inspector broke its protocol: no valid JSON"},
      {"nested", "the inspector broke its protocol: no valid JSON"},
      {"nul", "the inspector broke its protocol: a line break or NUL in a one-line text"},
      {"pdf outside", "the inspector broke its protocol: a PDF outside the output"},
      {"wrong id", "the inspector broke its protocol: an answer out of its bounds"},
      {"offset", "the inspector broke its protocol: an answer out of its bounds"},
      {"offset wraps", "the inspector broke its protocol: an answer out of its bounds"},
      {"length", "the inspector broke its protocol: an answer out of its bounds"},
      {"wrong version", "the inspector broke its protocol"},
      {"short packet", "the inspector broke its protocol"},
      {"long packet", "the inspector broke its protocol"},
      {"descriptors", "the inspector broke its protocol"},
      {"refuses", "too much of it"},
      {"outgrown", "the inspector broke its protocol: an answer out of its bounds"},
  };
  for (const std::string_view way : ways)
    for (const Row& row : rows) {
      CAPTURE(std::string(row.mail));
      CAPTURE(std::string(way));
      WorkerInspector inspector(worker(MISBEHAVING_PROGRAM));
      const auto results = inspect_all(
          inspector, mails({"one", "two", on_its_way(row.mail, way), "three", on_its_way("four", way)}));
      REQUIRE(results.size() == 5);
      CHECK(results[2].quarantine == row.quarantine);
      CHECK(results[2].parts == nullptr);
      CHECK(results[2].message.subject.empty());
      const char* expected[] = {"one", "two", nullptr, "three", "four"};
      for (std::size_t i = 0; i < results.size(); ++i) {
        if (expected[i] == nullptr) continue;
        CHECK(results[i].quarantine.empty());
        CHECK(results[i].message.subject == expected[i]);
      }
    }
}

TEST_CASE("a mail that its worker does not finish is set aside after the limit") {
  WorkerOptions options = worker(MISBEHAVING_PROGRAM);
  const char* how = "";
  const char* why = "";
  SUBCASE("it works on") {
    options.mail_limit = std::chrono::milliseconds(200);
    how = "spin";
    why = "the inspector did not finish this mail within 200 ms of work and was stopped";
  }
  SUBCASE("it waits") {
    options.mail_limit = options.mail_patience =
        std::chrono::seconds(3);  // on a busy machine "two" takes less
    how = "hang";
    why = "the inspector did not finish this mail within 3 s and was stopped";
  }
  WorkerInspector inspector(options);
  const auto results = inspect_all(inspector, mails({"one", how, "two"}));
  REQUIRE(results.size() == 3);
  CHECK(results[0].message.subject == "one");
  CHECK(results[1].quarantine == why);
  CHECK(results[2].message.subject == "two");
}

TEST_CASE("an innocent mail in a worker that an earlier one has spoiled gets a new worker") {
  WorkerInspector inspector(worker(MISBEHAVING_PROGRAM));
  const auto results = inspect_all(inspector, mails({"poison", "innocent", "abort", "last"}));
  REQUIRE(results.size() == 4);
  CHECK(results[0].quarantine.empty());
  CHECK(results[1].message.subject == "innocent");
  CHECK(results[2].quarantine.starts_with("the inspector was killed by signal 6"));
  CHECK(results[3].message.subject == "last");
}

TEST_CASE("many deaths in a row, with several workers") {
  WorkerOptions options = worker(MISBEHAVING_PROGRAM);
  options.workers = 3;
  WorkerInspector inspector(options);
  std::vector<std::string> texts;
  for (int i = 0; i < 60; ++i)
    texts.push_back(i % 3 == 1 ? "abort" : "mail " + std::to_string(i));
  const auto results = inspect_all(inspector, mails(texts));
  REQUIRE(results.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(results[i].quarantine.empty() == (texts[i] != "abort"));
    if (texts[i] != "abort") CHECK(results[i].message.subject == texts[i]);
  }
}

TEST_CASE("an answer too many is not taken for the next mail's") {
  WorkerInspector inspector(worker(MISBEHAVING_PROGRAM));
  const auto results = inspect_all(inspector, mails({"answers twice", "next", "last"}));
  REQUIRE(results.size() == 3);
  CHECK(results[0].quarantine.empty());
  CHECK(results[1].message.subject == "next");
  CHECK(results[2].message.subject == "last");
}

TEST_CASE("a worker is retired and replaced in passing") {
  WorkerInspector inspector(worker(MISBEHAVING_PROGRAM));
  Mails all;
  const auto mail = std::make_shared<FakeMail>("x");
  for (int i = 0; i < 20'100; ++i)
    all.push_back(mail);
  std::vector<std::string> processes;
  std::size_t good = 0;
  inspector.inspect(all, [&](std::size_t, const Inspected& inspected) {
    good += inspected.message.subject == "x" ? 1 : 0;
    if (processes.empty() || processes.back() != inspected.message.text)
      processes.push_back(inspected.message.text);
  });
  CHECK(good == all.size());
  CHECK(processes.size() == 2);
}

TEST_CASE("no worker at all is a failure of the program, not of a mail") {
  struct Row {
    const char* program;
    Exit exit;
    const char* says;
  };
  const Row rows[] = {
      {"/nonexistent/papertray-inspect", Exit::configuration, "cannot start the inspector"},
      {"/bin/false", Exit::try_later, "did not start, 3 times in a row: it ended with exit code 1"},
      {OPEN_PROGRAM, Exit::configuration, "--unsafe-no-sandbox"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.program));
    WorkerInspector inspector(worker(row.program));
    try {
      inspect_all(inspector, mails({"one"}));
      FAIL_CHECK("no failure");
    } catch (const Failure& failure) {
      CHECK(failure.error().scope == Scope::program);
      CHECK(failure.error().exit == row.exit);
      CHECK(failure.error().text.find(row.says) != std::string::npos);
    }
  }
}

TEST_CASE("without a sandbox only when told") {
  WorkerOptions options = worker(OPEN_PROGRAM);
  options.unsafe_no_sandbox = true;
  WorkerInspector inspector(options);
  CHECK_FALSE(inspector.layers().seccomp);
  CHECK(inspect_all(inspector, mails({"one"})).at(0).message.subject == "one");
}
