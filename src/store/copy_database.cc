#include "store/copy_database.h"

#include "store/connection.h"
#include "store/open_to_read.h"

namespace papertray {

LogPosition copy_database(const std::string& from, const std::string& to) {
  {
    // VACUUM INTO takes an empty file that is there, and so with our mode.
    const Connection empty(to, Connection::Mode::write);
  }
  const std::unique_ptr<Connection> source = open_to_read(from);
  // One statement is one moment (sqlite.org/lang_vacuum.html); rows keep their numbers, all our tables
  // name theirs.
  Query(*source, "VACUUM INTO ?1", to).run();
  Connection copy(to, Connection::Mode::read);
  Query position(copy, "SELECT segment, offset FROM log_position");
  position.next();
  return {.segment = static_cast<std::uint32_t>(position.integer(0)),
          .offset = static_cast<std::uint64_t>(position.integer(1))};
}

}  // namespace papertray
