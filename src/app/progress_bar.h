// How far an import, a rebuild or an export is: one line on standard error that is drawn anew, when that
// is a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "intake/watcher.h"

namespace papertray {

// `total_bytes` are those of all the mails there are to read, `total_mails` their number; 0 when nobody
// knows. `what` is counted: "mail", "paper". Warnings are told in any case, terminal or not.
std::unique_ptr<Watcher> progress_bar(bool quiet, std::uint64_t total_bytes, std::size_t total_mails = 0,
                                      std::string_view what = "mail");

struct Progress {
  std::size_t mails = 0;
  std::uint64_t bytes = 0;
  std::uint64_t total_bytes = 0;  // 0: unknown, as the next
  std::size_t total_mails = 0;
  std::chrono::duration<double> spent{0};
  std::string_view what = "mail";
};

// "[#####...............] 25 %, 1,234 mails, 410 a second, 9 s left"
std::string progress_line(const Progress& progress);

}  // namespace papertray
