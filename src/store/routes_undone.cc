// A routed mail goes back to where it was. That its author knows nothing was judged before (desk/).
#include "store/batch.h"

namespace papertray {

void SqliteBatch::unroute(const DoneAct& act, const Event& event) {
  Query(db_, "UPDATE message SET fate = ?2, reason = ?3, track = ?4, spam_folder = ?5 WHERE id = ?1",
        act.message, act.was, act.was_reason, act.was_track, act.was_spam_folder)
      .run();
  if (act.target == 0) return;
  std::vector<std::int64_t> rows;
  Query letters(db_,
                "SELECT id FROM outbox WHERE message = ?1 AND submission = ?2 AND created_at = ?3"
                " AND state <> 'dropped' ORDER BY id",
                act.message, act.target, act.at);
  while (letters.next())
    rows.push_back(letters.integer(0));
  for (const std::int64_t row : rows)
    drop_row(row, event);

  Query founded(db_, "SELECT version FROM version WHERE message = ?1 AND submission = ?2", act.message,
                act.target);
  // The same file again is no version: then only the mail was linked.
  const bool brought = founded.next();
  const bool first = brought && founded.integer(0) == 1;
  Query(db_, "UPDATE submission SET counting = NULL, final_copy = NULL WHERE id = ?1", act.target).run();
  Query(db_,
        "DELETE FROM version_text WHERE version IN"
        " (SELECT id FROM version WHERE message = ?1 AND submission = ?2)",
        act.message, act.target)
      .run();
  Query(db_, "DELETE FROM version WHERE message = ?1 AND submission = ?2", act.message, act.target)
      .run();
  Query(db_, "DELETE FROM submission_message WHERE message = ?1 AND submission = ?2", act.message,
        act.target)
      .run();
  // Its number stays taken, and it counts nowhere, like one that another took in.
  if (first) Query(db_, "UPDATE submission SET merged_into = id WHERE id = ?1", act.target).run();
  derive(act.target);
}

}  // namespace papertray
