-- A question's text is what its asker says, without quotes, signatures and what mail programs add.

-- The whole text of the mail; '' when that is `text`, and with papers, whose text is never cut.
ALTER TABLE version_text ADD COLUMN full_text TEXT NOT NULL DEFAULT '';
