// docs/json.md says what the code prints: each example is the code's own, each table names exactly the
// fields that there are.
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "report/golden.h"
#include "report/json.h"
#include "report/pages_samples.h"
#include "report/rendered.h"
#include "report/samples.h"
#include "report/written.h"

namespace papertray {
namespace {

using Json = nlohmann::ordered_json;

const std::string page_path = std::string(REPORT_ROOT) + "/docs/json.md";

std::map<std::string, std::string> documents() {
  return {
      {"status", status_json(sample::status(), sample::now())},
      {"list-papers", papers_json({sample::papers()[0]})},
      {"list-questions", questions_json({sample::questions()[0]})},
      {"list-messages", messages_json({sample::messages()[0]})},
      {"list-triage", triage_json({sample::messages()[1]})},
      {"list-outbox", outbox_json({sample::outbox()[1]})},
      {"show-outbox", letter_json(sample::letter(), "Dear author,\n")},
      {"outbox-retry", ordered_json(sample::ordered())},
      {"acts", acted_json(sample::acted())},
      {"notify", notices_json(sample::notices())},
      {"template", rendered_json({{"late", {"Received late", "Hello,\n", "<p>Hello,</p>\n"}}})},
      {"show-submission", submission_json(sample::submission())},
      {"show-message", message_json(sample::message())},
      {"explain", explain_json(sample::explanation())},
      {"doctor", doctor_json({sample::checks()[1]})},
      {"init", init_json(sample::init())},
      {"check-pdf", paper_check_json({sample::checked_paper()})},
      {"audit", audit_json(sample::audit())},
      {"import", taken_json(sample::taken())},
      {"rebuild", rebuilt_json(sample::rebuilt())},
      {"site", written_json({.command = "site",
                             .to = "/var/www/workshop",
                             .what = "accepted papers",
                             .items = 31,
                             .files = 68,
                             .bytes = 7'654'321})},
      {"replay", replay_json(sample::replay())},
      {"recheck", rechecked_json({.checked = 41, .with_findings = 6, .failed = 0, .stopped = false})},
      {"dry-run", would_take_json({sample::would_take()[0]})},
  };
}

// The part of the page under `## papertray/NAME/1`.
std::string section(const std::string& page, const std::string& name) {
  const std::size_t begin = page.find("\n## papertray/" + name + "/1\n");
  if (begin == std::string::npos) return "";
  return page.substr(begin, page.find("\n## ", begin + 1) - begin);
}

// `field` at the beginning of each table row.
std::set<std::string> documented_fields(const std::string& text) {
  std::set<std::string> fields;
  for (std::size_t at = text.find("\n| `"); at != std::string::npos; at = text.find("\n| `", at + 1)) {
    const std::size_t begin = at + 4;
    fields.insert(text.substr(begin, text.find('`', begin) - begin));
  }
  return fields;
}

struct Named {
  std::string path;
  Json value;
};

// "tracks.*.late", "items[].id": every path to a value; tracks are named by the rules.
std::set<std::string> printed_fields(const Json& document) {
  std::set<std::string> fields;
  std::vector<Named> left = {{"", document}};
  while (!left.empty()) {
    const Named named = left.back();
    left.pop_back();
    if (named.value.is_object()) {
      for (const auto& [name, value] : named.value.items()) {
        const std::string last = named.path == "tracks" ? "*" : name;
        left.push_back({named.path.empty() ? last : named.path + "." + last, value});
      }
    } else if (named.value.is_array() && !named.value.empty() && named.value[0].is_object()) {
      for (const Json& item : named.value)
        left.push_back({named.path + "[]", item});
    } else {
      fields.insert(named.path);
    }
  }
  return fields;
}

constexpr std::string_view fence = "```json\n";

std::string example(const std::string& text) {
  const std::size_t begin = text.find(fence);
  if (begin == std::string::npos) return "";
  return text.substr(begin + fence.size(),
                     text.find("```", begin + fence.size()) - begin - fence.size());
}

void update_examples() {
  std::string page = read_file(page_path);
  for (const auto& [name, text] : documents()) {
    const std::size_t begin = page.find("\n## papertray/" + name + "/1\n");
    REQUIRE(begin != std::string::npos);
    const std::size_t open = page.find(fence, begin) + fence.size();
    page.replace(open, page.find("```", open) - open, text);
  }
  write_file(page_path, page);
}

}  // namespace

TEST_CASE("docs/json.md shows what is printed") {
  if (updating_goldens()) update_examples();
  const std::string page = read_file(page_path);
  REQUIRE_FALSE(page.empty());
  for (const auto& [name, text] : documents()) {
    CAPTURE(name);
    CHECK(example(section(page, name)) == text);
  }
}

TEST_CASE("docs/json.md names every field and no other") {
  const std::string page = read_file(page_path);
  for (const auto& [name, text] : documents()) {
    CAPTURE(name);
    const std::string words = section(page, name);
    const std::set<std::string> documented = documented_fields(words);
    const std::set<std::string> printed = printed_fields(Json::parse(text));
    for (const std::string& field : printed) {
      CAPTURE(field);
      CHECK(documented.contains(field));
    }
    for (const std::string& field : documented) {
      CAPTURE(field);
      CHECK(printed.contains(field));
    }
  }
}

}  // namespace papertray
