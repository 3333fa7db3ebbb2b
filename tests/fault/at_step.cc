// What happens at a step, by two environment variables that only this program knows:
//
//   PAPERTRAY_FAULT=log:sync       ends the program as kill -9 does, the first time it gets there
//   PAPERTRAY_FAULT=log:sync#3     the third time
//   PAPERTRAY_STEPS=FILE           every step, a line each, is appended to FILE
//
// And by a third, how long a segment of the log becomes: PAPERTRAY_SEGMENT_BYTES=5000.
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/fail_point.h"
#include "log/segment_size.h"

namespace papertray {
namespace {

[[noreturn]] void misuse(const std::string& what) {
  std::fprintf(stderr, "papertray-faults: %s\n", what.c_str());
  std::_Exit(64);
}

template <class Number>
Number number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    misuse("no number: " + std::string(text));
  return value;
}

struct Plan {
  std::string step;
  int nth = 1;
  int trace = -1;
  std::uint64_t segment_bytes = std::uint64_t{1} << 40;

  Plan() {
    if (const char* fault = std::getenv("PAPERTRAY_FAULT")) {
      const std::string_view text(fault);
      const std::size_t mark = text.find('#');
      step = text.substr(0, mark);
      if (mark != std::string_view::npos) nth = number<int>(text.substr(mark + 1));
    }
    if (const char* file = std::getenv("PAPERTRAY_STEPS")) {
      trace = ::open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
      if (trace < 0) misuse("cannot write " + std::string(file));
    }
    if (const char* bytes = std::getenv("PAPERTRAY_SEGMENT_BYTES"))
      segment_bytes = number<std::uint64_t>(bytes);
  }
};

const Plan& plan() {
  static const Plan made;
  return made;
}

std::atomic<int> times{0};

// The commands that libcurl sends for us, and the answers to them.
int on_smtp(CURL*, curl_infotype kind, char* bytes, std::size_t size, void*) {
  static thread_local bool data = false;  // DATA was sent and no dot answered
  static thread_local bool going = false;
  const std::string_view text(bytes, size);
  if (kind == CURLINFO_HEADER_OUT) {
    if (text.starts_with("MAIL ")) reached("smtp:mail");
    if (text.starts_with("RCPT ")) reached("smtp:rcpt");
    data = text.starts_with("DATA");
    going = false;
    if (data) reached("smtp:data");
  } else if (kind == CURLINFO_HEADER_IN && data) {
    if (text.starts_with("354")) going = true;
    if (going && text.starts_with("250")) {
      data = false;
      reached("smtp:dot");
    }
  }
  return 0;
}

}  // namespace

void reached(const char* step) {
  const Plan& now = plan();
  if (now.trace >= 0) {
    // Nothing is allocated: steps come in destructors, and in runs without memory.
    char line[64];
    const int size = std::snprintf(line, sizeof line, "%s\n", step);
    if (::write(now.trace, line, static_cast<std::size_t>(size)) != size)
      misuse("cannot write the steps");
  }
  if (now.step == step && ++times == now.nth) {
    ::kill(::getpid(), SIGKILL);
    for (;;)
      ::pause();
  }
}

std::uint64_t usual_segment_bytes() {
  return plan().segment_bytes;
}

}  // namespace papertray

// The linker puts these in the place of libcurl's (--wrap).
extern "C" {
CURLcode __real_curl_easy_perform(CURL* handle);   // NOLINT
CURLcode __wrap_curl_easy_perform(CURL* handle) {  // NOLINT
  curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, &papertray::on_smtp);
  curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
  return __real_curl_easy_perform(handle);
}
}
