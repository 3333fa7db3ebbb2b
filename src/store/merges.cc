// One submission's versions become another's, and come back.
#include "store/batch.h"

namespace papertray {

void SqliteBatch::merge(std::int64_t act, std::int64_t from, std::int64_t into) {
  // Numbers that were told to authors stay theirs; the new ones follow in the order they were received.
  Query moved(db_,
              "SELECT id, version, merged_from, final FROM version WHERE submission = ?1"
              " ORDER BY received_at, version",
              from);
  std::vector<std::int64_t> versions;
  while (moved.next()) {
    versions.push_back(moved.integer(0));
    Query(db_,
          "INSERT INTO moved_version (act, version, was_number, was_from, was_final) VALUES (?1, ?2, "
          "?3, ?4, ?5)",
          act, moved.integer(0), moved.integer(1), moved.maybe_integer(2), moved.integer(3))
        .run();
  }
  int number = next_version(into);
  for (const std::int64_t version : versions)
    Query(db_,
          "UPDATE version SET submission = ?2, version = ?3, merged_from = coalesce(merged_from, ?4)"
          " WHERE id = ?1",
          version, into, number++, from)
        .run();
  // What came after the time for submissions and belongs to an accepted paper is its final copy.
  for (const std::int64_t version : versions)
    Query(db_,
          "UPDATE version SET final = 1 WHERE id = ?1 AND (due_at IS NULL OR received_at > due_at)"
          " AND EXISTS (SELECT 1 FROM submission s WHERE s.id = ?2 AND s.state = 'accepted')",
          version, into)
        .run();
  Query(db_,
        "INSERT INTO moved_message (act, message, both) SELECT ?1, b.message, EXISTS (SELECT 1 FROM"
        " submission_message o WHERE o.submission = ?3 AND o.message = b.message)"
        " FROM submission_message b WHERE b.submission = ?2",
        act, from, into)
      .run();
  Query(db_, "DELETE FROM submission_message WHERE submission = ?1", from).run();
  Query(db_,
        "INSERT INTO submission_message SELECT ?2, message FROM moved_message WHERE act = ?1"
        " ON CONFLICT DO NOTHING",
        act, into)
      .run();
  // What it had taken in goes along: one step leads from any of them to where the versions are.
  Query(db_, "UPDATE submission SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1", from, into)
      .run();
  derive(from);
  derive(into);
}

void SqliteBatch::unmerge(std::int64_t act, std::int64_t from, std::int64_t into) {
  Query(db_,
        "UPDATE version SET submission = ?2, version = a.was_number, merged_from = a.was_from,"
        " final = a.was_final"
        " FROM moved_version a WHERE a.act = ?1 AND a.version = version.id",
        act, from)
      .run();
  Query(db_,
        "DELETE FROM submission_message WHERE submission = ?2 AND message IN"
        " (SELECT message FROM moved_message WHERE act = ?1 AND both = 0)",
        act, into)
      .run();
  Query(db_, "UPDATE submission SET merged_into = NULL WHERE id = ?1", from).run();
  Query(db_,
        "UPDATE submission SET merged_into = ?1 WHERE merged_into = ?2 AND id IN (SELECT a.submission"
        " FROM act a JOIN desk_order o ON o.id = a.desk_order"
        " WHERE a.kind = 'merge' AND a.target = ?1 AND o.undone_at IS NULL)",
        from, into)
      .run();
  Query(db_, "INSERT INTO submission_message SELECT ?2, message FROM moved_message WHERE act = ?1", act,
        from)
      .run();
  derive(from);
  derive(into);
}

// What follows of a submission's versions and mails: which version counts, and what finds it. A merged
// one has neither; our mails about it find the one that took it in.
void SqliteBatch::derive(std::int64_t submission) {
  Query(db_,
        "UPDATE submission SET (versions, counting, on_time, final_copy) ="
        " (SELECT coalesce(max(v.version), 0),"
        " (SELECT id FROM version WHERE submission = ?1 AND final = 0"
        "  ORDER BY on_time DESC, received_at DESC, version DESC LIMIT 1),"
        " max(v.on_time) FILTER (WHERE v.final = 0),"
        " (SELECT id FROM version WHERE submission = ?1 AND final = 1"
        "  ORDER BY excused IS NOT NULL OR final_due_at IS NULL OR received_at <= final_due_at DESC,"
        "  received_at DESC, version DESC LIMIT 1)"
        " FROM version v WHERE v.submission = ?1) WHERE id = ?1",
        submission)
      .run();
  for (const char* sql :
       {"DELETE FROM sender WHERE submission = ?1", "DELETE FROM thread WHERE submission = ?1",
        "DELETE FROM title_key WHERE submission = ?1"})
    Query(db_, sql, submission).run();
  Query(db_,
        "INSERT INTO sender SELECT m.from_address, s.track, s.id FROM version v"
        " JOIN message m ON m.id = v.message JOIN submission s ON s.id = v.submission"
        " WHERE s.id = ?1 AND m.from_address <> '' ON CONFLICT DO NOTHING",
        submission)
      .run();
  Query(db_,
        "INSERT INTO thread SELECT m.message_id, s.track, s.id FROM submission_message b"
        " JOIN message m ON m.id = b.message JOIN submission s ON s.id = b.submission"
        " WHERE s.id = ?1 AND m.message_id <> '' ON CONFLICT DO NOTHING",
        submission)
      .run();
  Query(db_,
        "INSERT INTO thread SELECT o.message_id, s.track, s.id FROM submission s JOIN outbox o"
        " ON o.submission IN (SELECT id FROM submission WHERE id = ?1 OR merged_into = ?1)"
        " WHERE s.id = ?1 AND s.merged_into IS NULL AND o.message_id <> '' ON CONFLICT DO NOTHING",
        submission)
      .run();
  retitle(submission);
  Query titles(db_,
               "SELECT title FROM version WHERE submission = ?1"
               " UNION SELECT mail_title FROM version WHERE submission = ?1",
               submission);
  while (titles.next())
    add_title_keys(submission, titles.text(0));
}

}  // namespace papertray
