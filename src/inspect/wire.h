// What papertray and papertray-inspect say to each other, over one SOCK_SEQPACKET socket:
//
//   worker -> client   Hello, once, when the sandbox stands and before it reads anything
//   client -> worker   Request, with two descriptors: the raw mail and an empty output file
//   worker -> client   Answer, one for each Request, in order
//
// Both run on one machine and come from one build, so structs travel as they are. The client takes
// the worker for hostile: every number of an Answer is checked before it is used.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>

#include "inspect/unique_fd.h"

namespace papertray::wire {

inline constexpr std::uint32_t version = 1;

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
  std::uint32_t reserved = 0;
  std::uint64_t id = 0;
  std::uint64_t size = 0;  // of the mail, bytes
};

enum class Status : std::uint32_t {
  read = 0,     // the JSON is a message
  refused = 1,  // the JSON is {"refused": "one sentence"}: a cap was reached
};

struct Answer {
  std::uint32_t version = wire::version;
  Status status = Status::read;
  std::uint64_t id = 0;
  std::uint64_t json_offset = 0;  // into the output file; PDFs lie before it
  std::uint64_t json_length = 0;
};

static_assert(std::is_trivially_copyable_v<Hello> && std::is_trivially_copyable_v<Request> &&
              std::is_trivially_copyable_v<Answer>);

// False when the other side is gone. EINTR is taken care of.
bool send_hello(int socket, const Hello& hello);
bool send_request(int socket, const Request& request, int mail, int output);
bool send_answer(int socket, const Answer& answer);

struct Received {
  Request request;
  UniqueFd mail;
  UniqueFd output;
};

// Waits for the next request; nullopt when the client has closed its end or sent something else.
std::optional<Received> receive_request(int socket);

enum class Got { packet, nothing, gone, garbage };

// One packet that must have exactly that size; does not wait. Descriptors that come with it are
// dropped by the kernel, because no room is given for them.
Got receive_hello(int socket, Hello& hello);
Got receive_answer(int socket, Answer& answer);

}  // namespace papertray::wire
