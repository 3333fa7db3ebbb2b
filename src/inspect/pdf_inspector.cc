#include "inspect/pdf_inspector.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "inspect/pdf_answer.h"
#include "inspect/pdf_asked.h"
#include "inspect/unique_fd.h"

namespace papertray {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t piece = 64 * 1024;  // a pipe holds as much

Failure cannot_start(const std::string& program, const std::string& why) {
  return Failure(Error{Scope::program, Again::person, Exit::configuration,
                       "cannot start the inspector " + program + ": " + why +
                           "; install papertray-inspect beside papertray"});
}

// Waited for, and killed at the latest when this goes.
class Reader {
 public:
  explicit Reader(pid_t pid) : pid_(pid) {}
  ~Reader() { kill(); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // The status of waitpid.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }
  void kill() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

 private:
  pid_t pid_;
};

// Until the answer ends, or the time. True: it was the time.
bool read_answer(int pipe, PdfAnswer& answer, SteadyTime end, int stop) {
  std::array<char, piece> bytes{};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    std::array<pollfd, 2> waits{{{pipe, POLLIN, 0}, {stop, POLLIN, 0}}};  // poll passes over -1
    const int ready = ::poll(waits.data(), waits.size(), static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) return true;
    if (waits[1].revents != 0) throw Stopped();
    const ssize_t got = ::read(pipe, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    if (!answer.take({bytes.data(), static_cast<std::size_t>(got)})) return false;
  }
}

PdfEnd end_of_signal(int signal) {
  switch (signal) {
    case SIGXCPU:
      return PdfEnd::time;
    case SIGABRT:  // an allocation that poppler does not survive
    case SIGKILL:  // the kernel, for want of memory
      return PdfEnd::memory;
    default:
      return PdfEnd::crash;
  }
}

// Every stage that did not end and was not told, from the one it died in.
void fail_rest(PdfFacts& facts, PdfStage stage, PdfEnd end, const std::string& detail) {
  for (int i = static_cast<int>(stage); i <= static_cast<int>(PdfStage::title); ++i)
    if (!facts.failure(static_cast<PdfStage>(i)))
      facts.failures.push_back({static_cast<PdfStage>(i), end, detail});
  if (stage == PdfStage::ink && !facts.failure(stage)) facts.failures.push_back({stage, end, detail});
}

}  // namespace

// What takes long by itself is ended by its processor time. One that did not come to use that was
// waiting for a busy machine, which says nothing of its PDF: the next one may have more luck.
PdfReading PdfInspector::read(int pdf, bool with_picture) {
  constexpr int most = 3;
  for (int readers = 1;; ++readers) {
    bool late = false;
    PdfReading reading = read_once(pdf, with_picture, late);
    if (!late || readers == most) return reading;
  }
}

PdfReading PdfInspector::read_once(int pdf, bool with_picture, bool& late) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw cannot_start(options_.program, std::generic_category().message(errno));
  const UniqueFd ours(ends[0]);
  UniqueFd theirs(ends[1]);
  const unsigned asked = (options_.ink ? pdf_asked_ink : 0U) | (with_picture ? pdf_asked_picture : 0U) |
                         (options_.unsafe_no_sandbox ? pdf_asked_unsafe : 0U);

  Reader reader(readers_.start(pdf, theirs.get(), asked));
  const SteadyTime end = std::chrono::steady_clock::now() + options_.limit;
  theirs = UniqueFd();
  PdfAnswer answer;
  late = read_answer(ours.get(), answer, end, options_.stop);
  if (late || !answer.wrong().empty()) {
    reader.kill();
    const PdfEnd why = late ? PdfEnd::time : PdfEnd::garbage;
    fail_rest(answer.facts, answer.next(), why, late ? "the time limit" : answer.wrong());
  } else {
    const int status = reader.wait();
    if (!answer.ready() || (!answer.layers().seccomp && !options_.unsafe_no_sandbox)) {
      if (answer.ready())
        throw cannot_start(options_.program, "this system gives it no sandbox (seccomp)");
      throw cannot_start(options_.program,
                         WIFSIGNALED(status)
                             ? "it was killed by signal " + std::to_string(WTERMSIG(status))
                             : "it ended with exit code " + std::to_string(WEXITSTATUS(status)));
    }
    if (WIFSIGNALED(status))
      fail_rest(answer.facts, answer.next(), end_of_signal(WTERMSIG(status)),
                "signal " + std::to_string(WTERMSIG(status)));
    else if (!answer.ended())
      fail_rest(answer.facts, answer.next(), PdfEnd::crash,
                "exit code " + std::to_string(WEXITSTATUS(status)));
  }
  const std::size_t whole = static_cast<std::size_t>(answer.picture.width) *
                            static_cast<std::size_t>(answer.picture.height) * 3;
  if (answer.picture.pixels.size() != whole) answer.picture = {};
  return {std::move(answer.facts), std::move(answer.picture), answer.layers()};
}

}  // namespace papertray
