// What commands say of the program and its desk as a whole.
#include "report/samples.h"

namespace papertray::sample {

InitView init() {
  InitView view;
  view.config = "/etc/papertray/papertray.toml";
  view.rules = "/etc/papertray/rules.toml";
  view.mode = "hold";
  view.service_user = "papertray";
  view.written = {"/etc/papertray/imap-password", "/etc/papertray/receipts/received.txt",
                  "/etc/papertray/rules.toml", "/etc/papertray/papertray.toml"};
  view.test =
      InitTest{.imap = "imap.gmail.com:993", .smtp = "smtp.gmail.com:465", .mails = 12, .remarks = {}};
  return view;
}

std::vector<CheckRow> checks() {
  return {{Verdict::ok, "rules",
           "/etc/papertray/dlsc2017.toml: Deep Learning At Supercomputer Scale, 2 tracks"},
          {Verdict::warn, "deadline papers due",
           "\"2017-11-03 16:59 PST\" ends 2017-11-04T00:59:59Z (2017-11-03 17:59:59 PDT): 16:59 PST is "
           "00:59 UTC, "
           "an hour after 16:59 PDT"},
          {Verdict::fail, "folder INBOX\x1b[2J", "there is no such folder; check [mailbox] folders"}};
}

// A desk of which much holds and some does not.
AuditView audit() {
  AuditView view;
  view.log = {
      .segments = 2, .mails = 1058, .events = 412, .bytes = 301989888, .not_applied = 0, .damaged = {}};
  view.fates = {.messages = 1058,
                .lost_places = 1,
                .recorded = 1000,
                .triage = 9,
                .ignored = 48,
                .quarantined = 1,
                .vanished = 1,
                .places_of_nothing = 0,
                .logged = 1058};
  view.difference =
      "table message, row id 7: subject is 'NIPS Workshop Paperz\x1b[2J' in the database, 'NIPS "
      "Workshop "
      "Papers' in the log";
  view.papers = 41;
  view.wrong_papers = {{.file = "P-007_v2.pdf", .why = "has 100 bytes, not 123456"}};
  view.mailbox = "imaps://imap.gmail.com:993 as supercomputersfordl2017@gmail.com, folders INBOX, Junk";
  view.folders = {
      {.name = "INBOX",
       .spam = false,
       .problem = "",
       .uidvalidity = 1,
       .mails = 1031,
       .gone = 3,
       .missed = {"UID 12"},
       .waiting = {"UID 4712"}},
      {.name = "Junk",
       .spam = true,
       .problem = "imap.gmail.com:993 has not the folder 'Junk'; did you mean '[Gmail]/Spam'?",
       .uidvalidity = 0,
       .mails = 0,
       .gone = 0,
       .missed = {},
       .waiting = {}}};
  return view;
}

TakenView taken() {
  return {.command = "import",
          .recorded = 40,
          .triage = 12,
          .ignored = 4,
          .quarantined = 0,
          .known = 1,
          .warnings = 0,
          .receipts = ReceiptCounts{.sent = 38, .waiting = 2, .failed = 0},
          .stopped = false};
}

RebuiltView rebuilt() {
  return {.database = "/var/lib/papertray/papertray.db",
          .entries = 1059,
          .before = "/var/lib/papertray/papertray.db.old"};
}

std::vector<WouldTake> would_take() {
  return {{.from = "ada@example.org",
           .subject = "NIPS Workshop Papers: Scaling Batch Norm to 4,096 Nodes",
           .fate = Fate::recorded,
           .track = "papers",
           .reason = "the subject names the track papers, and a PDF is attached"},
          {.from = "",
           .subject = "\x1b[31mred",
           .fate = Fate::triage,
           .track = "",
           .reason = "the subject names no track"}};
}

}  // namespace papertray::sample
