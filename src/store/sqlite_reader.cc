#include "store/sqlite_reader.h"

#include "store/connection.h"
#include "store/open_to_read.h"

namespace papertray {

std::unique_ptr<SqliteReader> SqliteReader::open(const std::string& path) {
  return std::unique_ptr<SqliteReader>(new SqliteReader(open_to_read(path)));
}

SqliteReader::SqliteReader(std::unique_ptr<Connection> db) : db_(std::move(db)) {}
SqliteReader::~SqliteReader() = default;

}  // namespace papertray
