#include "inspect/corpus.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

namespace papertray::test {
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

std::filesystem::path corpus_folder() {
  const char* elsewhere = std::getenv("PAPERTRAY_CORPUS");
  return elsewhere ? elsewhere : CORPUS_DIR;
}

std::vector<CorpusMail> corpus_mails(const std::string& set) {
  const std::filesystem::path folder = corpus_folder().string() + set;
  std::vector<CorpusMail> mails;
  if (!std::filesystem::is_directory(folder)) {
    MESSAGE("skipped: no corpus at " << folder.string());
    return mails;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !looks_like_mail(entry.path())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    mails.push_back({entry.path().lexically_relative(corpus_folder()).string(), bytes.str()});
  }
  std::sort(mails.begin(), mails.end(),
            [](const CorpusMail& a, const CorpusMail& b) { return a.name < b.name; });
  return mails;
}

Mails as_mails(const std::vector<CorpusMail>& corpus) {
  Mails mails;
  for (const CorpusMail& mail : corpus)
    mails.push_back(std::make_shared<FakeMail>(mail.bytes));
  return mails;
}

}  // namespace papertray::test
