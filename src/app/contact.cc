#include "app/contact.h"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "app/replace_file.h"
#include "core/reconnect.h"
#include "report/json_value.h"

namespace papertray {
namespace {

std::string file_in(const std::string& state_dir) {
  return state_dir + "/mailbox.json";
}

std::string time_text(const std::optional<Time>& time) {
  return time ? rfc3339(*time) : "";
}

// The file may have been edited or cut: what is not a text is none.
std::string text_of(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

Contact read_contact(const std::string& state_dir) {
  Contact contact{.status = {}, .word = "never"};
  std::ifstream in(file_in(state_dir), std::ios::binary);
  if (!in) return contact;
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return contact;
  if (const std::string word = text_of(json, "state"); !word.empty()) contact.word = word;
  contact.status.detail = text_of(json, "detail");
  contact.status.last_contact = parse_rfc3339(text_of(json, "last_contact"));
  contact.status.next_try = parse_rfc3339(text_of(json, "next_try"));
  contact.status.reconciled = parse_rfc3339(text_of(json, "reconciled"));
  if (const auto lag = json.find("lag_s"); lag != json.end() && lag->is_number_integer())
    contact.status.lag = Seconds(lag->get<std::int64_t>());
  return contact;
}

// Not a tree of nlohmann's values: their destructors allocate, and end the program when memory is out.
void write_contact(const std::string& state_dir, const DaemonStatus& status) {
  std::string text;
  json::ObjectWriter to(text, 2);
  to.words("last_contact", time_text(status.last_contact));
  to.words("state", trouble_word(status.trouble));
  to.words("detail", status.detail);
  to.words("next_try", time_text(status.next_try));
  to.words("reconciled", time_text(status.reconciled));
  to.number("lag_s", status.lag.count());
  to.end();
  replace_file(file_in(state_dir), text + "\n", Readable::by_us);
}

}  // namespace papertray
