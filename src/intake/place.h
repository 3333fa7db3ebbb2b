// Where a mail was seen, and what the mailbox said of it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/oversize.h"
#include "core/time.h"

namespace papertray {

// One mail in one folder. For IMAP: (account, folder, UIDVALIDITY, UID), which RFC 9051 section
// 2.3.1.1 promises to be unique for ever. For files uidvalidity and uid are 0 and `name` tells mails
// apart: the Maildir base name without its flags, PATH@MTIME+SIZE of an .eml, OFFSET+SIZE-CHECK in an
// mbox.
struct Place {
  std::string account;  // "imaps://user@host", "maildir:/absolute/path", "mbox:/...", "file", "stdin"
  std::string folder;   // "INBOX"; "" for files
  std::uint32_t uidvalidity = 0;
  std::uint32_t uid = 0;
  std::string name;

  auto operator<=>(const Place&) const = default;
};

// Whether a mail may be answered, decided when it is taken in (configuration, `import --receipts`) and
// kept beside it, so that a database made anew from the log holds the same outbox.
enum class Receipts { off, hold, send };

// What the mailbox told, written beside the mail into the log.
struct MailFacts {
  Place place;
  std::uint64_t size = 0;  // bytes that will follow, exactly
  // The bytes are a header and nothing else: the mail is larger than any may be.
  std::optional<Oversize> oversize = {};
  std::optional<Time> internaldate;
  std::optional<Time> mbox_from;
  std::optional<Time> file_time;
  Time fetched{};
  std::vector<std::string> flags;     // as the server wrote them: "\\Seen", "$Junk"
  std::uint64_t gmail_id = 0;         // X-GM-MSGID, 0 when not announced
  bool spam = false;                  // the folder is the server's for spam: core/spam.h
  Receipts receipts = Receipts::off;  // set by the intake, not by a source; as is `fetched`
};

}  // namespace papertray
