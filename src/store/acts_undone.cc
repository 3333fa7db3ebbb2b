// What was decided is taken back. That nothing later rests on it was judged before (desk/).
#include "core/error.h"
#include "store/batch.h"

namespace papertray {

void SqliteBatch::apply_one(const Event& event, const Undone& undone) {
  Query(db_, "UPDATE desk_order SET undone_at = ?2, undone_by = ?3 WHERE id = ?1 AND undone_at IS NULL",
        undone.order, event.at, event.actor)
      .run();
  if (db_.changes() == 0)
    throw Failure(
        {Scope::store, Again::person, Exit::bad_data,
         "the log takes back a decision that " + db_.path() + " does not have; run papertray rebuild"});
  std::vector<DoneAct> acts;
  Query query(db_,
              "SELECT a.id, a.kind, a.submission, a.message, a.target, a.was, a.was_reason, a.was_track,"
              " a.was_spam_folder, o.at FROM act a JOIN desk_order o ON o.id = a.desk_order"
              " WHERE a.desk_order = ?1 ORDER BY a.id DESC",
              undone.order);
  while (query.next())
    acts.push_back({.id = query.integer(0),
                    .kind = *act_from_name(query.text(1)),
                    .submission = query.integer(2),
                    .message = query.integer(3),
                    .target = query.integer(4),
                    .was = query.text(5),
                    .was_reason = query.text(6),
                    .was_track = query.text(7),
                    .was_spam_folder = query.text(8),
                    .at = query.time(9)});
  for (const DoneAct& act : acts)
    take_back(act, event);
}

void SqliteBatch::take_back(const DoneAct& act, const Event& event) {
  switch (act.kind) {
    case ActKind::accept:
    case ActKind::reject:
    case ActKind::withdraw:
      set_state(act.submission, *state_from_name(act.was));
      break;
    case ActKind::excuse:
      Query(db_,
            "UPDATE version SET excused = NULL, on_time = due_at IS NULL OR received_at <= due_at WHERE "
            "excused = ?1",
            act.id)
          .run();
      break;
    case ActKind::merge:
      unmerge(act.id, act.submission, act.target);
      set_state(act.target, *state_from_name(act.was));
      break;
    case ActKind::panel:
      Query(db_, "UPDATE submission SET panel = ?2 WHERE id = ?1", act.submission,
            act.was.empty() ? std::nullopt : std::optional(std::stoll(act.was)))
          .run();
      break;
    case ActKind::dismiss:
      if (act.was != fate_name(Fate::recorded))
        Query(db_, "UPDATE message SET fate = ?2, reason = ?3 WHERE id = ?1", act.message, act.was,
              act.was_reason)
            .run();
      break;
    case ActKind::hide:
    case ActKind::restore:
      Query(db_, "UPDATE submission SET hidden = ?2 WHERE id = ?1", act.submission, act.was == "1")
          .run();
      break;
    case ActKind::title:
    case ActKind::authors:
      correct(act.kind, act.submission, act.was);
      break;
    case ActKind::notify:
      drop_letter(act, event);
      break;
    case ActKind::route:
      unroute(act, event);
      break;
  }
  Query(db_, "UPDATE note SET open = 1, closed_by = NULL WHERE closed_by = ?1", act.id).run();
}

}  // namespace papertray
