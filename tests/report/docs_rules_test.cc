// docs/rules.md names every key of the rules file and every variable of the templates, and the shipped
// rules hold what they should.
#include <set>

#include <doctest/doctest.h>
#include <toml++/toml.h>

#include "core/deadline.h"
#include "core/receipt.h"
#include "report/golden.h"

namespace papertray {
namespace {

const std::string root = REPORT_ROOT;

std::set<std::string> rows_under(const std::string& page, const std::string& heading) {
  const std::size_t begin = page.find("\n## " + heading + "\n");
  if (begin == std::string::npos) return {};
  const std::string part = page.substr(begin, page.find("\n## ", begin + 1) - begin);
  std::set<std::string> names;
  for (std::size_t at = part.find("\n| `"); at != std::string::npos; at = part.find("\n| `", at + 1))
    names.insert(part.substr(at + 4, part.find('`', at + 4) - at - 4));
  return names;
}

// "workshop.name", "track.format.pages"
void keys_of(const toml::table& table, const std::string& before, std::set<std::string>& keys) {
  for (const auto& [key, node] : table) {
    const std::string name = before + std::string(key.str());
    if (const toml::table* inner = node.as_table())
      keys_of(*inner, name + ".", keys);
    else if (const toml::array* array = node.as_array(); array && array->is_array_of_tables())
      for (const toml::node& one : *array)
        keys_of(*one.as_table(), name + ".", keys);
    else
      keys.insert(name);
  }
}

}  // namespace

TEST_CASE("docs/rules.md explains every variable and no other") {
  const std::set<std::string> documented = rows_under(read_file(root + "/docs/rules.md"), "Variables");
  const std::set<std::string> known(receipt_view_names().begin(), receipt_view_names().end());
  REQUIRE_FALSE(known.empty());
  for (const std::string& name : known) {
    CAPTURE(name);
    CHECK(documented.contains(name));
  }
  for (const std::string& name : documented) {
    CAPTURE(name);
    CHECK(known.contains(name));
  }
}

TEST_CASE("docs/rules.md names every receipt") {
  const std::set<std::string> documented = rows_under(read_file(root + "/docs/rules.md"), "Receipts");
  std::set<std::string> kinds;
  for (const ReceiptKind kind : all_receipt_kinds)
    kinds.insert(std::string(receipt_kind_name(kind)) + ".txt");
  CHECK(documented == kinds);
}

TEST_CASE("the shipped rules use every documented key, and document every key") {
  const toml::table rules = toml::parse_file(root + "/rules/dlsc2017.toml");
  std::set<std::string> used;
  keys_of(rules, "", used);
  CHECK(rows_under(read_file(root + "/docs/rules.md"), "Keys") == used);
}

TEST_CASE("every key of the shipped rules has its comment") {
  const std::string text = read_file(root + "/rules/dlsc2017.toml");
  std::set<std::string> commented;
  std::string before;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t equals = line.find(" = ");
    if (!line.starts_with('#') && equals != std::string::npos) {
      const std::string key = line.substr(0, equals);
      // The second track repeats the keys that the first one explains.
      CAPTURE(key);
      CHECK((before.starts_with("#") || commented.contains(key)));
      commented.insert(key);
      ++count;
    }
    before = line;
  }
  CHECK(count > 10);
}

TEST_CASE("the shipped deadlines mean what the call for papers said") {
  const toml::table rules = toml::parse_file(root + "/rules/dlsc2017.toml");
  const std::string zone = *rules["workshop"]["timezone"].value<std::string>();
  const auto last = [&](const char* key) {
    return rfc3339(parse_deadline(*rules["track"][0][key].value<std::string>(), zone).last);
  };
  CHECK(last("due") == "2017-11-04T00:59:59Z");
  CHECK(last("final_due") == "2017-11-29T11:59:59Z");
}

}  // namespace papertray
