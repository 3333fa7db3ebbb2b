// The log's folder: which segments there are and how they are called.
#pragma once

#include <cstdint>
#include <string>

#include "intake/log.h"

namespace papertray {

// "000001.tar"
std::string segment_name(std::uint32_t segment);
std::string segment_path(const std::string& dir, std::uint32_t segment);
bool segment_exists(const std::string& dir, std::uint32_t segment);

// The number of the last segment; 0 when there is none. Throws Failure (store) when one is missing
// before it, or the folder cannot be read.
std::uint32_t last_segment(const std::string& dir);

// The last segment and its size, torn tail and all; {1, 0} when there is none.
LogPosition log_extent(const std::string& dir);

// Throws Failure (store) when the log has no such position, whatever may lie there.
void require_position(const std::string& dir, LogPosition position);

}  // namespace papertray
