// What the kernel says of this process's children: the inspector's workers.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace papertray::test {

struct WorkerLook {
  int alive = 0;
  std::uint64_t peak_bytes = 0;     // the largest resident memory that any of them ever had
  std::uint64_t address_space = 0;  // the largest limit; ~0 for none
  double seconds = 0;               // processor time of those that live and those that have ended
};

inline std::uint64_t after_word(const std::string& text, const std::string& word) {
  const auto at = text.find(word);
  if (at == std::string::npos) return 0;
  std::istringstream in(text.substr(at + word.size()));
  std::uint64_t value = 0;
  return in >> value ? value : ~std::uint64_t{0};  // "unlimited"
}

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline WorkerLook look_at_workers() {
  WorkerLook look;
  const std::string parent = std::to_string(::getpid());
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename().string();
    if (!std::all_of(pid.begin(), pid.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
      continue;
    // proc(5): fields behind the name in brackets are state, parent, ...; 14 and 15 are the times.
    const std::string stat = text_of(entry.path() / "stat");  // "" when it has just ended
    std::istringstream in(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string word, state, father;
    in >> state >> father;
    if (father != parent || state == "Z") continue;
    for (int i = 5; i < 14; ++i)
      in >> word;
    double user = 0, system = 0;
    in >> user >> system;
    look.seconds += (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    ++look.alive;
    look.peak_bytes =
        std::max(look.peak_bytes, after_word(text_of(entry.path() / "status"), "VmHWM:") * 1024);
    look.address_space =
        std::max(look.address_space, after_word(text_of(entry.path() / "limits"), "Max address space"));
  }
  rusage ended{};
  ::getrusage(RUSAGE_CHILDREN, &ended);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  look.seconds += seconds(ended.ru_utime) + seconds(ended.ru_stime);
  return look;
}

}  // namespace papertray::test
