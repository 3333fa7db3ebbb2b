#include "store/store_error.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace papertray {
namespace {

Failure failure(Again again, Exit exit, std::string text) {
  return Failure({Scope::store, again, exit, std::move(text)});
}

}  // namespace

Failure store_failure(const std::string& path, const SQLite::Exception& cause) {
  const std::string what = cause.what();
  switch (cause.getErrorCode() & 0xff) {  // the low byte is the primary result code
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return failure(Again::later, Exit::try_later,
                     path + " is in use by another papertray; try again in a moment");
    case SQLITE_NOMEM:
      return failure(Again::later, Exit::try_later,
                     "memory ran out while working with " + path + "; try again later");
    case SQLITE_FULL:
      return failure(Again::person, Exit::cannot_write,
                     "cannot write " + path + ": the disk is full; make room on it and start again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return failure(Again::person, Exit::cannot_write,
                     "cannot write " + path + " (" + what +
                         "); run papertray as the user who owns the state directory");
    case SQLITE_CANTOPEN:
      return failure(Again::person, Exit::cannot_write,
                     "cannot open " + path + " (" + what +
                         "); check that its directory exists and belongs to the user papertray runs as");
    case SQLITE_IOERR:
      return failure(Again::person, Exit::cannot_write,
                     "cannot write " + path + " (" + what +
                         "); check the disk and the space left on it, then start again");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return failure(
          Again::person, Exit::bad_data,
          path + " is damaged (" + what + "); run papertray rebuild, which makes it anew from the log");
    case SQLITE_CONSTRAINT:
      return failure(Again::never, Exit::bad_data,
                     path + " refused a row (" + what +
                         "), which is a mistake in papertray: please report it with this sentence");
    default:
      return failure(Again::person, Exit::bad_data,
                     path + " cannot be used (" + what +
                         "); run papertray rebuild, which makes it anew from the log");
  }
}

}  // namespace papertray
