-- What was found in papers.

-- The styles that rules name, as they were loaded with them.
CREATE TABLE rules_style (
  rules  INTEGER NOT NULL REFERENCES rules (id),
  name   TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (rules, name)
) STRICT, WITHOUT ROWID;

-- The last look at a PDF, by its bytes and by the track whose style it was compared with: versions that hold
-- the same file share it.
CREATE TABLE paper_check (
  id             INTEGER PRIMARY KEY,
  sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
  track          TEXT NOT NULL,
  style          TEXT NOT NULL,
  style_version  TEXT NOT NULL,         -- another one judges otherwise
  checked_at     INTEGER NOT NULL,
  opens          INTEGER NOT NULL CHECK (opens IN (0, 1)),
  pages          INTEGER NOT NULL,      -- 0: could not be counted
  counted_pages  INTEGER NOT NULL,      -- up to the heading where counting stopped
  stopped_at     TEXT NOT NULL,         -- that heading
  title          TEXT NOT NULL,         -- the largest text of page 1
  authors        TEXT NOT NULL,         -- the lines below it
  width_hpt      INTEGER NOT NULL,      -- of page 1, hundredths of a point; 0: not known
  height_hpt     INTEGER NOT NULL,
  sketch         TEXT NOT NULL,         -- of its text: core/text_sketch.h
  UNIQUE (sha256, track)
) STRICT;

CREATE TABLE finding (
  paper_check     INTEGER NOT NULL REFERENCES paper_check (id),
  number          INTEGER NOT NULL,     -- in the order of the checks
  name            TEXT NOT NULL,        -- of the check
  severity        TEXT NOT NULL CHECK (severity IN ('error', 'warn', 'note')),
  measured        TEXT NOT NULL,
  expected        TEXT NOT NULL,
  page            INTEGER NOT NULL,     -- 0: the whole paper
  text            TEXT NOT NULL,        -- one sentence
  for_organizers  INTEGER NOT NULL CHECK (for_organizers IN (0, 1)),
  PRIMARY KEY (paper_check, number)
) STRICT, WITHOUT ROWID;

-- Looks that took longer than a receipt waits.
CREATE TABLE late_check (
  id      INTEGER PRIMARY KEY,
  sha256  TEXT NOT NULL,
  track   TEXT NOT NULL,
  late_at INTEGER NOT NULL
) STRICT;
CREATE INDEX late_check_sha256 ON late_check (sha256, track);

-- Of its check, derived, one number for lists of 100,000: pages * 65536 + findings to look at (errors, warnings,
-- and whatever concerns organizers). NULL until there is one.
ALTER TABLE version ADD COLUMN checked INTEGER;
CREATE INDEX version_unchecked ON version (id) WHERE checked IS NULL AND paper_file <> '';
CREATE INDEX version_with_findings ON version (id) WHERE checked % 65536 > 0;

-- What the mail says; from now on version.title is the PDF's own where it has one.
ALTER TABLE version ADD COLUMN mail_title TEXT NOT NULL DEFAULT '';
UPDATE version SET mail_title = title;

-- [check] mode: whether receipts wait for the look at their paper.
ALTER TABLE rules ADD COLUMN checks INTEGER NOT NULL DEFAULT 0 CHECK (checks IN (0, 1));

-- Rows of the outbox that wait for it. They are not due before; what was found is then written into them.
CREATE TABLE receipt_draft (
  outbox  INTEGER PRIMARY KEY REFERENCES outbox (id),
  sha256  TEXT NOT NULL,                -- of the PDF
  track   TEXT NOT NULL,
  draft   TEXT NOT NULL                 -- what the receipt is written from, JSON
) STRICT;
CREATE INDEX receipt_draft_sha256 ON receipt_draft (sha256, track);
