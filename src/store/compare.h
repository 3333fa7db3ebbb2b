// Two databases, table by table: for `rebuild`, which must make the same one again, and for tests.
#pragma once

#include <string>

namespace papertray {

// "" when every table of both holds the same rows; else one sentence that names the table, the row by
// its key and the column. Reads both in step, so the size of the databases does not matter. Throws
// Failure (store).
std::string first_difference(const std::string& left, const std::string& right);

// The same of two that are open, by the names that the sentence calls them. Internal to store/.
class Connection;
struct NamedDatabase {
  Connection& db;
  std::string name;
};
std::string first_difference(const NamedDatabase& left, const NamedDatabase& right);

// All tables as text: one line a row in the order of keys, values as SQL literals. Equal content gives
// equal text, whatever the order in which it came to be.
std::string dump_tables(const std::string& path);

}  // namespace papertray
