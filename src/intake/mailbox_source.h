// Where mail comes from. IMAP, Maildir, mbox, files: the intake sees no difference.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "intake/place.h"

namespace papertray {

// What has been taken in already; answered by the store.
class SeenPlaces {
 public:
  virtual ~SeenPlaces() = default;
  // The highest UID taken in (or known to have vanished) from this folder under this UIDVALIDITY; 0:
  // none.
  virtual std::uint32_t last_uid(const std::string& account, const std::string& folder,
                                 std::uint32_t uidvalidity) const = 0;
  virtual bool seen(const Place& place) const = 0;
  // UIDs taken in, but not yet marked on the server.
  virtual std::vector<std::uint32_t> unmarked(const std::string& account, const std::string& folder,
                                              std::uint32_t uidvalidity) const = 0;
};

// Of these UIDs of a folder those that have not been seen: what a look at everything is about.
std::vector<std::uint32_t> not_seen(const SeenPlaces& seen, Place folder,
                                    std::vector<std::uint32_t> uids);

// Takes what a source reads. begin, write..., end for each mail; abandon when its bytes did not come
// whole. A source never holds a mail in memory.
class MailReceiver {
 public:
  virtual ~MailReceiver() = default;
  virtual void begin(const MailFacts& facts) = 0;
  virtual void write(std::span<const char> bytes) = 0;
  virtual void end() = 0;
  virtual void abandon() = 0;
  // Announced, but gone before its bytes were read.
  virtual void vanished(const Place& place) = 0;
  // A mail that this source cannot hand over (too large, unreadable); the sentence says why.
  virtual void refused(const Place& place, const std::string& why) = 0;
  // For people; the fetch goes on.
  virtual void warning(const std::string& /*sentence*/) {}
};

// Of a larger mail a source hands over the header alone, so that its sender can be told. Servers let 25
// to 150 MB through, the inspector looks into no more than this, and what is larger is no paper.
inline constexpr std::uint64_t largest_mail = 96ULL * 1024 * 1024;

// Above this nothing is read, not even a header: no mail server takes such a mail, so the number is a
// slip of the server's, or the file no mail, and what it is is for a person.
inline constexpr std::uint64_t largest_announced = 2ULL * 1024 * 1024 * 1024;

// Of a header. Real ones have some KB, after a mailing list's and three filters' additions 30.
inline constexpr std::uint64_t largest_header = 256ULL * 1024;

struct BatchLimits {
  // Measured: 200 UIDs a command reach 1.3 x the raw limit; 400 halve the syncs, and 800 bring no more.
  std::size_t mails = 400;
  std::uint64_t bytes = 32ULL * 1024 * 1024;  // no further mail is begun after so many
};

enum class Woken { news, timeout, asked };

// Lets time pass, until the descriptor can be read.
Woken wait_on(std::chrono::milliseconds at_most, int wake);

class MailboxSource {
 public:
  virtual ~MailboxSource() = default;

  // Hands over the next mails that `seen` does not know, oldest first, at most `limits`. Returns how
  // many places it dealt with (handed over, vanished, refused);
  // 0: nothing is left for now. Throws Failure (folder or account), or Stopped; mails ended before stay
  // good.
  virtual std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) = 0;

  // Shows these mails as done to people who look into the mailbox, as configured (flag, move, none).
  // Only called once the mails are durable and recorded; after every batch, also with no place at all,
  // so that a source marks what `seen.unmarked` told it of (a kill came before their mark). Returns the
  // places now marked.
  // A courtesy: a Failure here loses nothing, the next run marks them.
  virtual std::vector<Place> mark(std::span<const Place> places) = 0;

  // Waits until something may have come, at most `at_most`, or until the descriptor `wake` can be read
  // (which it leaves unread). A source that can be told of news (IDLE, RFC 2177) says `news`; the
  // others, and this default, let the time pass. May be called again and again: what was begun to be
  // watched stays watched until the next fetch or mark. Throws Failure (account) when the connection is
  // lost.
  virtual Woken wait(std::chrono::milliseconds at_most, int wake);

  // The next fetches go through every mail of every folder, not only what is newer than the last one:
  // once a day, and after a doubt. `seen` says which are known.
  virtual void look_at_all() {}

  // For people: "imaps://imap.gmail.com as user, folders INBOX".
  virtual std::string name() const = 0;
};

}  // namespace papertray
