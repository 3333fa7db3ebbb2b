// What happened that no mail tells. Events go into the log, in order with the mails; the database
// is made from both and from nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/act.h"
#include "core/checked_paper.h"
#include "core/retry.h"
#include "core/time.h"
#include "intake/place.h"

namespace papertray {

// The rules in force from here on: the file and its templates, byte for byte, and what of the
// configuration decides about messages.
struct RulesLoaded {
  std::string path;  // for people
  std::string from;  // [smtp] from: the receipts' From field, and an address of ours
  std::string toml;
  std::vector<std::pair<std::string, std::string>> templates;  // name -> text, sorted by name
  int per_address = 6;                                         // SendLimits::per_address
  std::string authserv = {};                                   // Rules::authserv
  // The styles that its tracks name, each by that name and byte for byte; sorted.
  std::vector<std::pair<std::string, std::string>> styles = {};
  bool checks = false;  // Rules::checks
};

// A mail whose bytes the log holds already was seen at another place. Its bytes are not written again.
struct SeenAgain {
  std::string sha256;
  MailFacts facts;
};

// The server shows these mails as done (flag, MOVE), as configured.
struct Marked {
  std::string account;
  std::string folder;
  std::uint32_t uidvalidity = 0;
  std::vector<std::uint32_t> uids;  // ascending
};

// A mail was there and is gone: expunged by somebody else before its bytes were read.
struct Vanished {
  Place place;
};

// A mail that could not be handed over (larger than the cap): set aside with its reason.
struct Refused {
  Place place;
  std::string why;
};

// Written and synced before a receipt's bytes leave us.
struct SendingBegun {
  std::string token;  // the outbox row's
};

struct SendingEnded {
  std::string token;
  OutboxState state = OutboxState::sent;  // sent, unknown, failed, queued (tried again later)
  std::string reason;                     // the server's words, one line
  std::int64_t next_try = 0;              // seconds since 1970, 0: none
};

// A person's order about these rows: what they are from now on.
struct RowsOrdered {
  std::vector<std::string> tokens;
  OutboxState state = OutboxState::queued;
  std::string reason;  // one line
};

// Nothing is sent from now on, until that time or until a person resumes.
struct OutboxPaused {
  std::string reason;
  std::int64_t until = 0;  // seconds since 1970, 0: a person resumes it
};

struct OutboxResumed {};

// What a person decided, done together and undone together.
struct Acted {
  std::vector<Act> acts;
  std::string command;  // "decide votes.csv": for people
};

// Takes back what `order` did: the number that the database gave it.
struct Undone {
  std::int64_t order = 0;
};

// A person says what a mail is that the machine left: it is read again and becomes a submission of that
// track, or a version of one.
struct Routed {
  std::string sha256;
  std::string track;                   // its id
  std::string into;                    // "P-7", "" for a new one
  Receipts receipts = Receipts::send;  // off: its author is not told
  std::string note;
  std::string command;  // as in Acted
};

// papertray itself died at this entry of the log again and again: it is not looked at any more. Stands
// in the log behind it, and counts for it all the same.
struct PassedBy {
  std::uint32_t segment = 1;  // the entry's end
  std::uint64_t offset = 0;
  std::string sha256;  // of its mail
  std::string why;
};

// Letters that a person sends: whom, and about which submission. The words follow from the rules in
// force here, the bytes from them.
struct LettersOrdered {
  struct Letter {
    std::string kind;   // receipt_kind_name
    std::string id;     // "P-7"
    std::string to;     // bare address
    std::string token;  // as core/receipt_token.h has it, given by chance
    std::string note;   // what it tells of the organizers' own words, "" for nothing
  };
  std::vector<Letter> letters;
  Receipts receipts = Receipts::send;  // hold: they wait for `outbox send`
  std::string note;
  std::string command;  // as in Acted
};

// A paper was looked at: what was found, as the style of its track had it.
struct PaperChecked {
  std::string sha256;         // of the PDF
  std::string track;          // its id
  std::string style;          // PaperStyle::id
  std::string style_version;  // PaperStyle::version
  CheckedPaper paper;
};

// The look at a paper took longer than a receipt waits: receipts about it go out without.
struct CheckLate {
  std::string sha256;  // of the PDF
  std::string track;
};

struct Event {
  Time at{};
  std::string actor;  // login name, or "papertray"
  std::variant<RulesLoaded, SeenAgain, Marked, Vanished, Refused, SendingBegun, SendingEnded,
               RowsOrdered, OutboxPaused, OutboxResumed, Acted, Undone, Routed, PassedBy, LettersOrdered,
               PaperChecked, CheckLate>
      what;
};

}  // namespace papertray
