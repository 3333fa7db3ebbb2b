-- Questions that a person keeps off the sheets and pages.
ALTER TABLE submission ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));
