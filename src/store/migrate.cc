#include "store/migrate.h"

#include <string>
#include <string_view>

#include "core/error.h"
#include "core/fail_point.h"
#include "core/title.h"

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

// By which words of its titles a submission is found, as SqliteBatch writes them.
void fill_title_keys(Connection& db) {
  Query titles(
      db,
      "SELECT DISTINCT v.title, s.track, s.id FROM version v JOIN submission s ON s.id = v.submission"
      " WHERE v.title <> ''");
  while (titles.next())
    for (const std::int64_t key : title_keys(comparable_title(titles.text(0))))
      Query(db,
            "INSERT INTO title_key (key, track, submission) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            key, titles.text(1), titles.integer(2))
          .run();
}

// What a migration needs beside its SQL, in the same transaction.
void complete(Connection& db, const Migration& migration) {
  if (std::string_view(migration.name).ends_with("-title-keys.sql")) fill_title_keys(db);
}

void require_whole(Connection& db) {
  if (Query(db, "PRAGMA foreign_key_check").next())
    throw Failure(
        {Scope::store, Again::person, Exit::bad_data,
         db.path() + " holds rows that refer to nothing; make it anew with papertray rebuild"});
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

// Foreign keys are not looked at yet (SqliteStore::open): a table that is made anew is dropped while
// others refer to it. So all of them are looked at in the end.
void migrate(Connection& db) {
  for (const Migration& migration : migrations()) {
    if (version_of(db) >= migration.number) continue;
    Transaction transaction(db);
    // Another process may have been faster while we waited for the lock.
    if (version_of(db) >= migration.number) continue;
    db.execute(migration.sql);
    complete(db, migration);
    require_whole(db);
    db.execute(("PRAGMA user_version = " + std::to_string(migration.number)).c_str());
    reached("db:migrate");
    transaction.commit();
    reached("db:migrated");
  }
}

}  // namespace papertray
