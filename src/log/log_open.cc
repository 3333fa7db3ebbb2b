// Opening the log: from where the database stands to the last whole entry.
#include <cerrno>
#include <filesystem>
#include <utility>

#include <sys/stat.h>

#include "core/fail_point.h"
#include "log/log_error.h"
#include "log/segments.h"
#include "log/tar_log.h"
#include "log/walk.h"

namespace papertray {
namespace {

void make_folder(const std::string& dir) {
  if (::mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) throw cannot_write_log(dir, errno);
  reached("log:folder");
  // Each time: a kill may have come between making it and this.
  const std::filesystem::path parent = std::filesystem::path(dir).parent_path();
  sync_folder(parent.empty() ? "." : parent.string());
}

// Where reading begins, to learn the number of events before known_good: with the segment that holds
// the entry before it. An empty segment can only be the last one.
LogPosition first_to_read(LogPosition known_good) {
  const bool nothing_before = known_good.offset == 0 && known_good.segment > 1;
  return {nothing_before ? known_good.segment - 1 : known_good.segment, 0};
}

}  // namespace

TarLog::TarLog(std::string dir, LogPosition known_good, Mode mode, std::uint64_t segment_bytes)
    : dir_(std::move(dir)), known_good_(known_good), mode_(mode), segment_bytes_(segment_bytes) {}

std::unique_ptr<TarLog> TarLog::open(const std::string& dir, LogPosition known_good, Mode mode,
                                     std::uint64_t segment_bytes) {
  std::string folder = dir;
  while (folder.size() > 1 && folder.ends_with('/'))
    folder.pop_back();
  std::unique_ptr<TarLog> log(new TarLog(folder, known_good, mode, segment_bytes));
  if (mode == Mode::write) make_folder(folder);

  require_position(folder, known_good);
  if (mode == Mode::read) return log;

  const std::uint32_t last = last_segment(folder);
  log->file_ =
      last == 0 ? File::create(segment_path(folder, 1)) : File::to_write(segment_path(folder, last));
  reached("log:file");
  sync_folder(folder);
  log->recover();
  reached("log:open");
  return log;
}

bool TarLog::catch_up(LogPosition known_good) {
  const std::uint32_t last = last_segment(dir_);
  if (last == end_.segment && file_.size() == end_.offset) return false;
  require_position(dir_, known_good);
  known_good_ = known_good;
  file_ = File::to_write(segment_path(dir_, last));
  writer_ = EntryWriter();
  cut_ = {};
  tail_ = false;
  end_ = {};
  events_ = 0;
  recover();
  return true;
}

void TarLog::recover() {
  Walk walk(dir_, first_to_read(known_good_));
  for (;;) {
    Looked looked = walk.next();
    if (looked.entry && looked.entry->header.at < known_good_ && known_good_ < looked.entry->end)
      throw damaged_log(
          walk.file().path(), known_good_.offset,
          "the database's position is in the middle of an entry, so that database belongs to "
          "another log");
    if (looked.entry && looked.entry->header.at >= known_good_) {
      looked.why = content_fault(walk.file(), *looked.entry);
      if (!looked.why.empty()) walk.go_to(looked.entry->header.at);
    }
    if (looked.entry && looked.why.empty()) {
      events_ = looked.entry->header.events;
      end_ = looked.entry->end;
      continue;
    }
    end_ = walk.position();
    if (looked.end) break;
    if (judge(walk, looked, known_good_) != Spot::torn)
      throw damaged_log(walk.file().path(), end_.offset, looked.why);
    cut_tail(end_);
    break;
  }
  // A kill leaves writes that no sync covers, and nobody else will.
  file_.sync();
  synced_ = end_;
  synced_events_ = events_;
}

void TarLog::cut_tail(LogPosition spot) {
  cut_ = {.at = spot, .bytes = file_.size() - spot.offset};
  reached("log:cut");
  file_.truncate(spot.offset);
  reached("log:cut-done");
}

}  // namespace papertray
