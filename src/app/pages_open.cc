#include "app/pages_open.h"

#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"

namespace papertray {

std::unique_ptr<PagesReader> open_pages_if_there(const Config& config) {
  try {
    return PagesReader::open(database_path(config));
  } catch (const Failure& failure) {
    if (failure.error().exit != Exit::not_there) throw;
    return nullptr;
  }
}

void tell_written(const Globals& globals, const WrittenView& view) {
  if (globals.json) return print(written_json(view));
  if (!globals.quiet) print(written_text(view));
}

}  // namespace papertray
