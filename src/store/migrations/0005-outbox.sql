-- Rows that a person paused, a pause of the whole outbox, and limits.

-- The table anew: its states are a constraint, which cannot be changed in place.
CREATE TABLE outbox_anew (
  id           INTEGER PRIMARY KEY,
  token        TEXT NOT NULL UNIQUE,
  kind         TEXT NOT NULL,           -- the template: received, late, problem, ...
  recipient    TEXT NOT NULL,           -- bare address
  mailbox      TEXT NOT NULL,           -- mailbox_key of it: one for all spellings
  subject      TEXT NOT NULL,
  message_id   TEXT NOT NULL,           -- ours, without < >
  state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'failed',
                                              'suppressed', 'held', 'paused', 'dropped')),
  reason       TEXT NOT NULL,
  submission   INTEGER REFERENCES submission (id),
  message      INTEGER REFERENCES message (id),   -- the one it answers
  created_at   INTEGER NOT NULL,
  authenticated INTEGER NOT NULL DEFAULT 0 CHECK (authenticated IN (0, 1)),  -- whom it answers
  attempts     INTEGER NOT NULL DEFAULT 0,        -- begun since it was queued, by us or by a person
  -- 1 once an attempt ended without an answer: the same bytes go out once more, and no third time.
  was_unknown  INTEGER NOT NULL DEFAULT 0 CHECK (was_unknown IN (0, 1)),
  next_try_at  INTEGER,                 -- NULL while queued: at once; while unknown: a person decides
  bounce       INTEGER REFERENCES message (id),   -- the message that said so; the row is then failed
  bytes        BLOB NOT NULL            -- the whole mail, the same for every attempt; last, since it is long
) STRICT;
INSERT INTO outbox_anew (id, token, kind, recipient, mailbox, subject, message_id, state, reason, submission, message,
                         created_at, attempts, was_unknown, next_try_at, bounce, bytes)
  SELECT id, token, kind, recipient, lower(recipient), subject, message_id, state, reason, submission, message,
         created_at, attempts, was_unknown, next_try_at, bounce, bytes FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_state ON outbox (state, authenticated DESC);   -- what is due in its order
CREATE INDEX outbox_submission ON outbox (submission) WHERE submission IS NOT NULL;
CREATE INDEX outbox_message ON outbox (message) WHERE message IS NOT NULL;
CREATE INDEX outbox_mailbox ON outbox (mailbox, created_at);
CREATE TRIGGER outbox_threads AFTER INSERT ON outbox WHEN NEW.submission IS NOT NULL BEGIN
  INSERT INTO submission_message
    SELECT NEW.submission, NEW.message WHERE NEW.message IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO thread
    SELECT NEW.message_id, track, id FROM submission WHERE id = NEW.submission AND NEW.message_id <> ''
    ON CONFLICT DO NOTHING;
END;

CREATE INDEX outbox_attempt_begun ON outbox_attempt (begun_at);

-- At most one row: nothing is sent while it is there, or until its time has come.
CREATE TABLE outbox_pause (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  since_at  INTEGER NOT NULL,
  until_at  INTEGER,                    -- NULL: until a person resumes
  actor     TEXT NOT NULL,
  reason    TEXT NOT NULL
) STRICT;

-- What of the configuration decides about receipts.
ALTER TABLE rules ADD COLUMN per_address INTEGER NOT NULL DEFAULT 6;
ALTER TABLE rules ADD COLUMN authserv TEXT NOT NULL DEFAULT '';   -- whose Authentication-Results are believed
