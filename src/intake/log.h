// The append-only log: the truth that the database is an index of. One writer at a time (the state
// directory's lock); any number of readers. Not thread-safe.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "intake/event.h"
#include "intake/place.h"

namespace papertray {

// A position between two entries: everything before it is in the log.
struct LogPosition {
  std::uint32_t segment = 1;  // log/000001.tar
  std::uint64_t offset = 0;   // bytes into the segment
  auto operator<=>(const LogPosition&) const = default;
};

// Where a mail's bytes lie.
struct MailRef {
  std::uint32_t segment = 1;
  std::uint64_t offset = 0;  // of the mail's first byte
  std::uint64_t size = 0;
};

struct LoggedMail {
  MailRef ref;
  LogPosition end;     // after the entry
  std::string sha256;  // lower-case hex
  MailFacts facts;
};

// One entry read back.
struct LogEntry {
  LogPosition end;
  std::variant<LoggedMail, Event> what;
};

// Reads a mail's bytes; may be handed to another process by its descriptor.
class MailBytes {
 public:
  virtual ~MailBytes() = default;
  // Up to buffer.size() bytes from `offset` within the mail; 0 at its end. Throws Failure (store).
  virtual std::size_t read(std::uint64_t offset, std::span<char> buffer) const = 0;
  virtual std::uint64_t size() const = 0;
};

class Log {
 public:
  virtual ~Log() = default;

  // A mail, streamed: begin, write until facts.size bytes are in, end. Nothing of it counts before
  // end_mail returns; abandon_mail takes it back. Throws Failure (store, cannot_write): the log is
  // then as it was before begin_mail.
  virtual void begin_mail(const MailFacts& facts) = 0;
  virtual void write(std::span<const char> bytes) = 0;
  virtual LoggedMail end_mail() = 0;
  virtual void abandon_mail() = 0;
  // The SHA-256 of the mail whose facts.size bytes have all been written, before end_mail: to take
  // back a mail that the log has already.
  virtual std::string written_sha256() const = 0;

  // Appends an event; returns the position after it.
  virtual LogPosition append(const Event& event) = 0;

  // Everything appended so far is on the disk when this returns (one fdatasync per touched segment,
  // and one of the folder when a segment is new). Throws Failure (store, cannot_write).
  virtual void sync() = 0;

  // Where the log ends.
  virtual LogPosition end() const = 0;

  // Calls back for every entry from `from` on, in order; stops early when it returns false.
  virtual void read_from(LogPosition from, const std::function<bool(const LogEntry&)>& entry) const = 0;

  virtual std::unique_ptr<MailBytes> open(const MailRef& mail) const = 0;
};

}  // namespace papertray
