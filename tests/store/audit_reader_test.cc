// The database as an audit looks at it.
#include "store/audit_reader.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const Place inbox = imap_place(0);

// Behind the store's back, and past its rules.
void change(const Workshop& workshop, const char* sql) {
  SQLite::Database(workshop.path, SQLite::OPEN_READWRITE, 1000).exec(sql);
}

}  // namespace

TEST_CASE("audit: what is there is counted, and adds up") {
  Workshop workshop;
  workshop.paper(1);
  workshop.paper(2);
  workshop.question(3, "bob@example.org", "why");
  workshop.apply("papertray", at(9), Vanished{imap_place(4)});
  workshop.apply("papertray", at(9), Refused{.place = imap_place(5), .why = "too large"});
  const auto audit = AuditReader::open(workshop.path);
  const FateCounts fates = audit->fates();
  CHECK(fates.messages == 3);
  CHECK(fates.lost_places == 2);
  CHECK(fates.recorded == 3);
  CHECK(fates.vanished == 1);
  CHECK(fates.quarantined == 1);
  CHECK(fates.triage + fates.ignored == 0);
  CHECK(fates.places_of_nothing == 0);
  CHECK(audit->fault() == "");
  CHECK(audit->being_sent() == 0);
  CHECK(audit->position() == workshop.store->position());
  int papers = 0;
  audit->each_paper([&](const RecordedPaper& paper) {
    ++papers;
    CHECK(paper.file.ends_with(".pdf"));
    CHECK(paper.sha256.size() == 64);
  });
  CHECK(papers == 2);
}

TEST_CASE("audit: every place has its fate, by itself or by its message") {
  Workshop workshop;
  workshop.paper(1);
  workshop.paper(2);
  workshop.apply("papertray", at(9), Vanished{imap_place(4)});
  workshop.apply("papertray", at(9), Vanished{imap_place(7, 9, "Other")});
  const auto audit = AuditReader::open(workshop.path);
  CHECK(audit->last_uid(inbox.account, "INBOX", 3) == 4);
  CHECK(audit->last_uid(inbox.account, "INBOX", 4) == 0);
  CHECK(not_seen(*audit, inbox, {1, 2, 3, 4, 5}) == std::vector<std::uint32_t>{3, 5});
  CHECK(audit->places_seen(inbox, 0) == 3);
  CHECK(audit->places_seen(inbox, 4) == 2);
}

TEST_CASE("audit: a message that was taken away leaves its places without a fate") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    batch.add_message(mail(1));
    batch.add_message(mail(2));
  });
  change(workshop, "DELETE FROM message WHERE id = 2");
  const auto audit = AuditReader::open(workshop.path);
  CHECK(not_seen(*audit, inbox, {1, 2}) == std::vector<std::uint32_t>{2});
  CHECK(audit->last_uid(inbox.account, "INBOX", 3) == 1);
  CHECK(audit->places_seen(inbox, 0) == 1);
  CHECK(audit->fates().places_of_nothing == 1);
  CHECK(audit->fault() == "a row of table place refers to one of table message that is not there");
}

TEST_CASE("audit: SQLite's own checks are asked") {
  Workshop workshop;
  workshop.paper(1);
  // A row that the index does not know of.
  change(workshop,
         "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX message_by_id ON "
         "message "
         "(track)' WHERE name = 'message_by_id'; PRAGMA writable_schema = OFF");
  CHECK(AuditReader::open(workshop.path)->fault().find("message_by_id") != std::string::npos);
}

TEST_CASE("audit: all of it is of one moment, and no writer waits") {
  Workshop workshop;
  workshop.paper(1);
  const auto audit = AuditReader::open(workshop.path);
  const LogPosition before = audit->position();
  workshop.paper(2);
  workshop.apply("papertray", at(9), Vanished{imap_place(4)});
  CHECK(audit->position() == before);
  CHECK(audit->fates().messages == 1);
  CHECK_FALSE(audit->seen(imap_place(2)));
  CHECK(AuditReader::open(workshop.path)->fates().messages == 2);
}

TEST_CASE("audit: the first difference is told by what the two are, not by their paths") {
  Workshop here;
  Workshop there;
  here.paper(1);
  here.paper(2);
  there.paper(1);
  CHECK(AuditReader::open(here.path)->difference_from(here.path) == "");
  there.paper(2);
  change(here, "UPDATE message SET subject = 'other' WHERE id = 1");
  CHECK(
      AuditReader::open(here.path)->difference_from(there.path) ==
      "table message, row id 1: subject is 'other' in the database, 'NIPS Workshop Papers' in the log");
}

TEST_CASE("audit: a row that is missing in the middle is named, not what follows it") {
  Workshop here;
  Workshop there;
  for (int number = 1; number <= 3; ++number) {
    here.batch([&](StoreBatch& batch) { batch.add_message(mail(number)); });
    there.batch([&](StoreBatch& batch) { batch.add_message(mail(number)); });
  }
  change(here, "DELETE FROM message WHERE id = 2");
  CHECK(AuditReader::open(here.path)->difference_from(there.path) ==
        "table message has the row id 3 in the database where id 2 stands in the log");
}

TEST_CASE("audit: no database, or another program's, is a failure as for other readers") {
  TempDir dir;
  CHECK(failure_of([&] { AuditReader::open(dir / "papertray.db"); }).exit == Exit::not_there);
  SQLite::Database(dir / "theirs.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE x (y)");
  CHECK(failure_of([&] { AuditReader::open(dir / "theirs.db"); }).exit == Exit::bad_data);
}
