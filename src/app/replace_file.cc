#include "app/replace_file.h"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "core/error.h"

namespace papertray {

void replace_file(const std::string& path, const std::string& text) {
  const std::string fresh = path + ".new";
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out || std::rename(fresh.c_str(), path.c_str()) != 0)
    throw Failure({Scope::store, Again::person, Exit::cannot_write,
                   fmt::format("cannot write {}: {}; make room or mend its permissions", path,
                               std::generic_category().message(errno))});
}

}  // namespace papertray
