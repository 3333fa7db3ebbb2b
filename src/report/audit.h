// What `audit` found: whether every mail has one fate, and whether what lies on the disk is what was
// written. Plain data, and the judgement on it: a line for each check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/doctor.h"
#include "report/look.h"

namespace papertray {

// Every entry of the log, read and verified.
struct AuditLog {
  std::int64_t segments = 0, mails = 0, events = 0;
  std::uint64_t bytes = 0;
  std::int64_t not_applied = 0;      // entries that the database has not reached yet
  std::vector<std::string> damaged;  // each spot, in words with the file's name
};

struct AuditFates {
  std::int64_t messages = 0, lost_places = 0;
  std::int64_t recorded = 0, triage = 0, ignored = 0, quarantined = 0, vanished = 0;
  std::int64_t places_of_nothing = 0;  // whose message is not there
  std::optional<std::int64_t> logged;  // different mails in the log, up to where the database stands
};

struct AuditPaper {
  std::string file;
  std::string why;  // "is not there", "has 12 bytes, not 345"
};

struct AuditFolder {
  std::string name;  // "INBOX"; a Maildir's or mbox's path
  bool spam = false;
  std::string problem;  // why it could not be looked at; nothing else is known then
  std::uint32_t uidvalidity = 0;
  std::int64_t mails = 0;  // in it now
  std::int64_t gone = 0;   // with a fate, and no longer there
  // Without a fate, by UID or file name: passed over by a run, and newer than all that were taken in.
  std::vector<std::string> missed, waiting;
};

// What could not be looked into has its sentence in `..._problem`; what was not asked for is absent.
struct AuditView {
  std::string holder;  // who takes mail in meanwhile: "papertray run (process 7, ...)"; "" for nobody
  std::optional<AuditLog> log;
  std::string log_problem;
  std::optional<AuditFates> fates;
  std::string database_problem;           // it cannot be read, or SQLite finds a fault in it
  std::optional<std::string> difference;  // of the database from what the log says; "" for none
  std::string difference_problem;         // why they could not be compared
  std::optional<std::int64_t> papers;     // how many are recorded
  std::vector<AuditPaper> wrong_papers;
  std::int64_t being_sent = 0;
  std::string mailbox;          // its name; "" when it was not asked
  std::string mailbox_problem;  // the server could not be reached, or did not let us in
  std::vector<AuditFolder> folders;
};

// Pure. What is not well says what to do.
std::vector<CheckRow> audit_rows(const AuditView& view);

std::string audit_text(const AuditView& view, const Look& look);
std::string audit_json(const AuditView& view);

}  // namespace papertray
