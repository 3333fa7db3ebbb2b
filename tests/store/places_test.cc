// Places, marks and messages: what a mailbox source asks, and what events change.
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {
const std::string account = "imaps://desk@mail.example.org";
}

TEST_CASE("a new database knows nothing") {
  Workshop workshop;
  CHECK(workshop.store->position() == LogPosition{.segment = 1, .offset = 0});
  CHECK(workshop.store->last_uid(account, "INBOX", 3) == 0);
  CHECK_FALSE(workshop.store->seen(imap_place(1)));
  CHECK(workshop.store->unmarked(account, "INBOX", 3).empty());
  CHECK_FALSE(workshop.store->has_message(sha(1)));
  CHECK_FALSE(workshop.store->rules().has_value());
  CHECK(workshop.store->due(at(deadline), 10).empty());
  CHECK(workshop.store->interrupted().empty());
}

TEST_CASE("a message brings its place") {
  Workshop workshop;
  std::int64_t first = 0;
  workshop.batch([&](StoreBatch& batch) {
    CHECK_FALSE(batch.message_by_sha256(sha(7)).has_value());
    first = batch.add_message(mail(7));
    batch.add_message(mail(5));
    CHECK(batch.message_by_sha256(sha(7)) == first);
  });
  CHECK(first == 1);
  CHECK(workshop.store->has_message(sha(7)));
  CHECK(workshop.store->seen(imap_place(7)));
  CHECK_FALSE(workshop.store->seen(imap_place(6)));
  CHECK_FALSE(workshop.store->seen(imap_place(7, 4)));
  CHECK_FALSE(workshop.store->seen(imap_place(7, 3, "Spam")));
  CHECK(workshop.store->last_uid(account, "INBOX", 3) == 7);
  CHECK(workshop.store->last_uid(account, "INBOX", 4) == 0);
  CHECK(workshop.store->last_uid(account, "Spam", 3) == 0);
}

TEST_CASE("the largest UID and a file's name are kept whole") {
  Workshop workshop;
  MessageRecord file = mail(2);
  file.facts.place = {
      .account = "maildir:/m", .folder = "", .uidvalidity = 0, .uid = 0, .name = "1509.M1P2.host"};
  workshop.batch([&](StoreBatch& batch) {
    MessageRecord record = mail(1);
    record.facts.place = imap_place(4294967295U, 4294967295U);
    record.facts.gmail_id = 0xfedcba9876543210U;
    batch.add_message(record);
    batch.add_message(file);
  });
  CHECK(workshop.store->last_uid(account, "INBOX", 4294967295U) == 4294967295U);
  CHECK(workshop.store->seen(file.facts.place));
  Place other = file.facts.place;
  other.name += "x";
  CHECK_FALSE(workshop.store->seen(other));
  // Marks of files live in their names: they are nobody's to be marked.
  CHECK(workshop.store->unmarked("maildir:/m", "", 0).empty());
  CHECK(ask(workshop.path, "SELECT printf('%llx', gmail_id) FROM place WHERE uid > 0") ==
        "fedcba9876543210");
}

TEST_CASE("marks") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    for (const int number : {9, 4, 6})
      batch.add_message(mail(number));
  });
  CHECK(workshop.store->unmarked(account, "INBOX", 3) == std::vector<std::uint32_t>{4, 6, 9});
  workshop.apply("papertray", at(deadline),
                 Marked{.account = account, .folder = "INBOX", .uidvalidity = 3, .uids = {4, 9, 77}});
  CHECK(workshop.store->unmarked(account, "INBOX", 3) == std::vector<std::uint32_t>{6});
  CHECK(workshop.store->unmarked(account, "INBOX", 4).empty());
  // A second mark leaves the first one's time.
  workshop.apply("papertray", at(deadline + 100),
                 Marked{.account = account, .folder = "INBOX", .uidvalidity = 3, .uids = {4}});
  CHECK(ask(workshop.path, "SELECT marked_at FROM place WHERE uid = 4") == std::to_string(deadline));
}

TEST_CASE("the same mail at a second place") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) { batch.add_message(mail(1)); });
  MailFacts again = mail(1).facts;
  SUBCASE("by an event") {
    again.place = imap_place(12, 4);
    workshop.apply("papertray", at(deadline), SeenAgain{.sha256 = sha(1), .facts = again});
  }
  SUBCASE("by the log holding its bytes twice") {
    again.place = imap_place(12, 4);
    workshop.batch([&](StoreBatch& batch) { batch.add_place(again, *batch.message_by_sha256(sha(1))); });
  }
  CHECK(workshop.store->seen(imap_place(12, 4)));
  CHECK(workshop.store->last_uid(account, "INBOX", 4) == 12);
  CHECK(workshop.store->unmarked(account, "INBOX", 4) == std::vector<std::uint32_t>{12});
  CHECK(workshop.reader()->message("M-1")->places.size() == 2);
  CHECK(workshop.reader()->counts().total == 1);
}

TEST_CASE("a mail seen again that never was is refused") {
  Workshop workshop;
  const Error error = failure_of([&] {
    workshop.apply("papertray", at(deadline), SeenAgain{.sha256 = sha(8), .facts = mail(8).facts});
  });
  CHECK(error.exit == Exit::bad_data);
  CHECK(error.scope == Scope::store);
  CHECK(error.text.find(sha(8)) != std::string::npos);
  CHECK(error.text.find("papertray rebuild") != std::string::npos);
}

TEST_CASE("vanished and refused places have a fate, and are passed for good") {
  Workshop workshop;
  workshop.apply("papertray", at(deadline), Vanished{imap_place(20)});
  workshop.apply("papertray", at(deadline),
                 Refused{.place = imap_place(21), .why = "larger than 100 MB"});
  workshop.batch([](StoreBatch& batch) { batch.add_message(mail(3)); });
  CHECK(workshop.store->last_uid(account, "INBOX", 3) == 21);
  CHECK(workshop.store->seen(imap_place(20)));
  CHECK(workshop.store->unmarked(account, "INBOX", 3) == std::vector<std::uint32_t>{3});
  const Counts counts = workshop.reader()->counts();
  CHECK(counts.total == 3);
  CHECK(counts.vanished == 1);
  CHECK(counts.quarantined == 1);
  CHECK(counts.recorded == 1);

  SUBCASE("what vanished after it was taken in stays taken in") {
    workshop.apply("papertray", at(deadline), Vanished{imap_place(3)});
    CHECK(workshop.reader()->counts().vanished == 1);
    CHECK(workshop.reader()->message("M-1")->places.size() == 1);
  }
  SUBCASE("what was refused may be read after all") {
    MessageRecord record = mail(4);
    record.facts.place = imap_place(21);
    workshop.batch([&](StoreBatch& batch) { batch.add_message(record); });
    const Counts later = workshop.reader()->counts();
    CHECK(later.quarantined == 0);
    CHECK(later.recorded == 2);
    CHECK(later.total == 3);
  }
}

TEST_CASE("a file that changed under its name is a message of its own") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    MessageRecord first = mail(1);
    MessageRecord second = mail(2);
    first.facts.place = second.facts.place = {
        .account = "file", .folder = "", .uidvalidity = 0, .uid = 0, .name = "/tmp/a.eml"};
    batch.add_message(first);
    batch.add_message(second);
  });
  CHECK(workshop.reader()->counts().total == 2);
  CHECK(workshop.reader()->message("M-1")->places.size() == 1);
  CHECK(workshop.reader()->message("M-2")->places.empty());
}

TEST_CASE("rules come back as they were loaded, the last ones") {
  Workshop workshop;
  const RulesLoaded first{
      .path = "/etc/r.toml", .from = "a@example.org", .toml = "one", .templates = {}};
  const RulesLoaded second{.path = "/etc/r.toml",
                           .from = "Desk <a@example.org>",
                           .toml = "two\r\n",
                           .templates = {{"late", "L"}, {"received", "R\n"}}};
  workshop.apply("ann", at(1), first);
  workshop.apply("ann", at(2), second);
  const std::optional<RulesLoaded> rules = workshop.store->rules();
  REQUIRE(rules.has_value());
  CHECK(rules->path == second.path);
  CHECK(rules->from == second.from);
  CHECK(rules->toml == second.toml);
  CHECK(rules->templates == second.templates);
  CHECK(ask(workshop.path, "SELECT count(*) FROM rules") == "2");
}

TEST_CASE("what is not committed is not there") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) { batch.add_message(mail(1)); });
  const LogPosition before = workshop.store->position();
  {
    const auto batch = workshop.store->begin();
    MessageRecord record = mail(2);
    record.facts.place = imap_place(2, 9, "Other");
    batch->add_message(record);
    batch->apply({.at = at(1), .actor = "", .what = Vanished{imap_place(50)}});
  }
  CHECK_FALSE(workshop.store->has_message(sha(2)));
  CHECK_FALSE(workshop.store->seen(imap_place(50)));
  CHECK(workshop.store->position() == before);
  // The folder's id went with it, and numbers are given without gaps.
  workshop.batch([](StoreBatch& batch) { CHECK(batch.add_message(mail(3)) == 2); });
  CHECK(ask(workshop.path, "SELECT count(*) FROM folder") == "1");
}

TEST_CASE("the log position goes with the transaction and only forward") {
  Workshop workshop;
  workshop.store->begin()->commit({.segment = 1, .offset = 7168});
  CHECK(workshop.store->position() == LogPosition{.segment = 1, .offset = 7168});
  workshop.store->begin()->commit({.segment = 2, .offset = 0});
  CHECK(workshop.store->position() == LogPosition{.segment = 2, .offset = 0});
  CHECK(failure_of([&] { workshop.store->begin()->commit({.segment = 1, .offset = 9000}); }).exit ==
        Exit::bad_data);
  CHECK(workshop.store->position() == LogPosition{.segment = 2, .offset = 0});
  const auto batch = workshop.store->begin();
  batch->commit({.segment = 2, .offset = 512});
  CHECK(failure_of([&] { batch->add_message(mail(1)); }).scope == Scope::program);
}
