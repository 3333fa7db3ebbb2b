// One submission and one message, with all there is to say.
#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

TEST_CASE("ids as people write them") {
  Workshop workshop;
  workshop.paper(1);
  workshop.question(2, "bob@example.org", "Why?");
  const auto reader = workshop.reader();
  for (const char* id : {"P-1", "p-1", "P1", "p1", "P-01"}) {
    CAPTURE(id);
    REQUIRE(reader->submission(id).has_value());
    CHECK(reader->submission(id)->id == "P-1");
    CHECK_FALSE(reader->message(id).has_value());
  }
  CHECK(reader->submission("q-1")->track == "questions");
  for (const char* id : {"M-2", "m2"}) {
    CAPTURE(id);
    CHECK(reader->message(id)->row.id == "M-2");
    CHECK_FALSE(reader->submission(id).has_value());
  }
  for (const char* id : {"", "P", "P-", "-1", "1", "P-0", "P--1", "P-1x", "P-99999999999999999999",
                         "P 1", "P-1-1", "X-1", "P-2", "M-3", "' OR 1=1 --"}) {
    CAPTURE(id);
    CHECK_FALSE(reader->submission(id).has_value());
    CHECK_FALSE(reader->message(id).has_value());
  }
}

TEST_CASE("a question's whole text stands beside what is said in it") {
  Workshop workshop;
  workshop.question(1, "bob@example.org", "Why?", "Why?\n\n> Because.\n");
  workshop.question(2, "bob@example.org", "How?");
  const auto reader = workshop.reader();
  const VersionRow cut = reader->submission("Q-1")->versions.at(0);
  CHECK(cut.text == "Why?");
  CHECK(cut.full_text == "Why?\n\n> Because.\n");
  CHECK(reader->submission("Q-2")->versions.at(0).full_text == "");
  CHECK(reader->questions({}).at(0).text == "Why?");
}

TEST_CASE("a prefix may hold digits and hyphens") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    for (const char* prefix : {"WS2", "A-B"})
      batch.add_submission({.track = prefix,
                            .number = 7,
                            .prefix = prefix,
                            .submitter = "a@example.org",
                            .submitter_name = "",
                            .title = ""});
  });
  CHECK(workshop.reader()->submission("ws2-7")->id == "WS2-7");
  CHECK(workshop.reader()->submission("a-b-7")->id == "A-B-7");
}

TEST_CASE("a submission with its versions, mails, receipts and history") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1, "ann@example.org", Seconds(7200));
  workshop.version(paper, 2, "ann@example.org", Seconds(-90));
  workshop.batch([&](StoreBatch& batch) {
    const std::int64_t again = batch.add_message(mail(3));
    batch.link_message(again, paper);
    OutboxRecord receipt;
    receipt.token = "pt-1";
    receipt.kind = "received";
    receipt.to = "ann@example.org";
    receipt.submission = paper;
    receipt.message = 1;
    receipt.created = at(deadline + 1);
    batch.add_outbox(receipt);
    receipt.token = "pt-2";
    receipt.kind = "late";
    receipt.state = OutboxState::suppressed;
    receipt.reason = "sent by a mailing list";
    receipt.created = at(deadline + 2);
    batch.add_outbox(receipt);
  });
  workshop.apply("papertray", at(deadline + 10), SendingBegun{"pt-1"});
  workshop.apply("papertray", at(deadline + 11),
                 SendingEnded{.token = "pt-1",
                              .state = OutboxState::queued,
                              .reason = "451 later",
                              .next_try = deadline + 300});
  workshop.apply("papertray", at(deadline + 300), SendingBegun{"pt-1"});

  const std::optional<ShownSubmission> shown = workshop.reader()->submission("P-1");
  REQUIRE(shown.has_value());
  CHECK(shown->track == "papers");
  CHECK(shown->title == "Title 1");  // of the version that counts
  CHECK(shown->submitter == "ann@example.org");
  CHECK(shown->submitter_name == "Ann");
  CHECK(shown->state == "submitted");
  REQUIRE(shown->versions.size() == 2);
  CHECK(shown->versions[0].version == 1);
  CHECK(shown->versions[0].message == "M-1");
  CHECK(shown->versions[0].counts);
  CHECK(shown->versions[0].margin_s == 7200);
  CHECK(shown->versions[0].file_name == "paper.pdf");
  CHECK(shown->versions[0].file == "P_v1.pdf");
  CHECK(shown->versions[0].size == 2000);
  CHECK(shown->versions[0].sha256 == sha(1001));
  CHECK(shown->versions[0].text == "please find our paper");
  CHECK_FALSE(shown->versions[1].counts);
  CHECK_FALSE(shown->versions[1].on_time);
  CHECK(shown->messages.size() == 3);
  REQUIRE(shown->outbox.size() == 2);
  CHECK(shown->outbox[1].reason == "sent by a mailing list");

  std::string history;
  Time last{};
  for (const HistoryRow& row : shown->history) {
    CHECK(row.at >= last);
    last = row.at;
    history += row.what + "\n";
  }
  CHECK(history ==
        "M-3 received from ann@example.org: the subject names papers\n"
        "version 1 received as M-1 from ann@example.org, on time, 2 hours before the deadline\n"
        "version 1 recorded\n"
        "receipt 'received' written to ann@example.org\n"
        "version 2 recorded\n"
        "receipt 'late' written to ann@example.org\n"
        "receipt 'late' suppressed: sent by a mailing list\n"
        "receipt 'received', attempt 1: queued: 451 later\n"
        "version 2 received as M-2 from ann@example.org, late by 1 minute 30 seconds\n"
        "receipt 'received', attempt 2: under way\n");
}

TEST_CASE("a message with its places and clocks") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    MessageRecord record = mail(1);
    record.clocks.received = at(10);
    record.clocks.delivery_date = at(11);
    record.clocks.mbox_from = at(12);
    record.clocks.file_time = at(-13);
    record.clocks.date = at(14);
    record.notes = {"clocks differ"};
    batch.add_message(record);
    MessageRecord bare = mail(2);
    bare.clocks = {};
    bare.clocks.fetched = at(20);
    batch.add_message(bare);
    OutboxRecord receipt;
    receipt.token = "pt-1";
    receipt.message = 1;
    batch.add_outbox(receipt);
  });
  workshop.apply(
      "papertray", at(deadline),
      Marked{.account = imap_place(1).account, .folder = "INBOX", .uidvalidity = 3, .uids = {1}});
  const std::optional<ShownMessage> shown = workshop.reader()->message("M-1");
  REQUIRE(shown.has_value());
  CHECK(shown->row.sha256 == sha(1));
  CHECK(shown->row.notes == std::vector<std::string>{"clocks differ"});
  CHECK(shown->from_name == "Ann");
  CHECK(shown->internaldate == at(deadline - 86400 + 1));
  CHECK(shown->received_header == at(10));
  CHECK(shown->delivery_date == at(11));
  CHECK(shown->mbox_from == at(12));
  CHECK(shown->file_time == at(-13));
  CHECK(shown->date == at(14));
  CHECK(shown->fetched == at(deadline + 1));
  CHECK(shown->clock == clock_name(ClockUsed::internaldate));
  CHECK(shown->size == 1000);
  CHECK(shown->log_segment == 1);
  CHECK(shown->log_offset == 4096);
  REQUIRE(shown->places.size() == 1);
  CHECK(shown->places[0].account == imap_place(1).account);
  CHECK(shown->places[0].folder == "INBOX");
  CHECK(shown->places[0].uidvalidity == 3);
  CHECK(shown->places[0].uid == 1);
  CHECK(shown->places[0].marked);
  CHECK(shown->outbox.size() == 1);
  const std::optional<ShownMessage> bare = workshop.reader()->message("M-2");
  CHECK_FALSE(bare->internaldate.has_value());
  CHECK_FALSE(bare->date.has_value());
  CHECK_FALSE(bare->places.at(0).marked);
}
