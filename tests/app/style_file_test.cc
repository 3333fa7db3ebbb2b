// Styles as files: what is shipped is right, what is wrong is told with its line.
#include "app/style_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "core/error.h"

using namespace papertray;

namespace {

std::string shipped(const std::string& name) {
  std::ifstream in(std::string(PAPERTRAY_ROOT) + "/rules/styles/" + name + ".toml");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string refusal(const std::string& text) {
  try {
    parse_style(text, "s.toml", "s");
  } catch (const Failure& failure) {
    return failure.error().text;
  }
  return "";
}

}  // namespace

TEST_CASE("style: NIPS 2017 is what its file says") {
  const PaperStyle style = load_style("nips2017", "");
  CHECK(style.id == "nips2017");
  CHECK(style.name == "NIPS 2017");
  CHECK(style.width == 612);
  CHECK(style.left == 108);
  CHECK(style.block_width == 396);
  CHECK(style.pages == 2);
  CHECK(style.columns == 1);
  CHECK(style.size_error_below == doctest::Approx(9.71));
  CHECK(style.version.size() == 16);
  CHECK_FALSE(style.count_all);
}

TEST_CASE("style: those built in are the files, and every file is built in") {
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(PAPERTRAY_ROOT) + "/rules/styles"))
    files += entry.path().extension() == ".toml" ? 1U : 0U;
  CHECK(built_in_styles().size() == files);
  for (const BuiltInStyle& style : built_in_styles())
    CHECK(shipped(style.id) == style.toml);
}

TEST_CASE("style: another text is another version") {
  const std::string text = shipped("acl");
  CHECK(parse_style(text, "a", "a").version != parse_style(text + "\n", "a", "a").version);
}

TEST_CASE("style: a mistake is told with its line, key and what is right") {
  const std::string good = shipped("acl");
  CHECK(refusal(good).empty());
  struct {
    const char* what;
    const char* by;
    const char* told;
  } const table[] = {
      {"left = \"25mm\"", "left = \"25\"", "[block] left wants a length with its unit"},
      {"left = \"25mm\"", "left = 25", "[block] left wants a text in quotes"},
      {"left = \"25mm\"", "left = \"-25mm\"", "wants a length"},
      {"left = \"25mm\"", "left = \"999in\"", "wants a length"},
      {"left = \"25mm\"", "lefd = \"25mm\"", "did you mean \"left\"?"},
      {"columns = 2", "columns = 3", "wants a whole number from 1 to 2"},
      {"count = \"main\"", "count = \"some\"", "is \"main\" or \"all\""},
      {"\"references\",", "\"References\",", "write small letters without blanks"},
      {"[margin]", "[margins]", "did you mean \"margin\"?"},
      {"family = \"Times\"", "", "family is missing"},
  };
  for (const auto& row : table) {
    CAPTURE(row.by);
    const std::string told = refusal(replaced(good, row.what, row.by));
    CHECK(told.find(row.told) != std::string::npos);
    CHECK(told.starts_with("s.toml:"));
  }
}

TEST_CASE("style: beside the rules goes before built in, and an unknown one names those there are") {
  const std::string folder =
      std::filesystem::temp_directory_path() / ("papertray-style-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder + "/styles");
  std::ofstream(folder + "/styles/acl.toml")
      << replaced(shipped("acl"), "name = \"ACL\"", "name = \"Ours\"");
  CHECK(load_style("acl", folder + "/rules.toml").name == "Ours");
  CHECK(load_style("nips2017", folder + "/rules.toml").name == "NIPS 2017");
  CHECK(load_style(folder + "/styles/acl.toml", "").name == "Ours");
  std::filesystem::remove_all(folder);
  try {
    load_style("nips2071", "");
    FAIL("taken");
  } catch (const Failure& failure) {
    CHECK(failure.error().text.find("did you mean \"nips2017\"?") != std::string::npos);
    CHECK(failure.error().text.find("acl") != std::string::npos);
  }
}

TEST_CASE("style: what a track says goes before") {
  PaperStyle style = load_style("nips2017", "");
  Track track;
  apply_format(style, track);
  CHECK(style.pages == 2);
  track.pages = 4;
  track.paper = "a4";
  apply_format(style, track);
  CHECK(style.pages == 4);
  CHECK(style.paper == "A4");
  CHECK(style.width == doctest::Approx(595.276));
}

TEST_CASE("style: a track without one looks at its limit and paper alone") {
  Track track;
  track.pages = 3;
  const PaperStyle style = style_of(track, "");
  CHECK(style.pages == 3);
  CHECK(style.block_width == 0);
  CHECK_FALSE(style.stop_headings.empty());
  track.pages = 4;
  CHECK(style_of(track, "").version != style.version);
}
