#include "report/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include <doctest/doctest.h>

namespace papertray {

bool updating_goldens() {
  const char* wish = std::getenv("PAPERTRAY_UPDATE_GOLDENS");
  return wish && std::string_view(wish) == "1";
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(REPORT_TESTS) + "/" + name;
  if (updating_goldens()) write_file(path, text);
  INFO("golden file " << name);
  REQUIRE(std::filesystem::exists(path));
  CHECK(read_file(path) == text);
}

}  // namespace papertray
