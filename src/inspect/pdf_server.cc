#include "inspect/pdf_server.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "inspect/pdf_asked.h"
#include "inspect/pdf_worker.h"
#include "inspect/unique_fd.h"

namespace papertray {
namespace {

struct Request {
  unsigned asked = 0;
  UniqueFd pdf, answer;
};

// False: nobody asks any more.
bool receive(Request& request) {
  std::uint8_t asked = 0;
  iovec said{&asked, 1};
  std::array<int, 2> given{-1, -1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof given)> room{};
  msghdr message{};
  message.msg_iov = &said;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  ssize_t got = 0;
  do
    got = ::recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const cmsghdr* rights = CMSG_FIRSTHDR(&message);
  if (got != 1 || !rights || rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS ||
      rights->cmsg_len != CMSG_LEN(sizeof given))
    return false;
  std::memcpy(given.data(), CMSG_DATA(rights), sizeof given);
  request.asked = asked;
  request.pdf = UniqueFd(given[0]);
  request.answer = UniqueFd(given[1]);
  return true;
}

// The fork: what it has is the PDF and the place for its answer.
[[noreturn]] void read(const Request& request) {
  if (::dup2(request.pdf.get(), STDIN_FILENO) < 0 || ::dup2(request.answer.get(), STDOUT_FILENO) < 0)
    ::_exit(pdf_self_test_failed);
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  ::_exit(read_one_pdf(request.asked));
}

}  // namespace

int run_pdf_server() {
  ::setpgid(0, 0);  // fails for a leader of its session, whose group it leads, too
  if (!prepare_pdf_reading()) return pdf_self_test_failed;
  for (Request request; receive(request); request = Request()) {
    // Not fork(): it is papertray's child, to be waited for there. This process has one thread and
    // nothing that wants to be told of forks.
    const long reader = ::syscall(SYS_clone, CLONE_PARENT | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (reader == 0) read(request);
    const auto started = static_cast<PdfStarted>(reader < 0 ? -errno : reader);
    if (::send(STDIN_FILENO, &started, sizeof started, MSG_NOSIGNAL) != sizeof started) break;
  }
  // papertray has ended, or wants no more: with it all readers that are left. They are of this group.
  if (::getpgrp() == ::getpid()) ::kill(0, SIGKILL);
  return 0;
}

}  // namespace papertray
