// Runs a fuzz target over the files and folders it is given, in order; then over each file's halves,
// since a text that is cut is the commonest harm.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz/target.h"

namespace {

void try_bytes(const std::string& bytes) {
  // A copy of exactly its size: the sanitizer sees a read behind it.
  const std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    if (!std::filesystem::is_directory(arguments[i])) {
      files.emplace_back(arguments[i]);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i]))
      if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string all = bytes.str();
    try_bytes(all);
    try_bytes(all.substr(0, all.size() / 2));
    try_bytes(all.substr(all.size() / 2));
  }
  std::printf("%zu seeds\n", files.size());
  return files.empty() ? 1 : 0;  // no seeds: nothing was tried
}
