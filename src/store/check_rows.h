// How checks of papers stand in the database. Internal to store/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "report/reader.h"
#include "store/connection.h"

namespace papertray {

// version.checked: pages * summary_pages + findings to look at.
inline constexpr std::int64_t summary_pages = 65'536;

// The last look at that file; nullopt before the first.
std::optional<PaperCheckRow> find_check(Connection& db, const std::string& sha256,
                                        const std::string& track);

}  // namespace papertray
