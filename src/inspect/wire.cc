#include "inspect/wire.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace papertray::wire {
namespace {

constexpr std::size_t descriptors = 2;

template <typename Packet>
bool send_packet(int socket, const Packet& packet) {
  for (;;) {
    const ssize_t sent = ::send(socket, &packet, sizeof packet, MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent) == sizeof packet;
    if (errno != EINTR) return false;
  }
}

template <typename Packet>
Got receive_packet(int socket, Packet& packet) {
  for (;;) {
    // MSG_TRUNC: the true length is returned, so a packet that is too long is seen as such.
    const ssize_t got = ::recv(socket, &packet, sizeof packet, MSG_DONTWAIT | MSG_TRUNC);
    if (got == 0) return Got::gone;
    if (got > 0) {
      const bool whole = static_cast<std::size_t>(got) == sizeof packet;
      return whole && packet.version == version ? Got::packet : Got::garbage;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return Got::nothing;
    if (errno != EINTR) return Got::gone;
  }
}

}  // namespace

bool send_hello(int socket, const Hello& hello) {
  return send_packet(socket, hello);
}

bool send_answer(int socket, const Answer& answer) {
  return send_packet(socket, answer);
}

Got receive_hello(int socket, Hello& hello) {
  return receive_packet(socket, hello);
}

Got receive_answer(int socket, Answer& answer) {
  return receive_packet(socket, answer);
}

bool send_request(int socket, const Request& request, int mail, int output) {
  const std::array<int, descriptors> passed = {mail, output};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof passed)> control{};
  Request copy = request;
  iovec data{&copy, sizeof copy};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof passed);
  std::memcpy(CMSG_DATA(header), passed.data(), sizeof passed);
  for (;;) {
    const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent) == sizeof copy;
    if (errno != EINTR) return false;
  }
}

std::optional<Received> receive_request(int socket) {
  Received received;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * descriptors)> control{};
  iovec data{&received.request, sizeof received.request};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = -1;
  do {
    got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(sizeof received.request)) return std::nullopt;

  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  std::array<int, descriptors> passed{-1, -1};
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(sizeof passed))
    return std::nullopt;
  std::memcpy(passed.data(), CMSG_DATA(header), sizeof passed);
  received.mail = UniqueFd(passed[0]);
  received.output = UniqueFd(passed[1]);
  if (received.request.version != version) return std::nullopt;
  return received;
}

}  // namespace papertray::wire
