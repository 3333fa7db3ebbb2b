// The sentences the log fails with. Every one is Failure (store).
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "intake/log.h"

namespace papertray {

// A write, sync, truncation or creation that failed with `error` (errno): exit code 73.
Failure cannot_write_log(std::string_view path, int error);

// An open or read that failed with `error` (errno).
Failure cannot_read_log(std::string_view path, int error);

// A spot that should hold an entry and does not, though it is no torn tail.
Failure damaged_log(std::string_view path, std::uint64_t offset, std::string_view what);

// The database has reached a position that this log does not have.
Failure log_too_short(std::string_view dir, LogPosition end, LogPosition known_good);

// "000001.tar at byte 10240"
std::string position_text(LogPosition position);

}  // namespace papertray
