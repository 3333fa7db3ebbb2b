#include "inspect/wire.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <span>

#include <sys/socket.h>

namespace papertray::wire {
namespace {

constexpr std::size_t descriptors = 2;

// A struct and what stands behind it.
template <typename Packet>
std::array<iovec, 2> pieces_of(Packet& packet, char* behind, std::size_t size) {
  return {iovec{&packet, sizeof packet}, iovec{behind, size}};
}

// In one piece: the worker's sandbox knows send, and not sendmsg, which can pass descriptors.
template <typename Packet>
bool send_packet(int socket, const Packet& packet, std::string_view behind) {
  std::string whole(sizeof packet + behind.size(), '\0');
  std::memcpy(whole.data(), &packet, sizeof packet);
  std::copy(behind.begin(), behind.end(), whole.begin() + sizeof packet);
  for (;;) {
    const ssize_t sent = ::send(socket, whole.data(), whole.size(), MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent) == whole.size();
    if (errno != EINTR) return false;
  }
}

// What stands behind the packet goes into `behind`. `came`: how much of it.
template <typename Packet>
Got receive_packet(int socket, Packet& packet, std::span<char> behind, std::size_t& came) {
  auto pieces = pieces_of(packet, behind.data(), behind.size());
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = behind.empty() ? 1 : 2;
  for (;;) {
    const ssize_t got = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got == 0) return Got::gone;
    if (got > 0) {
      const auto size = static_cast<std::size_t>(got);
      const bool whole = size >= sizeof packet && (message.msg_flags & MSG_TRUNC) == 0;
      if (!whole || packet.version != version) return Got::garbage;
      came = size - sizeof packet;
      return Got::packet;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return Got::nothing;
    if (errno != EINTR) return Got::gone;
  }
}

}  // namespace

bool send_hello(int socket, const Hello& hello) {
  return send_packet(socket, hello, {});
}

bool send_answer(int socket, const Answer& answer, std::string_view output) {
  return send_packet(socket, answer, output);
}

Got receive_hello(int socket, Hello& hello) {
  std::size_t nothing = 0;
  return receive_packet(socket, hello, {}, nothing);
}

Got receive_answer(int socket, Answer& answer, std::string& output) {
  // Not into the string, which would be filled with zeros first.
  std::array<char, packet_output_bytes> buffer;
  std::size_t came = 0;
  const Got got = receive_packet(socket, answer, buffer, came);
  output.assign(buffer.data(), came);
  return got;
}

bool send_request(int socket, Request request, std::string_view mail) {
  request.in_packet = 1;
  return send_packet(socket, request, mail);
}

bool send_request(int socket, Request request, int mail, int output) {
  const std::array<int, descriptors> passed = {mail, output};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof passed)> control{};
  iovec data{&request, sizeof request};
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
    if (sent >= 0) return static_cast<std::size_t>(sent) == sizeof request;
    if (errno != EINTR) return false;
  }
}

std::optional<Received> receive_request(int socket) {
  Received received;
  std::array<char, packet_mail_bytes> buffer;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * descriptors)> control{};
  auto pieces = pieces_of(received.request, buffer.data(), buffer.size());
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = -1;
  do {
    got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < static_cast<ssize_t>(sizeof received.request) || received.request.version != version)
    return std::nullopt;
  received.bytes.assign(buffer.data(), static_cast<std::size_t>(got) - sizeof received.request);
  if (received.request.in_packet != 0) {
    if (received.bytes.size() != received.request.size) return std::nullopt;
    return received;
  }

  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  std::array<int, descriptors> passed{-1, -1};
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(sizeof passed))
    return std::nullopt;
  std::memcpy(passed.data(), CMSG_DATA(header), sizeof passed);
  received.mail = UniqueFd(passed[0]);
  received.output = UniqueFd(passed[1]);
  return received;
}

}  // namespace papertray::wire
