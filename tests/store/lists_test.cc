// Counts and lists.
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

void add_mail(Workshop& workshop, int number, Fate fate, const std::vector<std::string>& notes = {}) {
  workshop.batch([&](StoreBatch& batch) {
    MessageRecord record = mail(number, "zoe@example.org");
    record.decision.fate = fate;
    record.decision.track = "";
    record.decision.reason = "because";
    record.notes = notes;
    batch.add_message(record);
  });
}

void add_receipt(Workshop& workshop, const std::string& token, OutboxState state,
                 std::optional<std::int64_t> submission = std::nullopt, std::int64_t message = 0) {
  workshop.batch([&](StoreBatch& batch) {
    OutboxRecord record;
    record.token = token;
    record.kind = "received";
    record.to = "ann@example.org";
    record.state = state;
    record.submission = submission;
    record.message = message;
    record.created = at(deadline);
    batch.add_outbox(record);
  });
}

template <class Row>
std::vector<std::string> ids(const std::vector<Row>& rows) {
  std::vector<std::string> all;
  for (const Row& row : rows)
    all.push_back(row.id);
  return all;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an open note is listed with what waits, whatever the fate of its message") {
  Workshop workshop;
  workshop.batch([&](StoreBatch& batch) {
    MessageRecord record = mail(1);
    record.notes = {"two Subject headers"};
    record.open_notes = {"may be P-7: papertray merge P-9 --into P-7"};
    batch.add_message(record);
  });
  add_mail(workshop, 2, Fate::triage, {"odd"});
  add_mail(workshop, 3, Fate::recorded, {"odd"});
  workshop.batch([&](StoreBatch& batch) { batch.add_note(2, "papertray withdraw P-7", true); });
  ListFilter triage;
  triage.fate = Fate::triage;
  CHECK(ids(workshop.reader()->messages(triage)) == Ids{"M-2"});
  triage.open_notes = true;
  const std::vector<MessageRow> rows = workshop.reader()->messages(triage);
  CHECK(ids(rows) == Ids{"M-1", "M-2"});
  CHECK(rows[0].notes.size() == 2);
  CHECK(rows[0].open_notes == std::vector<std::string>{"may be P-7: papertray merge P-9 --into P-7"});
  CHECK(workshop.reader()->message("M-1")->row.open_notes == rows[0].open_notes);
  CHECK(workshop.reader()->counts().open_notes == 1);  // the other one is counted with triage
}

TEST_CASE("a withdrawn submission is shown and counted as that") {
  Workshop workshop;
  const std::int64_t first = workshop.paper(1);
  workshop.paper(2, "bob@example.org");
  workshop.batch([&](StoreBatch& batch) { batch.withdraw(first); });
  const std::vector<PaperRow> papers = workshop.reader()->papers({});
  CHECK(papers.at(0).state == "withdrawn");
  CHECK(papers.at(1).state == "submitted");
  CHECK(workshop.reader()->counts().tracks.at(0).withdrawn == 1);
  CHECK(workshop.reader()->counts().tracks.at(0).submissions == 2);
}

TEST_CASE("the oldest message of a Message-ID with other bytes") {
  Workshop workshop;
  for (const int number : {1, 2, 3}) {
    MessageRecord record = mail(number);
    record.message_id = number == 3 ? "" : "same@example.org";
    workshop.batch([&](StoreBatch& batch) { batch.add_message(record); });
  }
  workshop.batch([&](StoreBatch& batch) {
    CHECK(batch.message_with_id("same@example.org", sha(9)) == 1);
    CHECK(batch.message_with_id("same@example.org", sha(1)) == 2);
    CHECK(batch.message_with_id("", sha(9)) == std::nullopt);
    CHECK(batch.message_with_id("other@example.org", sha(9)) == std::nullopt);
  });
}

TEST_CASE("counts add up") {
  Workshop workshop;
  workshop.paper(1, "ann@example.org", Seconds(60));
  workshop.paper(2, "bob@example.org", Seconds(-60));
  workshop.question(3, "bob@example.org", "Why?");
  add_mail(workshop, 4, Fate::triage);
  add_mail(workshop, 5, Fate::ignored);
  add_mail(workshop, 6, Fate::ignored);
  add_mail(workshop, 7, Fate::quarantined);
  workshop.apply("papertray", at(deadline), Vanished{imap_place(8)});
  workshop.apply("papertray", at(deadline), Refused{.place = imap_place(9), .why = "too large"});
  for (const OutboxState state : {OutboxState::queued, OutboxState::sending, OutboxState::sent,
                                  OutboxState::unknown, OutboxState::failed, OutboxState::suppressed,
                                  OutboxState::suppressed, OutboxState::held, OutboxState::dropped})
    add_receipt(workshop, "pt-" + ask(workshop.path, "SELECT count(*) FROM outbox"), state);

  const Counts counts = workshop.reader()->counts();
  CHECK(counts.total == 9);
  CHECK(counts.recorded == 3);
  CHECK(counts.triage == 1);
  CHECK(counts.ignored == 2);
  CHECK(counts.quarantined == 2);
  CHECK(counts.vanished == 1);
  CHECK(counts.total ==
        counts.recorded + counts.triage + counts.ignored + counts.quarantined + counts.vanished);
  CHECK(counts.queued == 2);
  CHECK(counts.sent == 1);
  CHECK(counts.unknown == 1);
  CHECK(counts.failed == 1);
  CHECK(counts.suppressed == 2);
  CHECK(counts.held == 1);
  REQUIRE(counts.tracks.size() == 2);
  CHECK(counts.tracks[0].track == "papers");
  CHECK(counts.tracks[0].submissions == 2);
  CHECK(counts.tracks[0].on_time == 1);
  CHECK(counts.tracks[0].late == 1);
  CHECK(counts.tracks[0].accepted == 0);
  CHECK(counts.tracks[1].track == "questions");
  CHECK(counts.tracks[1].submissions == 1);
  CHECK(counts.tracks[1].on_time == 1);
  CHECK(workshop.reader()->messages({}).size() == static_cast<std::size_t>(counts.total));
}

TEST_CASE("papers") {
  Workshop workshop;
  const std::int64_t first = workshop.paper(1, "ann@example.org", Seconds(60));
  workshop.question(2, "bob@example.org", "Why?");
  workshop.paper(3, "cem@example.org", Seconds(-5));
  workshop.version(first, 4, "ann@example.org", Seconds(20));
  workshop.batch([](StoreBatch& batch) { batch.add_note(3, "look at this"); });
  const auto reader = workshop.reader();
  const std::vector<PaperRow> papers = reader->papers({});
  CHECK(ids(papers) == Ids{"P-1", "P-2"});
  const PaperRow& row = papers[0];
  CHECK(row.title == "Title 4");
  CHECK(row.submitter == "ann@example.org");
  CHECK(row.submitter_name == "Ann");
  CHECK(row.versions == 2);
  CHECK(row.counting == 2);
  CHECK(row.received == at(deadline - 20));
  CHECK(row.on_time);
  CHECK(row.margin_s == 20);
  CHECK(row.state == "submitted");
  CHECK_FALSE(row.pages.has_value());
  CHECK(row.sha256 == sha(1004));
  CHECK(row.file == "P_v2.pdf");

  ListFilter filter;
  filter.late = true;
  CHECK(ids(reader->papers(filter)) == Ids{"P-2"});
  filter = {};
  filter.track = "papers";
  CHECK(reader->papers(filter).size() == 2);
  filter.track = "questions";
  CHECK(reader->papers(filter).empty());
  filter = {};
  filter.state = "accepted";
  CHECK(reader->papers(filter).empty());
  filter.state = "submitted";
  CHECK(reader->papers(filter).size() == 2);
  filter = {};
  filter.problems = true;
  CHECK(ids(reader->papers(filter)) == Ids{"P-2"});
}

TEST_CASE("questions") {
  Workshop workshop;
  workshop.paper(1);
  workshop.question(2, "bob@example.org", "Why\nnot?");
  const auto reader = workshop.reader();
  const std::vector<QuestionRow> questions = reader->questions({});
  REQUIRE(ids(questions) == Ids{"Q-1"});
  CHECK(questions[0].asker == "bob@example.org");
  CHECK(questions[0].asker_name == "Bob");
  CHECK(questions[0].text == "Why\nnot?");
  CHECK(questions[0].on_time);
  CHECK_FALSE(questions[0].panel.has_value());
  ListFilter filter;
  filter.panel = 1;
  CHECK(reader->questions(filter).empty());
}

TEST_CASE("messages") {
  Workshop workshop;
  workshop.paper(1);
  add_mail(workshop, 2, Fate::triage, {"note one", "note two"});
  add_mail(workshop, 3, Fate::ignored);
  add_mail(workshop, 4, Fate::triage, {"note three"});
  add_mail(workshop, 5, Fate::quarantined);
  workshop.apply("papertray", at(deadline), Vanished{imap_place(6)});
  const auto reader = workshop.reader();
  const std::vector<MessageRow> all = reader->messages({});
  CHECK(ids(all) == Ids{"M-1", "M-2", "M-3", "M-4", "M-5", ""});
  CHECK(all[0].submission == "P-1");
  CHECK(all[0].message_id == "mail-1@example.org");
  CHECK(all[0].from == "ann@example.org");
  CHECK(all[0].subject == "NIPS Workshop Papers");
  CHECK(all[0].received == at(deadline - 86400 + 1));
  CHECK(all[0].reason == "the subject names papers");
  CHECK(all[0].track == "papers");
  CHECK(all[0].sha256 == sha(1));
  CHECK(all[1].submission == "");
  CHECK(all[1].notes == std::vector<std::string>{"note one", "note two"});
  CHECK(all[2].notes.empty());
  CHECK(all[3].notes == std::vector<std::string>{"note three"});
  CHECK(all[5].fate == Fate::vanished);
  CHECK(all[5].subject == "INBOX, UID 6 of UIDVALIDITY 3");

  ListFilter filter;
  filter.fate = Fate::triage;
  CHECK(ids(reader->messages(filter)) == Ids{"M-2", "M-4"});
  filter.fate = Fate::vanished;
  CHECK(ids(reader->messages(filter)) == Ids{""});
  filter = {};
  filter.problems = true;
  CHECK(ids(reader->messages(filter)) == Ids{"M-2", "M-4", "M-5", ""});
  filter = {};
  filter.track = "papers";
  CHECK(ids(reader->messages(filter)) == Ids{"M-1"});
}

TEST_CASE("outbox") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1);
  add_receipt(workshop, "pt-a", OutboxState::queued, paper, 1);
  add_receipt(workshop, "pt-b", OutboxState::sent);
  const auto reader = workshop.reader();
  const std::vector<OutboxListRow> rows = reader->outbox({});
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].id == 1);
  CHECK(rows[0].kind == "received");
  CHECK(rows[0].to == "ann@example.org");
  CHECK(rows[0].state == OutboxState::queued);
  CHECK(rows[0].submission == "P-1");
  CHECK(rows[0].created == at(deadline));
  CHECK(rows[1].submission == "");
  ListFilter filter;
  filter.problems = true;
  CHECK(reader->outbox(filter).size() == 1);
  filter = {};
  filter.track = "papers";
  CHECK(reader->outbox(filter).size() == 1);
}

TEST_CASE("readers read while a writer writes, each answer of one moment") {
  Workshop workshop;
  workshop.paper(1);
  const auto one = workshop.reader();
  const auto two = workshop.reader();
  const auto batch = workshop.store->begin();
  batch->add_message(mail(2));
  CHECK(one->counts().total == 1);
  CHECK(two->messages({}).size() == 1);
  batch->commit({.segment = 1, .offset = 100000});
  CHECK(one->counts().total == 2);
  CHECK(two->messages({}).size() == 2);
}
