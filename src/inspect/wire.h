// What papertray and papertray-inspect say to each other, over one SOCK_SEQPACKET socket:
//
//   worker -> client   Hello, once, when the sandbox stands and before it reads anything
//   client -> worker   Request, with the raw mail behind it in the packet, or, for a larger one, with
//   two
//                      descriptors: the raw mail and an empty output file
//   worker -> client   Answer, one for each Request, in order; to a Request of one packet with the
//                      output behind it, or `outgrown` when that would not fit
//
// Both run on one machine and come from one build, so structs travel as they are. The client takes
// the worker for hostile: every number of an Answer is checked before it is used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "inspect/unique_fd.h"

namespace papertray::wire {

inline constexpr std::uint32_t version = 2;

// Mails and outputs up to these sizes travel in the packets: two files in memory for each mail of 3 KB,
// made, filled, passed and unmade, were a tenth of a first scan's CPU. With four mails ahead all of them
// fit into a socket's buffers (208 KB on Linux), so neither side waits for the other to read.
inline constexpr std::size_t packet_mail_bytes = std::size_t{16} * 1024;
inline constexpr std::size_t packet_output_bytes = std::size_t{32} * 1024;

// Where the worker finds its end of the socket.
inline constexpr int socket_fd = 3;

struct Hello {
  std::uint32_t version = wire::version;
  std::uint32_t layers = 0;  // Layers::bits
  std::int32_t landlock_abi = 0;
  std::uint32_t reserved = 0;
};

struct Request {
  std::uint32_t version = wire::version;
  std::uint32_t in_packet = 0;  // 1: the mail stands behind this
  std::uint64_t id = 0;
  std::uint64_t size = 0;  // of the mail, bytes
};

enum class Status : std::uint32_t {
  read = 0,      // the JSON is a message
  refused = 1,   // the JSON is {"refused": "one sentence"}: a cap was reached
  outgrown = 2,  // the output does not fit into a packet: to be asked again with files
};

struct Answer {
  std::uint32_t version = wire::version;
  Status status = Status::read;
  std::uint64_t id = 0;
  std::uint64_t json_offset = 0;  // into the output; PDFs lie before it
  std::uint64_t json_length = 0;
};

static_assert(std::is_trivially_copyable_v<Hello> && std::is_trivially_copyable_v<Request> &&
              std::is_trivially_copyable_v<Answer>);

// False when the other side is gone. EINTR is taken care of.
bool send_hello(int socket, const Hello& hello);
bool send_request(int socket, Request request, int mail, int output);
bool send_request(int socket, Request request, std::string_view mail);
// `output`: of a Request in one packet; "" when it is in the file.
bool send_answer(int socket, const Answer& answer, std::string_view output);

struct Received {
  Request request;
  std::string bytes;  // the mail, when it came in the packet
  UniqueFd mail;      // otherwise
  UniqueFd output;
};

// Waits for the next request; nullopt when the client has closed its end or sent something else.
std::optional<Received> receive_request(int socket);

enum class Got { packet, nothing, gone, garbage };

// One packet that must not be longer than it may; does not wait. Descriptors that come with it are
// dropped by the kernel, because no room is given for them.
Got receive_hello(int socket, Hello& hello);
Got receive_answer(int socket, Answer& answer, std::string& output);

}  // namespace papertray::wire
