// Two databases, table by table; and that the same operations make the same tables.
#include "store/compare.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/workshop.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// Some of everything, in batches of `group` mails.
void fill(Workshop& workshop, int group) {
  workshop.apply("ann", at(1),
                 RulesLoaded{.path = "r", .from = "f", .toml = "t", .templates = {{"late", "l"}}});
  const int mails = 24;
  for (int first = 1; first <= mails; first += group) {
    const auto batch = workshop.store->begin();
    for (int number = first; number < first + group; ++number) {
      const std::string from = "author" + std::to_string(number % 5) + "@example.org";
      const std::int64_t message = batch->add_message(mail(number, from));
      const std::int64_t submission = batch->add_submission({.track = "papers",
                                                             .number = batch->next_number("papers"),
                                                             .prefix = "P",
                                                             .submitter = from,
                                                             .submitter_name = "",
                                                             .title = "t"});
      batch->add_version({.submission = submission,
                          .version = batch->next_version(submission),
                          .message = message,
                          .received = at(number),
                          .due = at(deadline),
                          .on_time = number % 2 == 0,
                          .margin = Seconds(number),
                          .file_name = "f",
                          .size = 1,
                          .sha256 = sha(number),
                          .text = "text",
                          .paper_file = "p",
                          .title = "t"});
      OutboxRecord receipt;
      receipt.token = "pt-" + std::to_string(number);
      receipt.message_id = receipt.token;
      receipt.submission = submission;
      receipt.message = message;
      receipt.bytes = "mail";
      batch->add_outbox(receipt);
      batch->apply({.at = at(number), .actor = "", .what = SendingBegun{receipt.token}});
      batch->apply({.at = at(number),
                    .actor = "",
                    .what = Vanished{imap_place(1000U + static_cast<std::uint32_t>(number))}});
    }
    batch->commit({.segment = 1, .offset = static_cast<std::uint64_t>(first + group) * 512});
  }
  workshop.store.reset();
}

void change(const std::string& path, const char* sql) {
  SQLite::Database(path, SQLite::OPEN_READWRITE, 1000).exec(sql);
}

}  // namespace

TEST_CASE("the same operations make the same tables, in whatever batches") {
  Workshop one;
  Workshop two;
  Workshop three;
  fill(one, 4);
  fill(two, 4);
  CHECK(dump_tables(one.path) == dump_tables(two.path));
  CHECK(first_difference(one.path, two.path) == "");
  fill(three, 12);
  change(three.path, "UPDATE log_position SET offset = 12800");  // the last commit covered more entries
  change(one.path, "UPDATE log_position SET offset = 12800");
  CHECK(first_difference(one.path, three.path) == "");
  CHECK(dump_tables(one.path).find("author1@example.org") != std::string::npos);
}

TEST_CASE("every difference is found and named") {
  struct Row {
    const char* sql;
    const char* sentence;
  };
  const Row rows[] = {
      {"UPDATE message SET subject = 'other' WHERE id = 3",
       "table message, row id 3: subject is 'NIPS Workshop Papers' in LEFT, 'other' in RIGHT"},
      {"DELETE FROM outbox_attempt WHERE outbox = 24",
       "table outbox_attempt has the row number 1, outbox 24 only in LEFT"},
      {"INSERT INTO note VALUES (1, 2, 'x', 0, NULL)", "table note has the row id 1 only in RIGHT"},
      {"UPDATE outbox SET next_try_at = 0 WHERE id = 1",
       "table outbox, row id 1: next_try_at is NULL in LEFT, 0 in RIGHT"},
      {"UPDATE outbox SET bytes = x'00' WHERE id = 1",
       "table outbox, row id 1: bytes is X'6D61696C' in LEFT, X'00' in RIGHT"},
      {"ALTER TABLE note ADD COLUMN extra INTEGER",
       "table note has other columns in RIGHT than in LEFT"},
      {"CREATE TABLE extra (x INTEGER) STRICT", "RIGHT has other tables than LEFT"},
      {"UPDATE log_position SET offset = offset + 1",
       "table log_position, row one 1: offset is 12800 in LEFT, 12801 in RIGHT"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sql);
    Workshop left;
    Workshop right;
    fill(left, 12);
    fill(right, 12);
    change(right.path, row.sql);
    std::string sentence = row.sentence;
    for (const auto& [name, path] : {std::pair("LEFT", left.path), std::pair("RIGHT", right.path)})
      if (const auto at_name = sentence.find(name); at_name != std::string::npos)
        sentence.replace(at_name, std::string(name).size(), path);
    CHECK(first_difference(left.path, right.path) == sentence);
    CHECK(dump_tables(left.path) != dump_tables(right.path));
  }
}
