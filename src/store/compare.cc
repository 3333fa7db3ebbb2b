#include "store/compare.h"

#include <algorithm>
#include <vector>

#include "store/connection.h"

namespace papertray {
namespace {

// Enough to see what differs; a mail's bytes would fill the screen.
constexpr std::size_t shown_of_a_value = 80;

std::vector<std::string> tables(Connection& db) {
  std::vector<std::string> names;
  Query query(
      db,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name");
  while (query.next())
    names.push_back(query.text(0));
  return names;
}

std::string quoted(const std::string& name) {
  return '"' + name + '"';
}

struct Shape {
  std::vector<std::string> columns;  // by name: ALTER TABLE adds at the end, schema.sql where it belongs
  std::vector<std::string> key;      // in the key's order
};

Shape shape_of(Connection& db, const std::string& table) {
  Shape shape;
  Query query(db, "SELECT name FROM pragma_table_info(?1) ORDER BY name", table);
  while (query.next())
    shape.columns.push_back(query.text(0));
  Query key(db, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", table);
  while (key.next())
    shape.key.push_back(key.text(0));
  return shape;
}

std::string rows_of(const std::string& table, const Shape& shape) {
  std::string sql = "SELECT ";
  for (const std::string& column : shape.columns)
    sql += "quote(" + quoted(column) + "), ";
  sql.erase(sql.size() - 2);
  sql += " FROM " + quoted(table) + " ORDER BY ";
  for (const std::string& column : shape.key.empty() ? shape.columns : shape.key)
    sql += quoted(column) + ", ";
  return sql.erase(sql.size() - 2);
}

// The row by its key: "id 7".
std::string name_row(const Query& row, const Shape& shape) {
  std::string name;
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    const std::string& column = shape.columns[i];
    if (std::find(shape.key.begin(), shape.key.end(), column) == shape.key.end()) continue;
    name += (name.empty() ? "" : ", ") + column + " " +
            row.text(static_cast<int>(i)).substr(0, shown_of_a_value);
  }
  return name;
}

std::string difference_in(const NamedDatabase& left, const NamedDatabase& right,
                          const std::string& table) {
  const Shape shape = shape_of(left.db, table);
  if (shape.columns != shape_of(right.db, table).columns)
    return "table " + table + " has other columns in " + right.name + " than in " + left.name;
  const std::string sql = rows_of(table, shape);
  Query a(left.db, sql);
  Query b(right.db, sql);
  for (;;) {
    const bool more_a = a.next();
    const bool more_b = b.next();
    if (!more_a && !more_b) return "";
    if (more_a != more_b)
      return "table " + table + " has the row " + name_row(more_a ? a : b, shape) + " only in " +
             (more_a ? left : right).name;
    if (const std::string key = name_row(a, shape); key != name_row(b, shape))
      return "table " + table + " has the row " + key + " in " + left.name + " where " +
             name_row(b, shape) + " stands in " + right.name;
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
      const std::string value_a = a.text(static_cast<int>(i));
      const std::string value_b = b.text(static_cast<int>(i));
      if (value_a == value_b) continue;
      return "table " + table + ", row " + name_row(a, shape) + ": " + shape.columns[i] + " is " +
             value_a.substr(0, shown_of_a_value) + " in " + left.name + ", " +
             value_b.substr(0, shown_of_a_value) + " in " + right.name;
    }
  }
}

}  // namespace

std::string first_difference(const NamedDatabase& left, const NamedDatabase& right) {
  const std::vector<std::string> names = tables(left.db);
  if (names != tables(right.db)) return right.name + " has other tables than " + left.name;
  for (const std::string& table : names)
    if (std::string difference = difference_in(left, right, table); !difference.empty())
      return difference;
  return "";
}

std::string first_difference(const std::string& left, const std::string& right) {
  Connection a(left, Connection::Mode::read);
  Connection b(right, Connection::Mode::read);
  const Snapshot still_a(a);
  const Snapshot still_b(b);
  return first_difference({a, left}, {b, right});
}

std::string dump_tables(const std::string& path) {
  Connection db(path, Connection::Mode::read);
  const Snapshot still(db);
  std::string dump;
  for (const std::string& table : tables(db)) {
    const Shape shape = shape_of(db, table);
    dump += table;
    for (const std::string& column : shape.columns)
      dump += '|' + column;
    dump += '\n';
    Query row(db, rows_of(table, shape));
    while (row.next()) {
      for (std::size_t i = 0; i < shape.columns.size(); ++i)
        dump += ' ' + row.text(static_cast<int>(i)) + '|';
      dump += '\n';
    }
  }
  return dump;
}

}  // namespace papertray
