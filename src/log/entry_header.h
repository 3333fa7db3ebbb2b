// The tar header of one entry: what stands in front of a mail's or an event's bytes.
//
// A pax extended header and the file's own header (POSIX.1-2001), written here and not by libarchive
// (tar_block.h says why), with these extended attributes (SCHILY.xattr.user.papertray...):
//   sha256   of the content, lower-case hex
//   log      `at SEGMENT/OFFSET synced SEGMENT/OFFSET events N`: where this entry begins; up to where
//            the log was surely on the disk when it was written; how many events the log holds with it
//   facts    mails: what the mailbox said, as JSON (json_fields.h)
//   imap     mails from IMAP: account/folder/uidvalidity/uid for people, `%` and `/` percent-encoded
//   seal     SHA-256 of all bytes of the header, these 64 digits taken as zeros
// So every bit of the log is covered: content by sha256, header by seal. `at` tells an entry from a copy
// of one inside a mail, `synced` a power cut from damage (walk.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/time.h"
#include "intake/log.h"
#include "log/tar_block.h"

namespace papertray {

// Far above what a mailbox says of one mail; and what one entry may make us read.
inline constexpr std::uint64_t max_header_bytes = 1024 * 1024;

enum class EntryKind { mail, event };

struct EntryHeader {
  EntryKind kind = EntryKind::mail;
  std::string sha256;      // of the content
  std::uint64_t size = 0;  // of the content
  Time time{};             // fetched at, or when the event was
  LogPosition at;
  LogPosition synced;
  std::uint64_t events = 0;  // the events up to this entry, itself among them
  std::string facts;         // "" for events
  std::string imap;          // "" for events and for mails not from IMAP
};

// "mail/SHA256.eml", "event/N.json"
std::string entry_name(const EntryHeader& header);

// How many bytes its header takes: whole blocks, whichever digits sha256 has. Throws Failure (message)
// when the facts are larger than a header may be, or the content is larger than ustar can tell (8 GiB).
std::uint64_t header_room(const EntryHeader& header);

// Fills header_room bytes, sealed; the same header gives the same bytes.
void write_header(const EntryHeader& header, std::span<char> room);
// Both.
std::string header_bytes(const EntryHeader& header);

// How many bytes the header has that begins with this block (its first tar_block bytes count); 0 when
// none of ours can.
std::uint64_t header_length(std::span<const char> first_block);

// Reads what write_header made; nullopt, and `why`, when a bit of it is not as it was written.
std::optional<EntryHeader> parse_header(std::span<const char> bytes, std::string& why);

}  // namespace papertray
