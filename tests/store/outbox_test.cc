// Rows of the outbox through their states.
#include <algorithm>

#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

OutboxRecord receipt(const std::string& token, OutboxState state = OutboxState::queued) {
  OutboxRecord record;
  record.token = token;
  record.kind = "received";
  record.to = "ann@example.org";
  record.subject = "Re: NIPS Workshop Papers";
  record.message_id = token + "@desk.example.org";
  record.bytes = std::string("Subject: x\r\n\r\n\0binary\xff", 22);
  record.state = state;
  record.created = at(deadline);
  return record;
}

void begin(Workshop& workshop, const std::string& token, std::int64_t when) {
  workshop.apply("papertray", at(when), SendingBegun{token});
}

void end(Workshop& workshop, const std::string& token, std::int64_t when, OutboxState state,
         std::int64_t next = 0) {
  workshop.apply("papertray", at(when),
                 SendingEnded{.token = token, .state = state, .reason = "250 ok", .next_try = next});
}

std::vector<std::string> due(const Workshop& workshop, std::int64_t now, std::size_t limit = 100) {
  std::vector<std::string> tokens;
  for (const OutboxRow& row : workshop.store->due(at(now), limit))
    tokens.push_back(row.token);
  return tokens;
}

using Tokens = std::vector<std::string>;

}  // namespace

TEST_CASE("authenticated senders first, each of both by age") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    for (int number = 0; number < 6; ++number) {
      OutboxRecord record = receipt("pt-" + std::to_string(number));
      record.authenticated = number % 2 == 1;
      batch.add_outbox(record);
    }
  });
  end(workshop, "pt-1", deadline, OutboxState::unknown, deadline + 60);
  CHECK(due(workshop, deadline) == Tokens{"pt-3", "pt-5", "pt-0", "pt-2", "pt-4"});
  CHECK(due(workshop, deadline + 60, 3) == Tokens{"pt-1", "pt-3", "pt-5"});
}

TEST_CASE("what is due, oldest first") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    int number = 0;
    for (const OutboxState state :
         {OutboxState::queued, OutboxState::sending, OutboxState::sent, OutboxState::unknown,
          OutboxState::failed, OutboxState::suppressed, OutboxState::held, OutboxState::dropped,
          OutboxState::queued, OutboxState::queued})
      batch.add_outbox(receipt("pt-" + std::to_string(number++), state));
  });
  CHECK(due(workshop, deadline) == Tokens{"pt-0", "pt-8", "pt-9"});
  CHECK(due(workshop, deadline, 2) == Tokens{"pt-0", "pt-8"});
  const OutboxRow row = workshop.store->due(at(deadline), 1).at(0);
  CHECK(row.id == 1);
  CHECK(row.to == "ann@example.org");
  CHECK(row.bytes == receipt("pt-0").bytes);
  CHECK(row.state == OutboxState::queued);
  CHECK(row.attempts == 0);
  CHECK_FALSE(row.was_unknown);
  CHECK(row.created == at(deadline));
  REQUIRE(workshop.store->interrupted().size() == 1);
  CHECK(workshop.store->interrupted()[0].token == "pt-1");
}

TEST_CASE("sent at the second attempt") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) { batch.add_outbox(receipt("pt-a")); });
  begin(workshop, "pt-a", deadline + 1);
  CHECK(due(workshop, deadline + 1).empty());
  REQUIRE(workshop.store->interrupted().size() == 1);
  CHECK(workshop.store->interrupted()[0].attempts == 1);
  end(workshop, "pt-a", deadline + 2, OutboxState::queued, deadline + 300);
  CHECK(workshop.store->interrupted().empty());
  CHECK(due(workshop, deadline + 299).empty());
  CHECK(due(workshop, deadline + 300) == Tokens{"pt-a"});
  CHECK(workshop.store->due(at(deadline + 300), 1).at(0).attempts == 1);
  begin(workshop, "pt-a", deadline + 300);
  end(workshop, "pt-a", deadline + 301, OutboxState::sent);
  CHECK(due(workshop, deadline + 100000).empty());
  const std::vector<OutboxListRow> rows = workshop.reader()->outbox({});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].state == OutboxState::sent);
  CHECK(rows[0].attempts == 2);
  CHECK_FALSE(rows[0].next_try.has_value());
  CHECK(ask(workshop.path,
            "SELECT group_concat(number || ' ' || (ended_at - begun_at) || ' ' || state, ', ')"
            " FROM outbox_attempt") == "1 1 queued, 2 1 sent");
}

TEST_CASE("an attempt without an answer is remembered through a kill") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) {
    batch.add_outbox(receipt("pt-a"));
    batch.add_outbox(receipt("pt-b"));
  });
  begin(workshop, "pt-a", deadline);
  CHECK_FALSE(workshop.store->interrupted().at(0).was_unknown);
  end(workshop, "pt-a", deadline + 5, OutboxState::unknown, deadline + 1800);
  CHECK(due(workshop, deadline + 1799) == Tokens{"pt-b"});
  CHECK(due(workshop, deadline + 1800) == Tokens{"pt-a", "pt-b"});
  CHECK(due(workshop, deadline + 1800, 1) == Tokens{"pt-a"});
  CHECK(workshop.store->due(at(deadline + 1800), 1).at(0).was_unknown);
  begin(workshop, "pt-a", deadline + 1800);
  CHECK(workshop.store->interrupted().at(0).was_unknown);
  // Without a time a person decides.
  end(workshop, "pt-a", deadline + 1801, OutboxState::unknown);
  CHECK(due(workshop, deadline + 1000000) == Tokens{"pt-b"});
  CHECK(workshop.reader()->counts().unknown == 1);
}

TEST_CASE("an end without a begin has its line in the history too") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) { batch.add_outbox(receipt("pt-a")); });
  end(workshop, "pt-a", deadline, OutboxState::failed);
  begin(workshop, "pt-a", deadline + 9);
  end(workshop, "pt-a", deadline + 10, OutboxState::sent);
  CHECK(ask(workshop.path, "SELECT group_concat(number || ' ' || state, ', ') FROM outbox_attempt") ==
        "1 failed, 2 sent");
  CHECK(workshop.reader()->outbox({}).at(0).attempts == 1);
}

TEST_CASE("a token is sent once, and must be known") {
  Workshop workshop;
  workshop.batch([](StoreBatch& batch) { batch.add_outbox(receipt("pt-a")); });
  const Error twice =
      failure_of([&] { workshop.batch([](StoreBatch& batch) { batch.add_outbox(receipt("pt-a")); }); });
  CHECK(twice.exit == Exit::bad_data);
  CHECK(twice.text.find("outbox.token") != std::string::npos);
  for (const bool begun : {true, false}) {
    const Error unknown = failure_of([&] {
      if (begun) return begin(workshop, "pt-x", deadline);
      end(workshop, "pt-x", deadline, OutboxState::sent);
    });
    CHECK(unknown.exit == Exit::bad_data);
    CHECK(unknown.text.find("pt-x") != std::string::npos);
  }
  CHECK(ask(workshop.path, "SELECT count(*) FROM outbox") == "1");
}

TEST_CASE("a row is found by its token, and fails by the message that brought it back") {
  Workshop workshop;
  const std::int64_t paper = workshop.paper(1);
  workshop.batch([&](StoreBatch& batch) {
    OutboxRecord of_paper = receipt("pt-a");
    of_paper.submission = paper;
    of_paper.message = 1;
    batch.add_outbox(of_paper);
    batch.add_outbox(receipt("pt-b"));
  });
  begin(workshop, "pt-a", deadline);
  end(workshop, "pt-a", deadline + 1, OutboxState::unknown, deadline + 1800);
  workshop.batch([](StoreBatch& batch) {
    CHECK_FALSE(batch.outbox_by_token("pt-x"));
    CHECK_FALSE(batch.outbox_by_token(""));
    const SentReceipt row = batch.outbox_by_token("pt-a").value();
    CHECK(row.to == "ann@example.org");
    CHECK(row.state == OutboxState::unknown);
    CHECK(row.submission == "P-1");
    CHECK(row.message == 1);
    const SentReceipt other = batch.outbox_by_token("pt-b").value();
    CHECK(other.submission == "");
    CHECK(other.message == 0);
    const std::int64_t bounce = batch.add_message(mail(2));
    batch.bounce_outbox(row.id, bounce, "bounced: gone (M-2)");
    CHECK(batch.outbox_by_token("pt-a")->state == OutboxState::failed);
  });
  CHECK(due(workshop, deadline + 1'000'000) == Tokens{"pt-b"});
  CHECK(workshop.reader()->outbox({}).at(0).reason == "bounced: gone (M-2)");
  CHECK(ask(workshop.path, "SELECT bounce FROM outbox WHERE token = 'pt-a'") == "2");
  CHECK(ask(workshop.path, "SELECT count(*) FROM outbox WHERE bounce IS NULL") == "1");
  const ShownSubmission shown = workshop.reader()->submission("P-1").value();
  CHECK(std::any_of(shown.history.begin(), shown.history.end(), [](const HistoryRow& row) {
    return row.what == "receipt 'received' bounced: gone (M-2)" && row.at == mail(2).received.at;
  }));
  // Nobody brought it back: no such message.
  const Error error =
      failure_of([&] { workshop.batch([](StoreBatch& batch) { batch.bounce_outbox(2, 99, "x"); }); });
  CHECK(error.text.find("FOREIGN KEY") != std::string::npos);
}
