-- Final copies: versions of accepted papers, measured by a deadline of their own. due_at, on_time and margin_s
-- of a version go on speaking of the deadline for submissions, so that a merge can make a version one.
ALTER TABLE version ADD COLUMN final INTEGER NOT NULL DEFAULT 0 CHECK (final IN (0, 1));
ALTER TABLE version ADD COLUMN final_due_at INTEGER;   -- the last second for final copies when it was decided
ALTER TABLE moved_version ADD COLUMN was_final INTEGER NOT NULL DEFAULT 0;

-- The final copy that counts: the newest on time or excused, else the newest. What is submitted stays in `counting`.
ALTER TABLE submission ADD COLUMN final_copy INTEGER REFERENCES version (id);
CREATE INDEX submission_final ON submission (track) WHERE final_copy IS NOT NULL;

DROP TRIGGER version_counts_new;
CREATE TRIGGER version_counts_new AFTER INSERT ON version BEGIN
  UPDATE submission SET
      versions = max(versions, NEW.version),
      on_time = CASE WHEN NEW.final THEN on_time ELSE max(coalesce(on_time, 0), NEW.on_time) END,
      counting = CASE WHEN NEW.final = 0 AND (counting IS NULL OR (NEW.on_time, NEW.received_at, NEW.version) >
                           (SELECT on_time, received_at, version FROM version WHERE id = counting))
                      THEN NEW.id ELSE counting END
    WHERE id = NEW.submission;
  UPDATE submission SET final_copy = (SELECT id FROM version WHERE submission = NEW.submission AND final = 1
      ORDER BY excused IS NOT NULL OR final_due_at IS NULL OR received_at <= final_due_at DESC,
               received_at DESC, version DESC LIMIT 1)
    WHERE id = NEW.submission AND NEW.final = 1;
  INSERT INTO submission_message VALUES (NEW.submission, NEW.message) ON CONFLICT DO NOTHING;
  INSERT INTO sender
    SELECT m.from_address, s.track, s.id FROM message m, submission s
    WHERE m.id = NEW.message AND s.id = NEW.submission AND m.from_address <> ''
    ON CONFLICT DO NOTHING;
END;

DROP TRIGGER version_counts_changed;
CREATE TRIGGER version_counts_changed AFTER UPDATE OF on_time ON version BEGIN
  UPDATE submission SET (counting, on_time) = (best.id, best.on_time)
    FROM (SELECT id, on_time FROM version WHERE submission = NEW.submission AND final = 0
          ORDER BY on_time DESC, received_at DESC, version DESC LIMIT 1) AS best
    WHERE submission.id = NEW.submission;
  UPDATE submission SET final_copy = (SELECT id FROM version WHERE submission = NEW.submission AND final = 1
      ORDER BY excused IS NOT NULL OR final_due_at IS NULL OR received_at <= final_due_at DESC,
               received_at DESC, version DESC LIMIT 1)
    WHERE id = NEW.submission AND NEW.final = 1;
END;

-- What a routed message was before, beside `was` and `was_reason`.
ALTER TABLE act ADD COLUMN was_track TEXT NOT NULL DEFAULT '';
ALTER TABLE act ADD COLUMN was_spam_folder TEXT NOT NULL DEFAULT '';
