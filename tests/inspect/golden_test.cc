// tests/corpus/NAME.eml through the real, sandboxed program; what came out is NAME.json beside it.
// After a change that is meant: PAPERTRAY_WRITE_GOLDENS=1, run, and read the difference.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "inspect/fake_mail.h"
#include "inspect/readable.h"

using namespace papertray;
using namespace papertray::test;

namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::vector<std::filesystem::path> golden_mails() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(MAILS_DIR))
    if (entry.path().extension() == ".eml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("each mail beside its JSON") {
  const auto files = golden_mails();
  REQUIRE(files.size() >= 150);
  std::vector<std::string> texts;
  for (const auto& file : files)
    texts.push_back(content(file));
  WorkerInspector inspector(real_worker());
  const auto results = inspect_all(inspector, mails(std::move(texts)));
  REQUIRE(results.size() == files.size());

  const bool write = std::getenv("PAPERTRAY_WRITE_GOLDENS") != nullptr;
  for (std::size_t i = 0; i < files.size(); ++i) {
    CAPTURE(files[i].filename().string());
    std::filesystem::path json = files[i];
    json.replace_extension(".json");
    const std::string got = readable(results[i]);
    if (write) std::ofstream(json, std::ios::binary) << got;
    CHECK(got == content(json));
    CHECK(results[i].quarantine == "");
  }
}
