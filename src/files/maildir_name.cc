#include "files/maildir_name.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace papertray {
namespace {

constexpr std::string_view info = ":2,";

// 0 for a name that does not begin with seconds: such mails come first.
std::uint64_t seconds_of(std::string_view name) {
  std::uint64_t seconds = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), seconds);
  return error == std::errc() ? seconds : 0;
}

}  // namespace

MaildirName read_maildir_name(std::string_view file) {
  const std::size_t colon = file.find(info);
  if (colon == std::string_view::npos) return {.base = std::string(file), .flags = {}};
  return {.base = std::string(file.substr(0, colon)),
          .flags = std::string(file.substr(colon + info.size()))};
}

std::string seen_maildir_name(const MaildirName& name) {
  std::string flags = name.flags;
  if (flags.find('S') == std::string::npos)
    flags.insert(std::find_if(flags.begin(), flags.end(), [](char c) { return c > 'S'; }), 'S');
  return name.base + std::string(info) + flags;
}

std::vector<std::string> maildir_flags(std::string_view letters) {
  std::vector<std::string> flags;
  for (const char letter : letters) {
    switch (letter) {
      case 'S':
        flags.emplace_back("\\Seen");
        break;
      case 'R':
        flags.emplace_back("\\Answered");
        break;
      case 'F':
        flags.emplace_back("\\Flagged");
        break;
      case 'T':
        flags.emplace_back("\\Deleted");
        break;
      case 'D':
        flags.emplace_back("\\Draft");
        break;
      case 'P':
        flags.emplace_back("$Forwarded");
        break;
      default:
        break;  // lower case: keywords that only the server's own table can name
    }
  }
  return flags;
}

bool maildir_before(std::string_view a, std::string_view b) {
  const std::uint64_t left = seconds_of(a), right = seconds_of(b);
  return left != right ? left < right : a < b;
}

}  // namespace papertray
