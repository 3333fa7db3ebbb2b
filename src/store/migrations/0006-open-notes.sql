-- Which notes wait for a person, which submissions have such a title, and which mail came twice.

-- 1: a person has to decide, though the fate is clear: the note ends with the command that settles it.
ALTER TABLE note ADD COLUMN open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1));
CREATE INDEX note_open ON note (message) WHERE open = 1;

-- By which words of its titles a submission is found (core/title.h). Derived.
CREATE TABLE title_key (
  key         INTEGER NOT NULL,         -- a hash: what is found by it is compared
  track       TEXT NOT NULL,
  submission  INTEGER NOT NULL REFERENCES submission (id),
  PRIMARY KEY (key, track, submission)
) STRICT, WITHOUT ROWID;

-- A Message-ID tells nothing for sure; that it came with other bytes before is worth a note.
CREATE INDEX message_by_id ON message (message_id) WHERE message_id <> '';
