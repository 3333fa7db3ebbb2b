#include "files/open_path.h"

#include <filesystem>
#include <system_error>

#include <unistd.h>

#include "core/error.h"
#include "files/file_source.h"
#include "files/maildir_source.h"
#include "files/stdin_source.h"

namespace papertray {

std::unique_ptr<MailboxSource> open_path(const std::string& path, const Clock& clock, int stop) {
  namespace fs = std::filesystem;
  if (path == "-") return std::make_unique<StdinSource>(clock, STDIN_FILENO, largest_stdin, stop);
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error)
    throw Failure({Scope::account, Again::person, Exit::not_there,
                   "cannot import " + path + ": " + error.message() + "; check the path"});
  const fs::file_status status = fs::status(real, error);
  if (fs::is_directory(status)) {
    if (fs::is_directory(real / "cur", error) || fs::is_directory(real / "new", error))
      return std::make_unique<MaildirSource>(real.string(), clock);
  } else if (!fs::is_regular_file(status)) {
    throw Failure(
        {Scope::account, Again::person, Exit::bad_data,
         "cannot import " + path + ": it is neither a file nor a folder; pipe it into `import -`"});
  }
  return std::make_unique<FileSource>(std::vector<std::string>{real.string()}, clock);
}

}  // namespace papertray
