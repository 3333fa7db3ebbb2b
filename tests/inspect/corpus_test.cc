// Other projects' test mails, where they lie beside this one: none of them ends a worker.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "inspect/fake_mail.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// Expected results and the like lie beside the mails.
bool looks_like_mail(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  const std::string name = file.filename().string();
  for (const char* other : {".json", ".out", ".xml", ".ref", ".list", ".yml", ".md"})
    if (extension == other) return false;
  return name != "SOURCE" && name != "LICENSE" && name.find("_decoded_") == std::string::npos;
}

}  // namespace

TEST_CASE("every mail of the corpora is answered") {
  Mails all;
  std::vector<std::string> names;
  for (const char* set : {"/mail", "/mail-gpl"}) {
    const std::filesystem::path folder = std::string(CORPUS_DIR) + set;
    if (!std::filesystem::is_directory(folder)) {
      MESSAGE("skipped: no corpus at " << folder.string());
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file() || !looks_like_mail(entry.path())) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      all.push_back(std::make_shared<FakeMail>(bytes.str()));
      names.push_back(entry.path().string());
    }
  }
  WorkerInspector inspector(real_worker());
  std::size_t pdfs = 0;
  std::size_t answered = 0;
  inspector.inspect(all, [&](std::size_t index, const Inspected& inspected) {
    CAPTURE(names[index]);
    CHECK(inspected.quarantine == "");
    ++answered;
    for (const Part& part : inspected.message.parts) {
      if (!part.pdf) continue;
      ++pdfs;
      CHECK(pdf_bytes(*inspected.parts, part).size() == part.size);
    }
  });
  CHECK(answered == all.size());
  if (!all.empty()) MESSAGE(answered << " mails, " << pdfs << " PDFs");
}
