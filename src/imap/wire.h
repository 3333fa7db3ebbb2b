// A two-way stream of bytes to an IMAP server that has let us in: libcurl's connection, a deflate layer
// around one, or a test's script. Not thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/error.h"
#include "net/server.h"

namespace papertray {

// The connection ended or went silent; a new one may do. (A server that breaks the protocol is a plain
// Failure: a new connection would bring the same.)
class ConnectionLost : public Failure {
 public:
  using Failure::Failure;
};

class Wire {
 public:
  virtual ~Wire() = default;
  // All of it, or ConnectionLost.
  virtual void send(std::string_view bytes) = 0;
  // Waits for bytes, at most `patience`, and returns how many came; 0: the server has closed;
  // nullopt: nothing came in time, or the descriptor `wake` (-1: none) can be read before. Throws
  // ConnectionLost when the connection broke.
  virtual std::optional<std::size_t> receive(std::span<char> buffer, std::chrono::milliseconds patience,
                                             int wake = -1) = 0;
  // The time that patience is measured by.
  virtual std::chrono::steady_clock::time_point now() const { return std::chrono::steady_clock::now(); }
};

// DNS, TCP, TLS and login by libcurl; then the session is ours: authenticated, nothing selected. What
// the server said right after its login OK may be missing, so begin with a command whose tag can be
// waited for. Reads the secret. Throws Failure (account), or Stopped.
std::unique_ptr<Wire> connect_imap(const Server& server);

}  // namespace papertray
