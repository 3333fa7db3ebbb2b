// The inspector runs ahead of the recording, across batches.
#include "intake/ahead.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>

#include <doctest/doctest.h>

#include "core/error.h"
#include "intake/bench.h"
#include "intake/second_thread.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

constexpr std::chrono::minutes long_enough{5};

Inspected called(const std::string& subject) {
  Inspected inspected;
  inspected.message.subject = subject;
  return inspected;
}

// Counted in one thread, waited for in another.
class Counter {
 public:
  void add() {
    const std::lock_guard hold(mutex_);
    ++count_;
    changed_.notify_all();
  }
  bool reaches(int count) {
    std::unique_lock hold(mutex_);
    return changed_.wait_for(hold, long_enough, [&] { return count_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

// The junk folder's mails in the batches before the inbox's, in one pass.
class JunkThenInbox : public MailboxSource {
 public:
  JunkThenInbox(FakeMailbox& junk, FakeMailbox& inbox) : junk_(junk), inbox_(inbox) {}
  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override {
    const std::size_t places = junk_.fetch(seen, limits, to);
    return places > 0 ? places : inbox_.fetch(seen, limits, to);
  }
  std::vector<Place> mark(std::span<const Place> places) override { return inbox_.mark(places); }
  void look_at_all() override {}
  std::string name() const override { return "both"; }

 private:
  FakeMailbox& junk_;
  FakeMailbox& inbox_;
};

}  // namespace

TEST_CASE("answers come in the order they were put") {
  Ahead ahead;
  ahead.put(called("one"), 10);
  ahead.put(called("two"), 10);
  CHECK(ahead.take().message.subject == "one");
  CHECK(ahead.take().message.subject == "two");
}

TEST_CASE("a failed inspector is told of after what it has read") {
  Ahead ahead;
  ahead.put(called("one"), 10);
  ahead.fail(std::make_exception_ptr(std::runtime_error("no inspector")));
  CHECK(ahead.take().message.subject == "one");
  CHECK_THROWS_WITH(ahead.take(), "no inspector");
}

TEST_CASE("no more is kept than may be: by count, and by bytes") {
  for (const std::uint64_t bytes : {std::uint64_t{3000}, std::uint64_t{1} << 20}) {
    CAPTURE(bytes);
    Ahead ahead;
    constexpr int mails = 1000;
    std::atomic<int> put = 0;
    auto inspecting = std::async(std::launch::async, [&] {
      for (int i = 0; i < mails; ++i, ++put)
        ahead.put(called(std::to_string(i)), bytes);
    });
    const int most = bytes > 3000 ? 8 : 128;
    for (int i = 0; i < mails; ++i) {
      CHECK(put <= i + most);
      CHECK(ahead.take().message.subject == std::to_string(i));
    }
    inspecting.get();
  }
}

TEST_CASE("one mail that is larger than all that may be kept passes alone") {
  Ahead ahead;
  ahead.put(called("large"), std::uint64_t{1} << 30);
  CHECK(ahead.take().message.subject == "large");
}

TEST_CASE("who waits for room goes when nobody takes any more") {
  Ahead ahead;
  auto inspecting = std::async(std::launch::async, [&] {
    for (;;)
      ahead.put(called("mail"), 1 << 20);
  });
  ahead.take();
  ahead.leave();
  CHECK_THROWS_AS(inspecting.get(), Ahead::Unwanted);
}

TEST_CASE("tasks of a thread wait for each other, however many, and each is done") {
  SecondThread thread;
  std::promise<void> begin;
  std::vector<int> order;
  std::vector<std::future<int>> done;
  done.push_back(thread.run([&, ready = begin.get_future().share()] {
    ready.wait();
    order.push_back(0);
    return 0;
  }));
  for (int i = 1; i < 5; ++i)
    done.push_back(thread.run([&order, i] {
      order.push_back(i);
      return i;
    }));
  begin.set_value();
  for (int i = 0; i < 5; ++i)
    CHECK(done[static_cast<std::size_t>(i)].get() == i);
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("the next batch is inspected while one is recorded, and all are recorded in their order") {
  World world;
  constexpr int papers = 6;
  for (int i = 0; i < papers; ++i)
    world.mailbox.add(paper("ada@x.example", "%PDF " + std::to_string(i)), in_time);
  Program program(world);
  Counter inspected;
  int recorded = 0;
  program.inspector.before = [&] { inspected.add(); };
  // Recording a batch of one waits until the mail behind it has been looked at.
  world.shelf.before = [&] {
    ++recorded;
    CHECK(inspected.reaches(std::min(recorded + 1, papers)));
  };
  program.start();
  CHECK(program.take_in({.mails = 1, .bytes = 1 << 20}).messages == papers);
  REQUIRE(world.watcher.messages.size() == papers);
  for (int i = 0; i < papers; ++i)
    CHECK(world.watcher.messages[static_cast<std::size_t>(i)].version == i + 1);
}

TEST_CASE("a recording that fails while the inspector is ahead loses nothing") {
  World world;
  constexpr int papers = 400;  // more than are kept
  for (int i = 0; i < papers; ++i)
    world.mailbox.add(paper("a" + std::to_string(i) + "@x.example", "%PDF " + std::to_string(i)),
                      in_time);
  {
    Program program(world);
    program.start();
    int left = 150;  // within the second batch
    world.shelf.before = [&] {
      if (--left == 0)
        throw Failure({Scope::store, Again::later, Exit::cannot_write, "the disk is full"});
    };
    CHECK_THROWS_AS(program.take_in({.mails = 100, .bytes = 1 << 20}), Failure);
  }
  world.shelf.before = [] {};
  Program program(world);
  program.run({.mails = 100, .bytes = 1 << 20});
  CHECK(world.shelf.papers.size() == papers);
  CHECK(world.transport.sent.size() == papers);
}

TEST_CASE("an inspector that cannot be started ends the run, and the next one takes in all") {
  World world;
  for (int i = 0; i < 8; ++i)
    world.mailbox.add(paper("a" + std::to_string(i) + "@x.example", "%PDF"), in_time);
  {
    Program program(world);
    program.start();
    std::atomic<int> left = 4;  // of the second batch
    program.inspector.before = [&] {
      if (--left == 0)
        throw Failure({Scope::program, Again::later, Exit::try_later, "the inspector did not start"});
    };
    CHECK_THROWS_AS(program.take_in({.mails = 3, .bytes = 1 << 20}), Failure);
    CHECK(world.watcher.messages.size() == 3);
  }
  Program program(world);
  program.run({.mails = 3, .bytes = 1 << 20});
  CHECK(world.transport.sent.size() == 8);
}

TEST_CASE(
    "a mail that leaves the spam folder is decided anew, though the batch before still records it") {
  World world;
  FakeMailbox junk;
  junk.folder = "Junk";
  junk.spam = true;
  const std::string mail = paper("ada@x.example", "%PDF one", "Sparse Things");
  junk.add(mail, in_time);
  world.mailbox.add(mail, in_time);
  JunkThenInbox both(junk, world.mailbox);
  Program program(world);
  program.start();
  program.intake.take_in(both, Receipts::send, {.mails = 1, .bytes = 1 << 20});
  REQUIRE(world.watcher.messages.size() == 2);
  CHECK(world.watcher.messages[0].fate == Fate::triage);
  CHECK(world.watcher.messages[1].fate == Fate::recorded);
  CHECK(world.watcher.messages[1].submission == "P-1");
}
