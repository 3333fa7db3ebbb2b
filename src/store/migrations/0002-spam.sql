-- Mail in a folder where the server puts what it takes for spam: never recorded or answered by the machine.

-- The spam folder that the message owes its fate to: it was seen in such folders only. '' for none, and as soon
-- as somebody moves it to another folder, where it is decided anew, or decides about it here.
ALTER TABLE message ADD COLUMN spam_folder TEXT NOT NULL DEFAULT '';
CREATE INDEX message_spam ON message (fate) WHERE spam_folder <> '';
