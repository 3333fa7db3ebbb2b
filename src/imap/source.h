// An IMAP account's folders as a mailbox source.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "imap/delivery.h"
#include "imap/folder.h"
#include "imap/session.h"
#include "imap/wire.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"
#include "net/server.h"

namespace papertray {

// What becomes of a mail on the server once it is recorded.
struct After {
  enum class Kind { none, flag, move };
  Kind kind = Kind::flag;
  std::string folder;  // move: where to
};

// Whether COMPRESS=DEFLATE is asked for where it is offered. On loopback it only costs time.
enum class Compress { off_loopback, always };

struct ImapSettings {
  Server server;
  std::vector<std::string> folders;  // UTF-8, in the order they are read
  After after;
  std::uint64_t largest = largest_mail;
  Compress compress = Compress::off_loopback;
  // Folders where the server puts what it takes for spam: read after the others, never flagged or moved
  // in. One that cannot be opened is a warning.
  std::vector<std::string> spam = {};
};

struct FolderUids {
  std::string account;
  std::string folder;
  std::uint32_t uidvalidity = 0;
  std::uint32_t uidnext = 0;        // 0: not told
  std::vector<std::uint32_t> uids;  // ascending
  std::string problem;  // why a spam folder could not be opened; nothing of the rest is known then
};

class ImapSource : public MailboxSource {
 public:
  using Connect = std::function<std::unique_ptr<Wire>(const Server&)>;

  // Connects at the first fetch or mark. Throws Failure (account, configuration) on settings that cannot
  // work. `clock` outlives it.
  ImapSource(ImapSettings settings, const Clock& clock, Connect connect = connect_imap);
  ~ImapSource() override;

  // One batch of one folder. A folder that fails (not there, refused) does not hold up the others:
  // its Failure is thrown when they are through. A connection lost before anything of the batch
  // came is made anew, once between two ends. Once the server's `stop` can be read, fetch, mark and
  // wait throw Stopped rather than wait longer than stop_grace.
  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override;
  std::vector<Place> mark(std::span<const Place> places) override;
  // Watches the first folder with IDLE (RFC 2177), on the connection that fetches. The others, and a
  // server without IDLE, are for the next fetch to look at.
  Woken wait(std::chrono::milliseconds at_most, int wake) override;
  // Until a pass has gone through all folders.
  void look_at_all() override;
  std::string name() const override;

  // What every configured folder holds now, for an audit. Changes nothing on the server. Throws
  // Failure (folder, account).
  std::vector<FolderUids> list_all();

  // "imaps://user@host", with the port when it is not the scheme's.
  const std::string& account() const { return account_; }

 private:
  // Makes the connection when there is none; `ahead` goes out with the first words then.
  Session& session(const std::string& ahead = {});
  void drop();
  void start_over();
  bool is_spam(const std::string& folder) const;
  // Makes the folder the selected one; nothing is sent when it is.
  const Folder& select(const std::string& name);
  std::size_t fetch_pass(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to);
  bool is_told_of_mail(const std::string& name) const;
  bool find_new(const SeenPlaces& seen);
  void search(const SeenPlaces& seen);
  std::size_t fetch_batch(const BatchLimits& limits, MailReceiver& to);
  Woken watch(std::chrono::milliseconds at_most, int wake);
  bool has_news();

  ImapSettings settings_;
  const Clock& clock_;
  Connect connect_;
  std::string account_;

  std::unique_ptr<Session> session_;
  std::optional<Folder> selected_;
  bool one_at_a_time_ = false;  // of this connection

  // One pass goes through all folders; fetch returns 0 at its end.
  std::size_t folder_ = 0;
  bool opened_ = false;                    // folder_ has been opened in this pass
  std::uint32_t uidvalidity_ = 0;          // of it
  std::uint32_t search_from_ = 0;          // 0: everything there was has been found
  std::vector<std::uint32_t> found_;       // new UIDs, ascending
  std::size_t next_ = 0;                   // into found_
  std::vector<Place> leftovers_;           // recorded, but not marked, by a run before
  std::optional<Failure> folder_failure_;  // thrown at the end of the pass
  std::set<std::string> warned_of_;  // spam folders that cannot be opened: said once, not at every poll
  bool reconnected_ = false;         // in this pass
  bool touched_ = false;             // the receiver has something of this fetch
  bool everything_ = false;          // a pass through every mail is due

  // The first folder, as the last pass has seen it: every mail with a UID below is dealt with.
  std::uint32_t covered_ = 0;
  std::uint32_t covered_uidvalidity_ = 0;
  int quick_breaks_ = 0;               // IDLEs in a row that broke at once
  std::chrono::milliseconds rest_{0};  // before the next one
};

}  // namespace papertray
