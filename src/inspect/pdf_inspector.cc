#include "inspect/pdf_inspector.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "inspect/pdf_answer.h"
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

// Started; killed and waited for at the latest when this goes.
class Reader {
 public:
  Reader(const std::string& program, int pdf, int answer, const std::vector<std::string>& words) {
    posix_spawn_file_actions_init(&files_);
    // The PDF may come as descriptor 0 or 1 itself: out of the way first.
    posix_spawn_file_actions_adddup2(&files_, pdf, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, answer, STDOUT_FILENO);
#ifndef PAPERTRAY_SANITIZED  // what a sanitizer finds is to be seen
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    start(program, words);
  }
  ~Reader() {
    kill();
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
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
  void start(const std::string& program, const std::vector<std::string>& words) {
    std::vector<std::string> texts{"papertray-inspect", "pdf"};
    texts.insert(texts.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (std::string& text : texts)
      arguments.push_back(text.data());
    arguments.push_back(nullptr);
    std::string locale = "LC_ALL=C.UTF-8";
    const std::array<char*, 2> environment{locale.data(), nullptr};
    const int error = ::posix_spawn(&pid_, program.c_str(), &files_, &attributes_, arguments.data(),
                                    environment.data());
    if (error == 0) return;
    pid_ = -1;
    throw cannot_start(program, std::generic_category().message(error));
  }

  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
  pid_t pid_ = -1;
};

// Until the answer ends, or the time. True: it was the time.
bool read_answer(int pipe, PdfAnswer& answer, SteadyTime end) {
  std::array<char, piece> bytes{};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    pollfd wait{pipe, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) return true;
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

PdfReading PdfInspector::read(int pdf, bool with_picture) const {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw cannot_start(options_.program, std::generic_category().message(errno));
  const UniqueFd ours(ends[0]);
  UniqueFd theirs(ends[1]);
  std::vector<std::string> words;
  if (options_.ink) words.emplace_back("ink");
  if (with_picture) words.emplace_back("picture");
  if (options_.unsafe_no_sandbox) words.emplace_back("unsafe");

  const SteadyTime end = std::chrono::steady_clock::now() + options_.limit;
  Reader reader(options_.program, pdf, theirs.get(), words);
  theirs = UniqueFd();
  PdfAnswer answer;
  const bool late = read_answer(ours.get(), answer, end);
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
