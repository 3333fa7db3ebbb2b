-- What a person put right: the title or the authors of a paper, wrongly read from its PDF or given by its mail.
-- '' is none. version.title is right_title where there is one.
ALTER TABLE submission ADD COLUMN right_title TEXT NOT NULL DEFAULT '';
ALTER TABLE submission ADD COLUMN right_authors TEXT NOT NULL DEFAULT '';
ALTER TABLE act ADD COLUMN text TEXT NOT NULL DEFAULT '';   -- of title and authors

CREATE TRIGGER version_bears_the_right_title AFTER INSERT ON version
  WHEN (SELECT right_title FROM submission WHERE id = NEW.submission) <> '' BEGIN
  UPDATE version SET title = (SELECT right_title FROM submission WHERE id = NEW.submission) WHERE id = NEW.id;
END;
