// The tar header of one entry: what stands in front of a mail's or an event's bytes.
//
// A pax extended header ("x") and the file's own header, as libarchive makes them, with these extended
// attributes (SCHILY.xattr.user.papertray...):
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

namespace papertray {

inline constexpr std::uint64_t tar_block = 512;
// Far above what a mailbox says of one mail; and what one entry may make us read.
inline constexpr std::uint64_t max_header_bytes = 1024 * 1024;

constexpr std::uint64_t whole_blocks(std::uint64_t bytes) {
  return (bytes + tar_block - 1) / tar_block * tar_block;
}

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

// Whole blocks; the same facts give the same bytes, and their number does not depend on the digits of
// sha256. Throws Failure (message) when the facts are larger than a header may be.
std::string header_bytes(const EntryHeader& header);

// How many bytes the header has that begins with this block; 0 when none of ours can.
std::uint64_t header_length(std::span<const char> first_block);

// Reads what header_bytes made; nullopt, and `why`, when a bit of it is not as it was written.
std::optional<EntryHeader> parse_header(std::span<const char> bytes, std::string& why);

}  // namespace papertray
