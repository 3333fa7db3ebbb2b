#include "store/clock_lag.h"

#include <filesystem>
#include <system_error>

#include "store/open_to_read.h"

namespace papertray {

std::optional<ClockLag> least_lag(const std::string& database) {
  if (std::error_code error; !std::filesystem::exists(database, error)) return std::nullopt;
  const std::unique_ptr<Connection> db = open_to_read(database);
  Query query(*db,
              "SELECT min(lag), count(*) FROM (SELECT fetched_at - internaldate_at AS lag FROM message"
              " WHERE internaldate_at IS NOT NULL ORDER BY id DESC LIMIT 500)");
  if (!query.next() || query.integer(1) == 0) return std::nullopt;
  return ClockLag{.seconds = query.integer(0), .mails = query.integer(1)};
}

}  // namespace papertray
