// Passwords and tokens: read when they are needed, forgotten at once, named by their source only.
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "core/printable.h"
#include "net/secret_command.h"
#include "net/server.h"

namespace papertray {
namespace {

[[noreturn]] void unreadable(const std::string& what, const std::string& why) {
  throw Failure(
      Error{Scope::account, Again::person, Exit::configuration, what + " " + why, Trouble::credentials});
}

std::string read_file(const std::string& path, const std::string& what) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) unreadable(what, std::string("cannot be read: ") + strerror(errno));
  std::string content(largest_secret + 1, '\0');
  std::size_t used = 0;
  ssize_t count = 0;
  while (used < content.size() &&
         (count = read(file, content.data() + used, content.size() - used)) != 0) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    used += static_cast<std::size_t>(count);
  }
  const int error = count < 0 ? errno : 0;
  close(file);
  if (error != 0) {
    wipe(content);
    unreadable(what, std::string("cannot be read: ") + strerror(error));
  }
  content.resize(used);
  return content;
}

std::string read_credential(const std::string& name, const std::string& what) {
  if (name.empty() || name.find('/') != std::string::npos)
    unreadable(what, "is no credential's name: a plain name without `/` is expected");
  const char* folder = getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr || *folder == '\0')
    unreadable(what, "is not there: systemd has set no $CREDENTIALS_DIRECTORY; add LoadCredential=" +
                         one_line(name) + " to the unit");
  return read_file(std::string(folder) + "/" + name, what);
}

std::string name_of(const SecretSource& source) {
  const std::string value = one_line(source.value);
  switch (source.kind) {
    case SecretSource::Kind::file:
      return "the password file " + value;
    case SecretSource::Kind::command:
      return "the password command `" + value + "`";
    case SecretSource::Kind::env:
      return "the environment variable " + value;
    case SecretSource::Kind::credential:
      return "the systemd credential " + value;
    case SecretSource::Kind::none:
      break;
  }
  return "the password";
}

std::string read_raw(const SecretSource& source, const std::string& what, int stop) {
  switch (source.kind) {
    case SecretSource::Kind::file:
      return read_file(source.value, what);
    case SecretSource::Kind::command:
      return run_secret_command(source.value, what, secret_command_timeout, stop);
    case SecretSource::Kind::credential:
      return read_credential(source.value, what);
    case SecretSource::Kind::env:
      if (const char* value = getenv(source.value.c_str()); value != nullptr) return value;
      unreadable(what, "that holds the password is not set");
    case SecretSource::Kind::none:
      break;
  }
  unreadable(what,
             "is not configured: set `password` (or `token`) to a file, command, env or credential");
}

// Why this text cannot be sent to a server as it is; "" when it can.
std::string objection(const std::string& secret) {
  if (secret.empty()) return "holds nothing";
  if (secret.size() > largest_secret) return "holds more than 64 KB: that is no password";
  // `pass show` prints notes below the password: sending them would tell them to the server.
  if (secret.find_first_of("\r\n") != std::string::npos)
    return "holds more than one line; keep only the password in it";
  if (secret.find('\0') != std::string::npos) return "holds a NUL byte";
  return {};
}

}  // namespace

std::string read_secret(const SecretSource& source, int stop) {
  const std::string what = name_of(source);
  std::string secret = read_raw(source, what, stop);
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.ends_with('\r')) secret.pop_back();
  if (const std::string why = objection(secret); !why.empty()) {
    wipe(secret);
    unreadable(what, why);
  }
  return secret;
}

void wipe(std::string& secret) {
  explicit_bzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace papertray
