#include <array>

#include "fault/steps.h"

namespace papertray::faults {
namespace {

constexpr std::array names{
    // the state directory
    Step{"state:made", "the state directory is there"},
    Step{"state:locked", "the lock is taken and signed"},
    Step{"state:turn", "the turn to write is taken and signed"},
    Step{"file:replace", "a small file (mailbox.json, metrics) is written under its other name"},
    Step{"file:replaced", "it has its own name"},
    // the log
    Step{"log:folder", "its folder is made, the folder above not synced"},
    Step{"log:file", "its segment is there, its folder not synced"},
    Step{"log:open", "it was looked through and synced"},
    Step{"log:cut", "before a torn tail is cut off"},
    Step{"log:cut-done", "the torn tail is cut off, not synced"},
    Step{"log:mail", "before a mail's entry"},
    Step{"log:mail-end", "all of a mail is there, its end not written"},
    Step{"log:mail-ended", "a mail's entry is whole"},
    Step{"log:write", "before bytes go into the segment"},
    Step{"log:header", "a large mail is written, its header not"},
    Step{"log:take-back", "before the bytes of a mail that is known already are cut off"},
    Step{"log:append", "before an event's entry"},
    Step{"log:appended", "an event's entry is whole"},
    Step{"log:full", "a segment is full and synced, the next one not there"},
    Step{"log:next", "the next one is there, empty, its folder not synced"},
    Step{"log:rotated", "the folder is synced"},
    Step{"log:sync", "before the sync"},
    Step{"log:synced", "the entries are on the disk"},
    // the database
    Step{"db:made", "its file is there, empty"},
    Step{"db:wal", "it uses its write-ahead log"},
    Step{"db:migrate", "before a migration is committed"},
    Step{"db:migrated", "after"},
    Step{"db:begun", "a transaction is open"},
    Step{"db:message", "a message's row is in it"},
    Step{"db:version", "a submission and its version are in it"},
    Step{"db:outbox", "a receipt is queued in it"},
    Step{"db:commit", "before the commit"},
    Step{"db:committed", "after"},
    Step{"db:close", "before the journal is written back"},
    Step{"db:closed", "after"},
    // the way of a mail
    Step{"intake:rules", "new rules are read, not in the log"},
    Step{"intake:fetched", "a batch is written to the log, not synced"},
    Step{"intake:decided", "all of a batch is in its transaction"},
    Step{"intake:recorded", "a batch is committed, the mailbox knows nothing"},
    Step{"intake:shown", "the mailbox is told, the log does not say so"},
    Step{"intake:marks", "before the log says so"},
    // the look into papers
    Step{"check:start", "before a paper is given to a reader"},
    Step{"check:late", "before a receipt is let go without what will be found"},
    Step{"check:found", "what was found is known, not in the log"},
    Step{"check:event", "it is in a transaction"},
    Step{"check:letter", "a receipt that waited for it has its words, in that transaction"},
    Step{"check:told", "it is in the log and in the database, the receipt is not sent"},
    Step{"check:again", "before a paper that people changed is made again from the log"},
    // the mailbox
    Step{"imap:connected", "the session stands"},
    Step{"imap:fetch", "before a batch is asked for"},
    Step{"imap:fetched", "it came"},
    Step{"imap:flag", "before mails are flagged"},
    Step{"imap:flagged", "after"},
    Step{"imap:move", "before mails are moved"},
    Step{"imap:moved", "after"},
    Step{"imap:copy", "before mails are copied, where the server has no MOVE"},
    Step{"imap:copied", "after"},
    Step{"imap:expunge", "before the copied ones are removed"},
    Step{"imap:expunged", "after"},
    Step{"maildir:mark", "before a mail in a Maildir gets another name"},
    Step{"maildir:marked", "after"},
    // papers/
    Step{"papers:folder", "the folder is there"},
    Step{"papers:write", "a file for a paper or its text is there, empty, under another name"},
    Step{"papers:rename", "it is written"},
    Step{"papers:renamed", "it has its own name"},
    // the outbox
    Step{"outbox:sending", "before the log says that a mail is being sent"},
    Step{"outbox:deliver", "the log says so"},
    Step{"smtp:mail", "MAIL FROM is sent"},
    Step{"smtp:rcpt", "RCPT TO is sent"},
    Step{"smtp:data", "DATA is sent"},
    Step{"smtp:dot", "the server has taken the mail, nobody here knows it"},
    Step{"outbox:sent", "the outcome is known, not in the log"},
    Step{"outbox:told", "the outcomes are in the log"},
    Step{"outbox:order", "before an order of a person is in the log"},
    Step{"maildir:write", "before a mail is written into a Maildir's tmp"},
    Step{"maildir:deliver", "it is synced there"},
    Step{"maildir:delivered", "it is in new"},
    // commands
    Step{"desk:act", "before a decision is in the log"},
    Step{"backup:database", "the database is copied"},
    Step{"backup:written", "the archive is written, its end not, nothing synced"},
    Step{"backup:rename", "it is synced under its other name"},
    Step{"backup:renamed", "it has its own name, which is not synced"},
    Step{"rebuild:removed", "a file of an earlier rebuild is removed"},
    Step{"rebuild:built", "the new database is made beside the old one"},
    Step{"rebuild:renamed", "one file of a database has its other name"},
    Step{"rebuild:sync", "before the names are synced"},
    Step{"rebuild:done", "after"},
};

}  // namespace

std::span<const Step> steps() {
  return names;
}

}  // namespace papertray::faults
