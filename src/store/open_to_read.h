// Internal to store/.
#pragma once

#include <memory>
#include <string>

#include "store/connection.h"

namespace papertray {

// The database as it is, never made and never changed. Throws Failure (store): none yet (not there),
// damaged (bad data), made by a newer or an older papertray (configuration).
std::unique_ptr<Connection> open_to_read(const std::string& path);

}  // namespace papertray
