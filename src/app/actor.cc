#include "app/actor.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "core/error.h"
#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::size_t longest_name = 80;

std::string login_name() {
  char buffer[4096];
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::getuid(), &entry, buffer, sizeof buffer, &found) == 0 && found)
    return one_line(found->pw_name);
  return fmt::format("user {}", ::getuid());  // a container without a password file
}

}  // namespace

std::string actor_of(const std::string& given) {
  const std::string name = given.empty() ? login_name() : given;
  if (given.empty()) return name == "papertray" ? "papertray's own user" : name;
  if (name.size() > longest_name || one_line(name) != name || name == "papertray")
    throw Failure({Scope::program, Again::person, Exit::usage,
                   "--as wants the name of a person, on one line of at most 80 bytes"});
  return name;
}

}  // namespace papertray
