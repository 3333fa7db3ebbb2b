-- What `status` and `list papers` show of 100,000 is kept as it changes, so that neither looks through it all. Derived.

-- A row for each value that there is, none for those that there are no more.
CREATE TABLE message_tally (
  fate    TEXT PRIMARY KEY,
  number  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO message_tally SELECT fate, count(*) FROM message GROUP BY fate;
CREATE TRIGGER message_tally_new AFTER INSERT ON message BEGIN
  INSERT INTO message_tally VALUES (NEW.fate, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER message_tally_changed AFTER UPDATE OF fate ON message WHEN NEW.fate <> OLD.fate BEGIN
  DELETE FROM message_tally WHERE fate = OLD.fate AND number = 1;
  UPDATE message_tally SET number = number - 1 WHERE fate = OLD.fate;
  INSERT INTO message_tally VALUES (NEW.fate, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
DROP INDEX message_fate;

-- Of those that have a version and that no other took in.
CREATE TABLE submission_tally (
  track    TEXT NOT NULL,
  state    TEXT NOT NULL,
  on_time  INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  PRIMARY KEY (track, state, on_time)
) STRICT, WITHOUT ROWID;
INSERT INTO submission_tally SELECT track, state, on_time, count(*) FROM submission
  WHERE merged_into IS NULL AND on_time IS NOT NULL GROUP BY track, state, on_time;
CREATE TRIGGER submission_tally_changed AFTER UPDATE OF state, on_time, merged_into ON submission
  WHEN (NEW.state, NEW.on_time, NEW.merged_into) IS NOT (OLD.state, OLD.on_time, OLD.merged_into) BEGIN
  DELETE FROM submission_tally WHERE (track, state, on_time) = (OLD.track, OLD.state, OLD.on_time)
    AND OLD.merged_into IS NULL AND number = 1;
  UPDATE submission_tally SET number = number - 1 WHERE (track, state, on_time) = (OLD.track, OLD.state, OLD.on_time)
    AND OLD.merged_into IS NULL;
  INSERT INTO submission_tally SELECT NEW.track, NEW.state, NEW.on_time, 1
    WHERE NEW.merged_into IS NULL AND NEW.on_time IS NOT NULL
    ON CONFLICT DO UPDATE SET number = number + 1;
END;
DROP INDEX submission_counts;

CREATE TABLE outbox_tally (
  state   TEXT PRIMARY KEY,
  number  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_tally SELECT state, count(*) FROM outbox GROUP BY state;
CREATE TRIGGER outbox_tally_new AFTER INSERT ON outbox BEGIN
  INSERT INTO outbox_tally VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER outbox_tally_changed AFTER UPDATE OF state ON outbox WHEN NEW.state <> OLD.state BEGIN
  DELETE FROM outbox_tally WHERE state = OLD.state AND number = 1;
  UPDATE outbox_tally SET number = number - 1 WHERE state = OLD.state;
  INSERT INTO outbox_tally VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;

-- Of the version that counts: a list reads no other table. NULL while none does.
ALTER TABLE submission ADD COLUMN counting_paper INTEGER;        -- 1: a paper, 0: a question
ALTER TABLE submission ADD COLUMN counting_title TEXT;
ALTER TABLE submission ADD COLUMN counting_received_at INTEGER;
ALTER TABLE submission ADD COLUMN counting_margin_s INTEGER;
ALTER TABLE submission ADD COLUMN counting_checked INTEGER;      -- as version.checked
UPDATE submission SET (counting_paper, counting_title, counting_received_at, counting_margin_s, counting_checked) =
  (SELECT paper_file <> '', title, received_at, margin_s, checked FROM version WHERE id = counting);
CREATE TRIGGER submission_counting AFTER UPDATE OF counting ON submission WHEN NEW.counting IS NOT OLD.counting BEGIN
  UPDATE submission SET (counting_paper, counting_title, counting_received_at, counting_margin_s, counting_checked) =
    (SELECT paper_file <> '', title, received_at, margin_s, checked FROM version WHERE id = NEW.counting)
    WHERE id = NEW.id;
END;
CREATE TRIGGER version_shown AFTER UPDATE OF title, margin_s, checked ON version BEGIN
  UPDATE submission SET (counting_title, counting_margin_s, counting_checked) = (NEW.title, NEW.margin_s, NEW.checked)
    WHERE id = NEW.submission AND counting = NEW.id;
END;
-- Whose counting version has findings to look at.
CREATE INDEX submission_findings ON submission (track) WHERE counting_checked % 65536 > 0;
DROP INDEX version_with_findings;

-- A stranger who sends a thousand mails costs the next one no more than the first did: what was not sent to them is not
-- looked through, and neither are their receipts for the one letter that says accepted.
DROP INDEX outbox_mailbox;
CREATE INDEX outbox_mailbox ON outbox (mailbox, created_at) WHERE state NOT IN ('suppressed', 'dropped');
CREATE INDEX outbox_accepted ON outbox (submission) WHERE kind = 'accepted' AND state <> 'dropped';
