-- papertray's database: an index of the log (log/*.tar), which is the truth. Everything here is a function
-- of what the log holds, in its order: no clock, no chance, and no row is ever deleted, so that ids are
-- given in order and never twice. `papertray rebuild` makes the same tables again.
--
-- Times are whole seconds since 1970 in UTC (columns *_at; spans end in _s). Truth values are 0 and 1.
-- Text is UTF-8 and mostly a stranger's: it is shown and compared, never believed. Texts that are absent
-- are '', numbers and references that are absent are NULL.
--
-- This file is migration 1. What comes later is migrations/NNNN-name.sql, and PRAGMA user_version
-- says how far a database has come.

PRAGMA application_id = 1347703385;   -- "PTRY": file(1) and we ourselves tell it from other databases

-- How far the log has been applied: everything before is in the tables below. Changes in the same
-- transaction as they do.
CREATE TABLE log_position (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  segment  INTEGER NOT NULL CHECK (segment >= 1),    -- log/000001.tar
  offset   INTEGER NOT NULL CHECK (offset >= 0)      -- bytes into it
) STRICT;
INSERT INTO log_position VALUES (1, 1, 0);

-- Rules as they were loaded, in order; the last ones are in force.
CREATE TABLE rules (
  id         INTEGER PRIMARY KEY,
  loaded_at  INTEGER NOT NULL,
  actor      TEXT NOT NULL,
  path       TEXT NOT NULL,             -- for people
  from_field TEXT NOT NULL,             -- the receipts' From
  toml       TEXT NOT NULL              -- the file, byte for byte
) STRICT;

CREATE TABLE rules_template (
  rules  INTEGER NOT NULL REFERENCES rules (id),
  name   TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (rules, name)
) STRICT, WITHOUT ROWID;

----------------------------------------------------------------------------------------------- mail

-- A message M-12 is its bytes, wherever and however often they were seen.
CREATE TABLE message (
  id              INTEGER PRIMARY KEY,  -- the number in M-12
  sha256          TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  log_segment     INTEGER NOT NULL,     -- where its bytes lie
  log_offset      INTEGER NOT NULL,
  size            INTEGER NOT NULL,
  received_at     INTEGER NOT NULL,     -- by the clock that counts
  clock           TEXT NOT NULL,        -- which of the following that is
  internaldate_at INTEGER,              -- the mailbox server's
  received_header_at INTEGER,           -- topmost Received header
  delivery_date_at INTEGER,
  mbox_from_at    INTEGER,
  file_time_at    INTEGER,
  date_at         INTEGER,              -- Date: the sender's word, never counts
  fetched_at      INTEGER NOT NULL,
  message_id      TEXT NOT NULL,        -- without < >
  from_address    TEXT NOT NULL,
  from_name       TEXT NOT NULL,
  subject         TEXT NOT NULL,
  -- A mail that vanished was never read, so it has no row here: see place.
  fate            TEXT NOT NULL CHECK (fate IN ('recorded', 'triage', 'ignored', 'quarantined')),
  reason          TEXT NOT NULL,
  track           TEXT NOT NULL
) STRICT;
CREATE INDEX message_fate ON message (fate);   -- status counts 100,000 in 4 ms

-- What a person should look at though the fate is clear.
CREATE TABLE note (
  id       INTEGER PRIMARY KEY,
  message  INTEGER NOT NULL REFERENCES message (id),
  text     TEXT NOT NULL,
  UNIQUE (message, text)
) STRICT;

-- Account, folder and UIDVALIDITY once, not in each of 100,000 places.
CREATE TABLE folder (
  id           INTEGER PRIMARY KEY,
  account      TEXT NOT NULL,
  name         TEXT NOT NULL,           -- '' for files
  uidvalidity  INTEGER NOT NULL,        -- 0 for files
  UNIQUE (account, name, uidvalidity)
) STRICT;

-- Where a mail was seen. A place holds a message, or it has a fate of its own because the mail's bytes
-- never reached us. Hence the sum that must hold at any time:
--   mails = rows of message + rows of place without a message, and their fates add up to it.
CREATE TABLE place (
  id            INTEGER PRIMARY KEY,
  folder        INTEGER NOT NULL REFERENCES folder (id),
  uid           INTEGER NOT NULL CHECK (uid BETWEEN 0 AND 4294967295),  -- 0 for files
  name          TEXT NOT NULL,          -- '' for IMAP; tells files apart
  message       INTEGER REFERENCES message (id),
  seen_at       INTEGER NOT NULL,
  internaldate_at INTEGER,              -- of this copy
  gmail_id      INTEGER,                -- X-GM-MSGID, an unsigned number of 64 bits kept as a signed one
  marked_at     INTEGER,                -- when the server came to show it as done
  fate          TEXT CHECK (fate IN ('vanished', 'quarantined')),  -- expunged before we read it; not handed over
  reason        TEXT,
  CHECK ((message IS NULL) = (fate IS NOT NULL)),
  CHECK ((fate IS NULL) = (reason IS NULL)),
  UNIQUE (folder, uid, name)            -- also answers last_uid and seen
) STRICT;
CREATE INDEX place_message ON place (message);
CREATE INDEX place_fate ON place (fate) WHERE fate IS NOT NULL;
CREATE INDEX place_unmarked ON place (folder, uid) WHERE marked_at IS NULL AND message IS NOT NULL AND uid > 0;

---------------------------------------------------------------------------------------- submissions

-- P-7 or Q-3.
CREATE TABLE submission (
  id              INTEGER PRIMARY KEY,
  track           TEXT NOT NULL,
  number          INTEGER NOT NULL CHECK (number >= 1),
  prefix          TEXT NOT NULL COLLATE NOCASE,
  submitter       TEXT NOT NULL,        -- bare address
  submitter_name  TEXT NOT NULL,
  title           TEXT NOT NULL,        -- the first version's
  state           TEXT NOT NULL DEFAULT 'submitted'
                  CHECK (state IN ('submitted', 'accepted', 'rejected', 'withdrawn')),
  -- Kept by the triggers below, so that counts and lists need not look through the versions.
  versions        INTEGER NOT NULL DEFAULT 0,
  counting        INTEGER REFERENCES version (id),
  on_time         INTEGER,              -- whether the counting one is
  UNIQUE (track, number)
) STRICT;
CREATE INDEX submission_label ON submission (prefix, number);
CREATE INDEX submission_counts ON submission (track, state, on_time);

CREATE TABLE version (
  id           INTEGER PRIMARY KEY,
  submission   INTEGER NOT NULL REFERENCES submission (id),
  version      INTEGER NOT NULL CHECK (version >= 1),
  message      INTEGER NOT NULL REFERENCES message (id),
  received_at  INTEGER NOT NULL,
  due_at       INTEGER,                 -- the deadline's last second when this was decided
  on_time      INTEGER NOT NULL CHECK (on_time IN (0, 1)),
  margin_s     INTEGER NOT NULL,        -- due - received; negative is late
  file_name    TEXT NOT NULL,           -- as the sender named it: shown, never used
  size         INTEGER NOT NULL,
  sha256       TEXT NOT NULL CHECK (length(sha256) = 64),  -- of the PDF; for a question, of its mail
  paper_file   TEXT NOT NULL,           -- in papers/; '' for a question
  title        TEXT NOT NULL,
  UNIQUE (submission, version)
) STRICT;
CREATE INDEX version_message ON version (message);
CREATE INDEX version_sha256 ON version (sha256, submission);

-- Apart from its version, so that lists do not read through everybody's letters.
CREATE TABLE version_text (
  version  INTEGER PRIMARY KEY REFERENCES version (id),
  text     TEXT NOT NULL                -- the question; with a paper, what the mail said
) STRICT;

-- Every message that has to do with a submission: its versions, the same file again, mail that was answered
-- on its behalf.
CREATE TABLE submission_message (
  submission  INTEGER NOT NULL REFERENCES submission (id),
  message     INTEGER NOT NULL REFERENCES message (id),
  PRIMARY KEY (submission, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_of_message ON submission_message (message, submission);

-- Two indices that tell to which submissions a new mail may belong: by who sent a version, and by the
-- Message-IDs of its mails and our receipts. Derived. The track stands within the key so that the newest of a
-- track are found at once however much one sender has sent.
CREATE TABLE sender (
  address     TEXT NOT NULL COLLATE NOCASE,
  track       TEXT NOT NULL,
  submission  INTEGER NOT NULL REFERENCES submission (id),
  PRIMARY KEY (address, track, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX sender_of_submission ON sender (submission);

CREATE TABLE thread (
  message_id  TEXT NOT NULL,            -- without < >
  track       TEXT NOT NULL,
  submission  INTEGER NOT NULL REFERENCES submission (id),
  PRIMARY KEY (message_id, track, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_of_submission ON thread (submission);

-- The version that counts: the newest on time, else the newest. Newest is by when it was received, since a mail
-- may be found late (in Spam, in an old mbox); among equals the one recorded last. The counting one is on time
-- as soon as any is.
CREATE TRIGGER version_counts_new AFTER INSERT ON version BEGIN
  UPDATE submission SET
      versions = max(versions, NEW.version),
      on_time = max(coalesce(on_time, 0), NEW.on_time),
      counting = CASE WHEN counting IS NULL OR (NEW.on_time, NEW.received_at, NEW.version) >
                           (SELECT on_time, received_at, version FROM version WHERE id = counting)
                      THEN NEW.id ELSE counting END
    WHERE id = NEW.submission;
  INSERT INTO submission_message VALUES (NEW.submission, NEW.message) ON CONFLICT DO NOTHING;
  INSERT INTO sender
    SELECT m.from_address, s.track, s.id FROM message m, submission s
    WHERE m.id = NEW.message AND s.id = NEW.submission AND m.from_address <> ''
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER version_counts_changed AFTER UPDATE OF on_time ON version BEGIN
  UPDATE submission SET (counting, on_time) = (best.id, best.on_time)
    FROM (SELECT id, on_time FROM version WHERE submission = NEW.submission
          ORDER BY on_time DESC, received_at DESC, version DESC LIMIT 1) AS best
    WHERE submission.id = NEW.submission;
END;
CREATE TRIGGER message_threads AFTER INSERT ON submission_message BEGIN
  INSERT INTO thread
    SELECT m.message_id, s.track, s.id FROM message m, submission s
    WHERE m.id = NEW.message AND s.id = NEW.submission AND m.message_id <> ''
    ON CONFLICT DO NOTHING;
END;

CREATE VIEW counting_version AS
  SELECT v.* FROM submission s JOIN version v ON v.id = s.counting;

--------------------------------------------------------------------------------------------- outbox

-- What is to be sent, and what became of it.
CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY,
  token        TEXT NOT NULL UNIQUE,
  kind         TEXT NOT NULL,           -- the template: received, late, problem, ...
  recipient    TEXT NOT NULL,           -- bare address
  subject      TEXT NOT NULL,
  message_id   TEXT NOT NULL,           -- ours, without < >
  state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'failed',
                                              'suppressed', 'held', 'dropped')),
  reason       TEXT NOT NULL,
  submission   INTEGER REFERENCES submission (id),
  message      INTEGER REFERENCES message (id),   -- the one it answers
  created_at   INTEGER NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,        -- begun so far
  -- 1 once an attempt ended without an answer: the same bytes go out once more, and no third time.
  was_unknown  INTEGER NOT NULL DEFAULT 0 CHECK (was_unknown IN (0, 1)),
  next_try_at  INTEGER,                 -- NULL while queued: at once; while unknown: a person decides
  bytes        BLOB NOT NULL            -- the whole mail, the same for every attempt; last, since it is long
) STRICT;
CREATE INDEX outbox_state ON outbox (state);   -- within a state by id: what is due comes oldest first
CREATE INDEX outbox_submission ON outbox (submission) WHERE submission IS NOT NULL;
CREATE INDEX outbox_message ON outbox (message) WHERE message IS NOT NULL;

-- Every attempt, begun before the first byte of it leaves us.
CREATE TABLE outbox_attempt (
  outbox       INTEGER NOT NULL REFERENCES outbox (id),
  number       INTEGER NOT NULL CHECK (number >= 1),
  begun_at     INTEGER NOT NULL,
  ended_at     INTEGER,                 -- NULL: under way, or cut off by a kill
  state        TEXT,                    -- of the row after it
  reason       TEXT,
  next_try_at  INTEGER,
  PRIMARY KEY (outbox, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER outbox_threads AFTER INSERT ON outbox WHEN NEW.submission IS NOT NULL BEGIN
  INSERT INTO submission_message
    SELECT NEW.submission, NEW.message WHERE NEW.message IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO thread
    SELECT NEW.message_id, track, id FROM submission WHERE id = NEW.submission AND NEW.message_id <> ''
    ON CONFLICT DO NOTHING;
END;
