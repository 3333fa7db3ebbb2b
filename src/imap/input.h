// The server's bytes, one by one or in runs, with bounds: no line is longer than its budget, no wait
// longer than our patience.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "imap/wire.h"

namespace papertray {

// A response without its literals: flags, codes, names. Ten times what servers send.
inline constexpr std::uint64_t longest_line = 64ULL * 1024;

class Input {
 public:
  // `server` is named in errors: "imap.example.org:993". Once the descriptor `stop` (-1: none) can be
  // read, everything that is waited for must come within stop_grace: Stopped else.
  Input(Wire& wire, std::string server, std::chrono::milliseconds patience, int stop = -1);

  // A new response begins: so many bytes of it may be read with peek and get.
  void begin_line(std::uint64_t budget = longest_line) { budget_ = budget; }

  char peek() {
    if (next_ == end_) refill();
    return buffer_[next_];
  }
  char get() {
    const char c = peek();
    if (budget_ == 0) bad("a line is longer than any line may be");
    --budget_;
    ++next_;
    return c;
  }

  // The next `size` bytes, whatever they are, in pieces; they do not count against the line's budget.
  void pass(std::uint64_t size, const std::function<void(std::span<const char>)>& piece);

  // Waits for bytes, at most so long or until the descriptor `wake` can be read; false: none came.
  bool wait(std::chrono::milliseconds at_most, int wake);

  // Goes on with another wire, around the first one; returns what this one has brought and nobody read.
  std::string leave();
  void use(Wire& wire) { wire_ = &wire; }

  std::chrono::milliseconds patience() const { return patience_; }
  void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }
  const std::string& server() const { return server_; }

  // The server broke the protocol. Throws Failure (account).
  [[noreturn]] void bad(const std::string& why) const;

 private:
  void refill();
  bool take(std::optional<std::size_t> count);
  [[noreturn]] void lost(const std::string& how) const;

  Wire* wire_;
  std::string server_;
  std::chrono::milliseconds patience_;
  int stop_;
  std::optional<std::chrono::steady_clock::time_point> give_up_at_;  // when stopping
  std::vector<char> buffer_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  std::uint64_t budget_ = longest_line;
};

}  // namespace papertray
