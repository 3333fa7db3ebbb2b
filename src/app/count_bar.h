// How far a work of so many things is: one line on standard error that is drawn anew, when that is a
// terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace papertray {

class CountBar {
 public:
  // `things`: "papers".
  CountBar(bool quiet, std::string things);
  ~CountBar();
  CountBar(const CountBar&) = delete;
  CountBar& operator=(const CountBar&) = delete;

  void show(std::int64_t done, std::int64_t all);

 private:
  std::string things_;
  bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point began_, last_;
};

// "[#####...............] 25 %, 500 of 2,000 papers, 60 a second, 25 s left"
std::string count_line(std::int64_t done, std::int64_t all, std::chrono::duration<double> spent,
                       const std::string& things);

}  // namespace papertray
