-- A mail larger than any may be: its row's bytes are a header, and this is what it is the header of.
ALTER TABLE message ADD COLUMN whole_size INTEGER;     -- bytes of the mail; NULL: its bytes are all here
ALTER TABLE message ADD COLUMN largest_size INTEGER;   -- the limit it was above
