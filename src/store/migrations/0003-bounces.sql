-- A receipt that was sent may come back.

-- The message that said so; the row is then `failed`. NULL for all others.
ALTER TABLE outbox ADD COLUMN bounce INTEGER REFERENCES message (id);
