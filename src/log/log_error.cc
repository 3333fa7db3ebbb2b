#include "log/log_error.h"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "log/segments.h"

namespace papertray {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

}  // namespace

Failure cannot_write_log(std::string_view path, int error) {
  const bool space = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return Failure(
      {Scope::store, Again::person, Exit::cannot_write,
       fmt::format("cannot write the log {}: {}; {}", path, reason(error),
                   space ? "make room there and start again: nothing that was taken in is lost"
                         : "check the disk and its permissions, then start again")});
}

Failure cannot_read_log(std::string_view path, int error) {
  // Of us or of the machine, not of the log.
  const bool passing = error == EMFILE || error == ENFILE || error == ENOMEM;
  return Failure({Scope::store, passing ? Again::later : Again::person,
                  passing ? Exit::try_later : Exit::bad_data,
                  fmt::format("cannot read the log {}: {}; {}", path, reason(error),
                              passing ? "nothing is lost, try again later"
                                      : "check the path, the disk and its permissions")});
}

Failure damaged_log(std::string_view path, std::uint64_t offset, std::string_view what) {
  return Failure(
      {Scope::store, Again::person, Exit::bad_data,
       fmt::format("the log {} is damaged at byte {}: {}; nothing was changed: restore this file "
                   "from a backup, or run papertray audit to see what is lost",
                   path, offset, what)});
}

Failure log_too_short(std::string_view dir, LogPosition end, LogPosition known_good) {
  return Failure(
      {Scope::store, Again::person, Exit::bad_data,
       fmt::format("the database has reached {} but the log {} ends at {}: the database is newer "
                   "than the log; restore the log from a backup, or run papertray rebuild to "
                   "make the database from this log",
                   position_text(known_good), dir, position_text(end))});
}

std::string position_text(LogPosition position) {
  return fmt::format("{} at byte {}", segment_name(position.segment), position.offset);
}

}  // namespace papertray
