// Files in memory that go to one worker again and again.
#include "inspect/mail_memory.h"

#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

#include "core/message.h"
#include "fake_mail.h"
#include "inspect/output_parts.h"

using namespace papertray;
using test::FakeMail;

namespace {

std::string begins(int fd, std::size_t size) {
  return read_memory(fd, 0, size);
}

std::string paper_of(const OutputParts& parts, std::size_t size) {
  Part part;
  part.pdf = true;
  part.size = size;
  return test::pdf_bytes(parts, part);
}

}  // namespace

TEST_CASE("mail files: one that is in use is no other mail's, and a free one is used again") {
  MailFiles files;
  const std::string one(20'000, 'a'), two(30'000, 'b'), three(10'000, 'c');
  auto first = files.with(FakeMail(one));
  const auto second = files.with(FakeMail(two));
  const int descriptor = MailFiles::descriptor(*first);
  CHECK(descriptor != MailFiles::descriptor(*second));
  CHECK(begins(descriptor, one.size()) == one);
  CHECK(begins(MailFiles::descriptor(*second), two.size()) == two);
  first.reset();
  const auto third = files.with(FakeMail(three));
  CHECK(MailFiles::descriptor(*third) == descriptor);
  CHECK(begins(descriptor, three.size()) == three);
  CHECK(begins(MailFiles::descriptor(*second), two.size()) == two);
}

TEST_CASE("mail files: a large mail has one of its own size") {
  MailFiles files;
  const std::string large(3'000'000, 'x');
  const auto file = files.with(FakeMail(large));
  CHECK(memory_size(MailFiles::descriptor(*file)) == large.size());
  CHECK(begins(MailFiles::descriptor(*file), large.size()) == large);
}

TEST_CASE("output files: written from the beginning again, but not while somebody reads") {
  const auto files = std::make_shared<OutputFiles>();
  UniqueFd output = files->take();
  const int descriptor = output.get();
  REQUIRE(::write(descriptor, "%PDF one", 8) == 8);
  {
    const OutputParts parts(std::move(output), 8, files);
    UniqueFd other = files->take();
    CHECK(other.get() != descriptor);
    REQUIRE(::write(other.get(), "%PDF two", 8) == 8);
    CHECK(paper_of(parts, 8) == "%PDF one");
  }
  const UniqueFd again = files->take();
  CHECK(again.get() == descriptor);
  REQUIRE(::write(again.get(), "new", 3) == 3);
  CHECK(begins(again.get(), 3) == "new");
}

TEST_CASE("output files: a large one goes back to the system") {
  OutputFiles files;
  UniqueFd output = files.take();
  const std::string large(2'000'000, 'x');
  REQUIRE(::write(output.get(), large.data(), large.size()) == static_cast<ssize_t>(large.size()));
  files.give_back(std::move(output));
  CHECK(memory_size(files.take().get()) == 0);
}
