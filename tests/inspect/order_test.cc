// The client with the real program: order, failures of others, PDFs.
#include <doctest/doctest.h>

#include "core/error.h"
#include "inspect/caps.h"
#include "inspect/fake_mail.h"
#include "inspect/wire.h"

using namespace papertray;
using namespace papertray::test;

namespace {

std::string numbered(int i) {
  // Sizes differ, so that a second worker would overtake.
  return "Subject: " + std::to_string(i) + "\n\n" + std::string(i % 7 == 0 ? 300'000 : 20, 'x') + "\n";
}

class BrokenMail : public MailBytes {
 public:
  std::size_t read(std::uint64_t, std::span<char>) const override {
    throw Failure(Error{Scope::store, Again::later, Exit::cannot_write, "the disk is gone"});
  }
  std::uint64_t size() const override { return 10; }
};

class ShortMail : public FakeMail {
 public:
  using FakeMail::FakeMail;
  std::uint64_t size() const override { return FakeMail::size() + 1; }
};

// Says it is too large; nobody may read it.
class HugeMail : public BrokenMail {
 public:
  std::uint64_t size() const override { return caps::mail_bytes + 1; }
};

const char* const paper =
    "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf\n\n"
    "%PDF-1.4 first\n--b\nContent-Type: text/plain\n\nhello\n--b\n"
    "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
    "JVBERi0xLjQgc2Vjb25k\n--b--\n";

}  // namespace

TEST_CASE("each mail comes back once, in order") {
  for (const int workers : {1, 3}) {
    CAPTURE(workers);
    WorkerOptions options = real_worker();
    options.workers = workers;
    WorkerInspector inspector(options);
    std::vector<std::string> texts;
    for (int i = 0; i < 100; ++i)
      texts.push_back(numbered(i));
    std::size_t next = 0;
    inspector.inspect(mails(texts), [&](std::size_t index, const Inspected& inspected) {
      CHECK(index == next);
      CHECK(inspected.quarantine.empty());
      CHECK(inspected.message.subject == std::to_string(index));
      ++next;
    });
    CHECK(next == texts.size());
  }
}

TEST_CASE("no mails, no worker") {
  WorkerOptions options;
  options.program = "/nonexistent";
  WorkerInspector inspector(options);
  CHECK(inspect_all(inspector, {}).empty());
}

TEST_CASE("what the caller throws passes through, and the inspector stays usable") {
  WorkerInspector inspector(real_worker());
  std::vector<std::string> texts;
  for (int i = 0; i < 20; ++i)
    texts.push_back(numbered(i));
  int seen = 0;
  CHECK_THROWS_AS(inspector.inspect(mails(texts),
                                    [&](std::size_t, const Inspected&) {
                                      if (++seen == 5) throw std::runtime_error("the caller's own");
                                    }),
                  std::runtime_error);
  CHECK(seen == 5);
  CHECK(inspect_all(inspector, mails({numbered(7)})).at(0).message.subject == "7");
}

TEST_CASE("a mail that cannot be read from the log is the store's failure") {
  WorkerInspector inspector(real_worker());
  for (const std::shared_ptr<const MailBytes>& bad :
       {std::shared_ptr<const MailBytes>(std::make_shared<BrokenMail>()),
        std::shared_ptr<const MailBytes>(std::make_shared<ShortMail>("Subject: x\n\n"))}) {
    Mails all = mails({numbered(1)});
    all.push_back(bad);
    try {
      inspect_all(inspector, all);
      FAIL_CHECK("no failure");
    } catch (const Failure& failure) {
      CHECK(failure.error().scope == Scope::store);
    }
    CHECK(inspect_all(inspector, mails({numbered(2)})).at(0).message.subject == "2");
  }
}

TEST_CASE("a mail over the limit is set aside unread") {
  WorkerInspector inspector(real_worker());
  Mails all = mails({numbered(1), numbered(2)});
  all.insert(all.begin() + 1, std::make_shared<HugeMail>());
  const auto results = inspect_all(inspector, all);
  REQUIRE(results.size() == 3);
  CHECK(results[0].message.subject == "1");
  CHECK(results[1].quarantine ==
        "the mail has 100663297 bytes, more than the 100663296 that are looked into");
  CHECK(results[2].message.subject == "2");
}

TEST_CASE("PDFs are given out byte for byte, long after the worker is gone") {
  // In the packet, and in a file.
  for (const std::size_t behind : {std::size_t{0}, wire::packet_mail_bytes}) {
    Inspected inspected;
    {
      WorkerInspector inspector(real_worker());
      inspected = inspect_all(inspector, mails({paper + std::string(behind, '\n')})).at(0);
    }
    REQUIRE(inspected.parts != nullptr);
    REQUIRE(inspected.message.parts.size() == 3);
    CHECK(pdf_bytes(*inspected.parts, inspected.message.parts[0]) == "%PDF-1.4 first");
    CHECK(pdf_bytes(*inspected.parts, inspected.message.parts[2]) == "%PDF-1.4 second");
    CHECK_THROWS_AS(pdf_bytes(*inspected.parts, inspected.message.parts[1]), Failure);
    Part beyond = inspected.message.parts[0];
    beyond.offset = 1'000'000;
    CHECK_THROWS_AS(pdf_bytes(*inspected.parts, beyond), Failure);
  }
}

TEST_CASE("a small mail whose answer does not fit into a packet") {
  // Each of these takes six characters in the answer.
  const std::string text(wire::packet_output_bytes / 4, '\x01');
  WorkerInspector inspector(real_worker());
  const auto results =
      inspect_all(inspector, mails({numbered(1), "Subject: grows\n\n" + text, numbered(2)}));
  REQUIRE(results.size() == 3);
  CHECK(results[0].message.subject == "1");
  CHECK(results[1].quarantine == "");
  CHECK(results[1].message.subject == "grows");
  CHECK(results[1].message.text.size() >= text.size());
  CHECK(results[2].message.subject == "2");
}

TEST_CASE("a mail without a PDF keeps nothing open") {
  WorkerInspector inspector(real_worker());
  CHECK(inspect_all(inspector, mails({numbered(1)})).at(0).parts == nullptr);
}

TEST_CASE("a mail of 50 MB") {
  std::string text =
      "Subject: large\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK";
  const std::string line = std::string(76, 'Q') + "\n";
  while (text.size() < 50'000'000)
    text += line;
  WorkerInspector inspector(real_worker());
  const auto results = inspect_all(inspector, mails({std::move(text), numbered(1)}));
  REQUIRE(results.size() == 2);
  REQUIRE(results[0].quarantine == "");
  REQUIRE(results[0].message.parts.size() == 1);
  CHECK(results[0].message.parts[0].size > 36'000'000);
  std::uint64_t bytes = 0;
  results[0].parts->read(results[0].message.parts[0],
                         [&](std::span<const char> piece) { bytes += piece.size(); });
  CHECK(bytes == results[0].message.parts[0].size);
  CHECK(results[1].message.subject == "1");
}

TEST_CASE("the layers of the sandbox are told") {
  WorkerInspector inspector(real_worker());
  const Layers layers = inspector.layers();
  CHECK(layers.seccomp);
  CHECK(layers.no_new_privs);
  CHECK(layers.undumpable);
  CHECK(layers.limits);
  CHECK(describe(layers).size() == 5);
}
