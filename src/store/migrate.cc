#include "store/migrate.h"

#include <string>

#include "core/error.h"
#include "core/fail_point.h"

namespace papertray {
namespace {

constexpr std::int64_t our_application_id = 1347703385;  // as in schema.sql

std::int64_t number(Connection& db, std::string_view sql) {
  Query query(db, sql);
  query.next();
  return query.integer(0);
}

std::int64_t version_of(Connection& db) {
  return number(db, "PRAGMA user_version");
}

}  // namespace

SchemaState check_schema(Connection& db) {
  const std::int64_t version = version_of(db);
  const std::int64_t application = number(db, "PRAGMA application_id");
  const std::int64_t latest = migrations().back().number;
  if (version == 0 && application == 0 && number(db, "SELECT count(*) FROM sqlite_schema") == 0)
    return SchemaState::empty;
  if (application != our_application_id)
    throw Failure({Scope::store, Again::person, Exit::bad_data,
                   db.path() + " is a database of another program; name another state directory"});
  if (version > latest)
    throw Failure({Scope::store, Again::person, Exit::configuration,
                   db.path() + " was made by a newer papertray (schema " + std::to_string(version) +
                       ", this one knows " + std::to_string(latest) +
                       "); use that one, or run papertray rebuild with this one"});
  return version < latest ? SchemaState::older : SchemaState::current;
}

void migrate(Connection& db) {
  for (const Migration& migration : migrations()) {
    if (version_of(db) >= migration.number) continue;
    Transaction transaction(db);
    // Another process may have been faster while we waited for the lock.
    if (version_of(db) >= migration.number) continue;
    db.execute(migration.sql);
    db.execute(("PRAGMA user_version = " + std::to_string(migration.number)).c_str());
    reached("db:migrate");
    transaction.commit();
    reached("db:migrated");
  }
}

}  // namespace papertray
