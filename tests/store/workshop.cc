#include "store/workshop.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace papertray::test {

std::string sha(int number) {
  std::string digits = std::to_string(number);
  return std::string(64 - digits.size(), 'a') + digits;
}

Place imap_place(std::uint32_t uid, std::uint32_t uidvalidity, const std::string& folder) {
  return {.account = "imaps://desk@mail.example.org",
          .folder = folder,
          .uidvalidity = uidvalidity,
          .uid = uid,
          .name = ""};
}

MessageRecord mail(int number, const std::string& from) {
  MessageRecord record;
  record.sha256 = sha(number);
  record.ref = {.segment = 1, .offset = static_cast<std::uint64_t>(number) * 4096, .size = 1000};
  record.facts.place = imap_place(static_cast<std::uint32_t>(number));
  record.facts.size = 1000;
  record.facts.internaldate = at(deadline - 86400 + number);
  record.facts.fetched = at(deadline + number);
  record.clocks.internaldate = record.facts.internaldate;
  record.clocks.fetched = record.facts.fetched;
  record.received = {.at = *record.facts.internaldate, .clock = ClockUsed::internaldate, .note = ""};
  record.message_id = "mail-" + std::to_string(number) + "@example.org";
  record.from = from;
  record.from_name = "Ann";
  record.subject = "NIPS Workshop Papers";
  record.decision.fate = Fate::recorded;
  record.decision.reason = "the subject names papers";
  record.decision.track = "papers";
  return record;
}

void Workshop::batch(const std::function<void(StoreBatch&)>& work) {
  const std::unique_ptr<StoreBatch> open = store->begin();
  work(*open);
  offset += 512;
  open->commit({.segment = 1, .offset = offset});
  check_tallies(path);
}

// Whatever was done: what triggers keep is what a look through everything finds.
void check_tallies(const std::string& path) {
  const auto same = [&](const std::string& kept, const std::string& counted) {
    CHECK(ask(path, "SELECT group_concat(row, '; ') FROM (" + kept + " ORDER BY 1)") ==
          ask(path, "SELECT group_concat(row, '; ') FROM (" + counted + " ORDER BY 1)"));
  };
  same("SELECT fate || ' ' || number AS row FROM message_tally",
       "SELECT fate || ' ' || count(*) AS row FROM message GROUP BY fate");
  same("SELECT track || ' ' || state || ' ' || on_time || ' ' || number AS row FROM submission_tally",
       "SELECT track || ' ' || state || ' ' || on_time || ' ' || count(*) AS row FROM submission"
       " WHERE merged_into IS NULL AND on_time IS NOT NULL GROUP BY track, state, on_time");
  same("SELECT state || ' ' || number AS row FROM outbox_tally",
       "SELECT state || ' ' || count(*) AS row FROM outbox GROUP BY state");
  same(
      "SELECT id || ' ' || counting_paper || ' ' || counting_title || ' ' || counting_received_at ||"
      " ' ' || counting_margin_s || ' ' || coalesce(counting_checked, '-') AS row FROM submission"
      " WHERE counting IS NOT NULL",
      "SELECT s.id || ' ' || (v.paper_file <> '') || ' ' || v.title || ' ' || v.received_at ||"
      " ' ' || v.margin_s || ' ' || coalesce(v.checked, '-') AS row FROM submission s"
      " JOIN version v ON v.id = s.counting");
  CHECK(ask(path,
            "SELECT count(*) FROM submission WHERE counting IS NULL AND counting_paper IS NOT NULL") ==
        "0");
}

void Workshop::apply(const std::string& actor, Time when, decltype(Event::what) what) {
  batch([&](StoreBatch& open) { open.apply({.at = when, .actor = actor, .what = std::move(what)}); });
}

namespace {

VersionRecord version_of(std::int64_t submission, int version, std::int64_t message, int number,
                         Seconds margin) {
  return {.submission = submission,
          .version = version,
          .message = message,
          .received = at(deadline) - margin,
          .due = at(deadline),
          .on_time = margin >= Seconds(0),
          .margin = margin,
          .file_name = "paper.pdf",
          .size = 2000,
          .sha256 = sha(1000 + number),
          .text = "please find our paper",
          .paper_file = "P_v" + std::to_string(version) + ".pdf",
          .title = "Title " + std::to_string(number)};
}

}  // namespace

std::int64_t Workshop::paper(int number, const std::string& from, Seconds margin) {
  std::int64_t submission = 0;
  batch([&](StoreBatch& open) {
    const std::int64_t message = open.add_message(mail(number, from));
    submission = open.add_submission({.track = "papers",
                                      .number = open.next_number("papers"),
                                      .prefix = "P",
                                      .submitter = from,
                                      .submitter_name = "Ann",
                                      .title = "Title " + std::to_string(number)});
    open.add_version(version_of(submission, 1, message, number, margin));
  });
  return submission;
}

void Workshop::version(std::int64_t submission, int number, const std::string& from, Seconds margin) {
  batch([&](StoreBatch& open) {
    const std::int64_t message = open.add_message(mail(number, from));
    open.add_version(version_of(submission, open.next_version(submission), message, number, margin));
  });
}

std::int64_t Workshop::question(int number, const std::string& from, const std::string& text,
                                const std::string& full_text) {
  std::int64_t submission = 0;
  batch([&](StoreBatch& open) {
    MessageRecord record = mail(number, from);
    record.decision.track = "questions";
    const std::int64_t message = open.add_message(record);
    submission = open.add_submission({.track = "questions",
                                      .number = open.next_number("questions"),
                                      .prefix = "Q",
                                      .submitter = from,
                                      .submitter_name = "Bob",
                                      .title = ""});
    VersionRecord version = version_of(submission, 1, message, number, Seconds(0));
    version.due.reset();
    version.paper_file = "";
    version.text = text;
    version.full_text = full_text;
    version.title = "";
    version.sha256 = record.sha256;
    open.add_version(version);
  });
  return submission;
}

std::string ask(const std::string& path, const std::string& sql) {
  const SQLite::Database db(path, SQLite::OPEN_READONLY, 1000);
  SQLite::Statement statement(db, sql);
  if (!statement.executeStep() || statement.getColumn(0).isNull()) return "NULL";
  return statement.getColumn(0).getString();
}

Error failure_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Failure& failure) {
    return failure.error();
  }
  FAIL("no Failure was thrown");
  return {};
}

}  // namespace papertray::test
