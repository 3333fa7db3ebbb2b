// The schema's history. PRAGMA user_version counts the migrations a database has been through.
#pragma once

#include <span>

#include "store/connection.h"

namespace papertray {

struct Migration {
  int number;        // 1, 2, ...
  const char* name;  // file name
  const char* sql;
};

// All of them, in order; generated from the .sql files at build.
std::span<const Migration> migrations();

// What a file turns out to be.
enum class SchemaState { empty, older, current };

// Throws Failure: another program's database (bad data), or one that a newer papertray made
// (configuration).
SchemaState check_schema(Connection& db);

// Brings an empty or older database up to date, each migration in a transaction of its own.
void migrate(Connection& db);

}  // namespace papertray
