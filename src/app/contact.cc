#include "app/contact.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/printable.h"

namespace papertray {
namespace {

std::string file_in(const std::string& state_dir) {
  return state_dir + "/mailbox.json";
}

}  // namespace

Contact read_contact(const std::string& state_dir) {
  Contact contact{.last = std::nullopt, .state = "never", .detail = ""};
  std::ifstream in(file_in(state_dir), std::ios::binary);
  if (!in) return contact;
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return contact;
  contact.state = json.value("state", "never");
  contact.detail = json.value("detail", "");
  contact.last = parse_rfc3339(json.value("last_contact", ""));
  return contact;
}

void write_contact(const std::string& state_dir, const Contact& contact) {
  const nlohmann::json json{{"last_contact", contact.last ? rfc3339(*contact.last) : ""},
                            {"state", contact.state},
                            {"detail", valid_utf8(contact.detail)}};
  const std::string path = file_in(state_dir);
  const std::string fresh = path + ".new";
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out << json.dump() << '\n';
  out.close();
  // Readers see the old text or the new one, never a part.
  if (!out || std::rename(fresh.c_str(), path.c_str()) != 0)
    throw Failure({Scope::store, Again::person, Exit::cannot_write,
                   fmt::format("cannot write {}: {}; make room or mend its permissions", path,
                               std::generic_category().message(errno))});
}

}  // namespace papertray
