#include "files/mbox_source.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "hands.h"
#include "support/temp_dir.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const StillClock clock_;

std::string mail(const std::string& text) {
  return "From a@example.org Fri Nov  3 16:59:59 2017\nSubject: " + text + "\n\n" + text + "\n\n";
}
std::string body(const std::string& text) {
  return "Subject: " + text + "\n\n" + text + "\n";
}

}  // namespace

TEST_CASE("an mbox is taken in once, in batches, with its facts") {
  const TempDir temp;
  write_file(temp / "mbox", mail("1") + mail("2") + mail("3") + mail("4") + mail("5"));
  MboxSource source(temp / "mbox", clock_);
  Memory memory;
  Keeper keeper;
  CHECK(source.fetch(memory, {.mails = 2, .bytes = 1000}, keeper) == 2);
  CHECK(source.fetch(memory, {.mails = 100, .bytes = 1}, keeper) == 1);
  CHECK(take_all(source, memory, keeper) == 2);
  CHECK(keeper.bodies() == std::vector{body("1"), body("2"), body("3"), body("4"), body("5")});
  const MailFacts& facts = keeper.mails[1].facts;
  CHECK(facts.place.account == "mbox:" + temp / "mbox");
  CHECK(facts.place.folder == "");
  CHECK(facts.size == body("2").size());
  CHECK(facts.mbox_from == Time(Seconds(1509728399)));
  CHECK(facts.file_time.has_value());
  CHECK(!facts.internaldate);
  CHECK(facts.fetched == clock_.now());
  CHECK(take_all(source, memory, keeper) == 0);
  CHECK(source.mark({}).empty());

  MboxSource another(temp / "mbox", clock_);
  CHECK(take_all(another, memory, keeper) == 0);
}

TEST_CASE("mails that are added are found, and no mail hides at another's old place") {
  const TempDir temp;
  write_file(temp / "mbox", mail("1") + mail("2"));
  MboxSource source(temp / "mbox", clock_);
  Memory memory;
  Keeper keeper;
  take_all(source, memory, keeper);
  write_file(temp / "mbox", mail("1") + mail("2") + mail("3"));
  CHECK(take_all(source, memory, keeper) == 1);
  // Emptied, then a mail of the same size at the same offset.
  write_file(temp / "mbox", "");
  CHECK(take_all(source, memory, keeper) == 0);
  write_file(temp / "mbox", mail("4"));
  CHECK(take_all(source, memory, keeper) == 1);
  CHECK(keeper.bodies() == std::vector{body("1"), body("2"), body("3"), body("4")});
}

TEST_CASE("rewritten between two batches: every mail is handed over") {
  const TempDir temp;
  write_file(temp / "mbox", mail("1") + mail("2") + mail("3"));
  MboxSource source(temp / "mbox", clock_);
  Memory memory;
  Keeper keeper;
  CHECK(source.fetch(memory, {.mails = 1, .bytes = 1000}, keeper) == 1);
  memory.places.insert(keeper.mails[0].facts.place);
  write_file(temp / "mbox", mail("22") + mail("3"));
  take_all(source, memory, keeper);
  CHECK(keeper.bodies() == std::vector{body("1"), body("22"), body("3")});
}

TEST_CASE("a receiver that fails gets the mail again") {
  const TempDir temp;
  write_file(temp / "mbox", mail("1") + mail("2"));
  MboxSource source(temp / "mbox", clock_);
  Memory memory;
  Keeper keeper;
  keeper.on_begin = [](const MailFacts&) {
    throw Failure({Scope::store, Again::person, Exit::cannot_write, "no room"});
  };
  CHECK(failure_of([&] { source.fetch(memory, {}, keeper); }) == "no room");
  keeper.on_begin = nullptr;
  CHECK(take_all(source, memory, keeper) == 2);
  CHECK(keeper.bodies() == std::vector{body("1"), body("2")});
}

TEST_CASE("no mbox there, no mbox in it") {
  const TempDir temp;
  Memory memory;
  Keeper keeper;
  MboxSource missing(temp / "mbox", clock_);
  CHECK(take_all(missing, memory, keeper) == 0);
  write_file(temp / "mbox", "Subject: one mail\n\n");
  CHECK(failure_of([&] { missing.fetch(memory, {}, keeper); }).find("no mbox") != std::string::npos);
  MboxSource folder(temp.path(), clock_);
  CHECK(failure_of([&] { folder.fetch(memory, {}, keeper); }).find("regular file") != std::string::npos);
}

TEST_CASE("while a delivery holds its lock the mbox is left alone") {
  const TempDir temp;
  write_file(temp / "mbox", mail("1"));
  const int delivery = ::open((temp / "mbox").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(delivery >= 0);
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  REQUIRE(::fcntl(delivery, F_OFD_SETLK, &lock) == 0);
  MboxSource source(temp / "mbox", clock_);
  Memory memory;
  Keeper keeper;
  CHECK(failure_of([&] { source.fetch(memory, {}, keeper); }).find("locked") != std::string::npos);
  ::close(delivery);
  CHECK(take_all(source, memory, keeper) == 1);
  // And between batches it is free.
  const int next = ::open((temp / "mbox").c_str(), O_RDWR | O_CLOEXEC);
  CHECK(::fcntl(next, F_OFD_SETLK, &lock) == 0);
  ::close(next);
}
