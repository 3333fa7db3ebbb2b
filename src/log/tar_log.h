// The log as tar segments: DIR/000001.tar, DIR/000002.tar, ... in pax format, without an end-of-archive,
// so that any tar lists and extracts them while they grow. Entries: mail/SHA256.eml and event/N.json;
// what their headers hold, entry_header.h tells.
//
// An entry's header holds the content's SHA-256, so room is left for it while the content comes in, and
// it is written with the last bytes or after them (entry_writer.h): an entry that was cut short has no
// whole header or no whole content, and is cut off at the next start.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/log.h"
#include "log/entry_header.h"
#include "log/entry_writer.h"
#include "log/file.h"
#include "log/segment_size.h"
#include "log/sha256.h"

namespace papertray {

// A spot of the log that is not as it was written.
struct LogDamage {
  LogPosition at;
  std::string what;  // for people, with the file's name
};

class TarLog : public Log {
 public:
  enum class Mode { write, read };

  // The torn tail that opening cut off; 0 bytes: none.
  struct Cut {
    LogPosition at;
    std::uint64_t bytes = 0;
  };

  // `known_good` is the position the database has reached, {1, 0} without a database.
  //
  // write: makes the folder (0700) and the first segment where there is none; verifies all from
  // known_good on, cuts a torn tail and syncs. The caller holds the state directory's lock.
  // read: changes nothing, ends quietly before an entry that is being written by another process.
  //
  // Throws Failure (store): damage, with file and offset (walk.h tells it from a torn tail), or a log
  // that ends before known_good; nothing is cut then.
  static std::unique_ptr<TarLog> open(const std::string& dir, LogPosition known_good, Mode mode,
                                      std::uint64_t segment_bytes = usual_segment_bytes());

  const Cut& cut() const { return cut_; }

  // For a writer that let others write meanwhile: goes on behind what they appended. False: nobody did.
  // `known_good` as with open; nothing of ours is unsynced. Throws Failure (store) as open does.
  bool catch_up(LogPosition known_good);

  // Reads every byte from `from` on and tells each spot that is not as it was written; goes on behind
  // it. An entry being written at the end is no damage.
  std::vector<LogDamage> verify(LogPosition from = {}) const;

  void begin_mail(const MailFacts& facts) override;
  // Failure (message, bad_data) when more than facts.size bytes come, or fewer before end_mail: the mail
  // is taken back then.
  void write(std::span<const char> bytes) override;
  LoggedMail end_mail() override;
  // Nothing happens when no mail is open (a failed write has taken it back already).
  void abandon_mail() override;
  std::string written_sha256() const override;
  LogPosition append(const Event& event) override;
  // When it fails, everything since the last sync is taken back: the kernel tells a lost write once
  // only.
  void sync() override;
  // For a reader: of the last entry that is whole now.
  LogPosition end() const override;
  // Mails' contents are not read; headers and events are verified.
  void read_from(LogPosition from, const std::function<bool(const LogEntry&)>& entry) const override;
  std::unique_ptr<MailBytes> open(const MailRef& mail) const override;

 private:
  struct OpenMail {
    MailFacts facts;
    EntryHeader header;
    std::uint64_t written = 0;
  };

  TarLog(std::string dir, LogPosition known_good, Mode mode, std::uint64_t segment_bytes);

  void recover();
  void cut_tail(LogPosition spot);
  void make_ready(std::uint64_t content);
  void rotate();
  void add(std::span<const char> bytes);
  void finish(const EntryHeader& header);
  void take_back();
  std::optional<LogPosition> writers_end() const;

  std::string dir_;
  LogPosition known_good_;
  Mode mode_;
  std::uint64_t segment_bytes_;
  Cut cut_;

  // The writer's.
  File file_;                 // the last segment
  LogPosition end_;           // after the last whole entry, in file_
  std::uint64_t events_ = 0;  // in the log up to end_
  LogPosition synced_;        // all before is on the disk
  std::uint64_t synced_events_ = 0;
  std::uint64_t begun_ = 0;  // in file_, what the disk has been told of
  bool tail_ = false;        // bytes may lie behind end_
  std::optional<OpenMail> mail_;
  EntryWriter writer_;  // these two are kept from mail to mail: their buffers
  Sha256 hash_;         // of mail_

  mutable std::map<std::uint32_t, std::weak_ptr<const File>> open_files_;
};

}  // namespace papertray
