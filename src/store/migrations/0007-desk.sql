-- What people decide: by whom and when, and what it was before, so that it can be taken back.

-- One command; its acts are done together and undone together.
CREATE TABLE desk_order (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  actor      TEXT NOT NULL,
  command    TEXT NOT NULL,
  undone_at  INTEGER,                   -- NULL: it stands
  undone_by  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX desk_order_actor ON desk_order (actor) WHERE undone_at IS NULL;

CREATE TABLE act (
  id          INTEGER PRIMARY KEY,
  desk_order  INTEGER NOT NULL REFERENCES desk_order (id),
  kind        TEXT NOT NULL,
  submission  INTEGER REFERENCES submission (id),   -- what it is about: this
  message     INTEGER REFERENCES message (id),      -- or this
  target      INTEGER REFERENCES submission (id),   -- merge, route: the one that gets the versions
  panel       INTEGER NOT NULL,
  note        TEXT NOT NULL,
  was         TEXT NOT NULL,            -- state, panel or fate before; of merge, the target's state
  was_reason  TEXT NOT NULL             -- of a dismissed message
) STRICT;
CREATE INDEX act_order ON act (desk_order);
CREATE INDEX act_submission ON act (submission) WHERE submission IS NOT NULL;
CREATE INDEX act_message ON act (message) WHERE message IS NOT NULL;
CREATE INDEX act_target ON act (target) WHERE target IS NOT NULL;

-- What a merge moved, and from where.
CREATE TABLE moved_version (
  act         INTEGER NOT NULL REFERENCES act (id),
  version     INTEGER NOT NULL REFERENCES version (id),
  was_number  INTEGER NOT NULL,
  was_from    INTEGER REFERENCES submission (id),   -- version.merged_from
  PRIMARY KEY (act, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE moved_message (
  act         INTEGER NOT NULL REFERENCES act (id),
  message     INTEGER NOT NULL REFERENCES message (id),
  both        INTEGER NOT NULL CHECK (both IN (0, 1)),  -- the target had it, too
  PRIMARY KEY (act, message)
) STRICT, WITHOUT ROWID;

-- Another submission took it in: it has no versions of its own any more, and counts nowhere.
ALTER TABLE submission ADD COLUMN merged_into INTEGER REFERENCES submission (id);
CREATE INDEX submission_merged ON submission (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE submission ADD COLUMN panel INTEGER;
DROP INDEX submission_counts;
CREATE INDEX submission_counts ON submission (track, state, on_time) WHERE merged_into IS NULL;

-- The submission whose mail it was, when a merge brought it.
ALTER TABLE version ADD COLUMN merged_from INTEGER REFERENCES submission (id);
-- The act by which it counts as on time though it is late; margin_s still says how late.
ALTER TABLE version ADD COLUMN excused INTEGER REFERENCES act (id);

-- The act that settled it.
ALTER TABLE note ADD COLUMN closed_by INTEGER REFERENCES act (id);
CREATE INDEX note_closed ON note (closed_by) WHERE closed_by IS NOT NULL;
