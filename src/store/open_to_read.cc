#include "store/open_to_read.h"

#include <filesystem>

#include "core/error.h"
#include "store/migrate.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

Failure nothing_yet(const std::string& path) {
  const fs::path file(path);
  return Failure({Scope::store, Again::person, Exit::not_there,
                  "no " + file.filename().string() + " in " +
                      (file.has_parent_path() ? file.parent_path().string() : ".") +
                      ": nothing has been taken in yet; run papertray run --once"});
}

// A WAL database is read with the help of its -shm file, which SQLite makes when it is missing. In a
// directory that we may not write it cannot; then, if no -wal file holds anything newer, the file as it
// lies there is all there is.
bool lies_still(const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(path + "-wal", error);
  return error || size == 0;
}

SchemaState state_of(const std::string& path, std::unique_ptr<Connection>& db) {
  try {
    db = std::make_unique<Connection>(path, Connection::Mode::read);
    return check_schema(*db);
  } catch (const Failure& failure) {
    if (failure.error().exit != Exit::cannot_write || !lies_still(path)) throw;
    db = std::make_unique<Connection>(path, Connection::Mode::frozen);
    return check_schema(*db);
  }
}

}  // namespace

std::unique_ptr<Connection> open_to_read(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) throw nothing_yet(path);
  std::unique_ptr<Connection> db;
  const SchemaState state = state_of(path, db);
  if (state == SchemaState::empty) throw nothing_yet(path);
  if (state == SchemaState::older)
    throw Failure(
        {Scope::store, Again::person, Exit::configuration,
         path +
             " was made by an older papertray; run papertray run --once, which brings it up to date"});
  return db;
}

}  // namespace papertray
