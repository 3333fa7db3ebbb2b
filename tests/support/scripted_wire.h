// A server that says what the script says, and expects the client's words to the byte. It can be cut off
// after any byte in either direction, and hand its bytes over one by one.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

#include "imap/wire.h"

namespace papertray::testing {

class Script {
 public:
  // Lines without their CRLF.
  Script& client(const std::string& line) { return add(true, line + "\r\n"); }
  Script& server(const std::string& line) { return add(false, line + "\r\n"); }
  // Bytes as they are.
  Script& raw(const std::string& bytes) { return add(false, bytes); }
  // The server says nothing for as long as it is waited for; the wire's time moves on.
  Script& quiet() { return add(false, "", &Step::quiet); }
  // The server says nothing, and somebody wakes the waiting client.
  Script& woken() { return add(false, "", &Step::woken); }
  // What comes next comes so much later.
  Script& later(std::chrono::milliseconds by) {
    add(false, "");
    steps_.back().later = by;
    return *this;
  }

  struct Step {
    bool from_client;
    std::string bytes;
    bool quiet = false;
    bool woken = false;
    std::chrono::milliseconds later{0};
  };
  const std::vector<Step>& steps() const { return steps_; }
  std::size_t bytes_of(bool client_side) const {
    std::size_t sum = 0;
    for (const Step& step : steps_)
      if (step.from_client == client_side) sum += step.bytes.size();
    return sum;
  }

 private:
  Script& add(bool from_client, std::string bytes, bool Step::*kind = nullptr) {
    steps_.push_back({from_client, std::move(bytes)});
    if (kind != nullptr) steps_.back().*kind = true;
    return *this;
  }
  std::vector<Step> steps_;
};

// The client did not keep to the script. Not a Failure, so that no code under test takes it for one.
// Thrown once; from then on the wire is a closed one, which destructors can bear.
class OffScript : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

struct Cut {
  std::size_t after_server = std::numeric_limits<std::size_t>::max();
  std::size_t after_client = std::numeric_limits<std::size_t>::max();
};

class ScriptedWire : public Wire {
 public:
  // `piece`: most bytes handed over at once.
  explicit ScriptedWire(const Script& script, std::size_t piece = 4096, Cut cut = {})
      : steps_(script.steps()), piece_(piece), cut_(cut) {}

  void send(std::string_view bytes) override {
    // The first words after the other side has gone still find their way (measured).
    if (at_ == steps_.size()) return;
    // A goodbye may come early, when a test is about a failure; DONE belongs to it.
    if (bytes == "DONE\r\n" && !steps_[at_].from_client) lost();
    if (bytes.ends_with(" LOGOUT\r\n") && !steps_[at_].bytes.ends_with(" LOGOUT\r\n")) lost();
    for (const char c : bytes) {
      if (!answered_ && !bring_forward()) return;
      if (cut_.after_client == 0) lost();
      if (cut_.after_client != std::numeric_limits<std::size_t>::max()) --cut_.after_client;
      if (at_ == steps_.size() || !steps_[at_].from_client || steps_[at_].bytes[offset_] != c)
        off("the client says '" + std::string(bytes) + "' where the script has '" + next() + "'");
      step(1);
    }
  }

  std::optional<std::size_t> receive(std::span<char> buffer, std::chrono::milliseconds patience,
                                     int wake) override {
    answered_ = true;
    for (; at_ < steps_.size() && steps_[at_].later.count() > 0; ++at_)
      now_ += steps_[at_].later;
    if (cut_.after_server == 0 || at_ == steps_.size()) return 0;
    if (steps_[at_].quiet || steps_[at_].woken) {
      if (steps_[at_].woken && (wake < 0 || !wake_up(wake))) off("nobody can be woken");
      if (steps_[at_].quiet) now_ += patience;
      ++at_;
      return std::nullopt;
    }
    if (steps_[at_].from_client) off("the client waits where the script has it say '" + next() + "'");
    const std::string& bytes = steps_[at_].bytes;
    const std::size_t count =
        std::min({buffer.size(), piece_, bytes.size() - offset_, cut_.after_server});
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset_), count, buffer.begin());
    if (cut_.after_server != std::numeric_limits<std::size_t>::max()) cut_.after_server -= count;
    step(count);
    return count;
  }

  std::chrono::steady_clock::time_point now() const override { return now_; }

 private:
  // An eventfd.
  static bool wake_up(int wake) {
    const std::uint64_t one = 1;
    return ::write(wake, &one, sizeof one) == sizeof one;
  }
  std::string next() const {
    if (at_ == steps_.size()) return "(its end)";
    if (steps_[at_].quiet || steps_[at_].woken) return "(silence)";
    return steps_[at_].bytes.substr(offset_);
  }
  // The first words go out together, before anything is answered; a script has each before its answer.
  // False: it has no more of them, and ends before the server comes to answer.
  bool bring_forward() {
    const auto here = steps_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto said =
        std::find_if(here, steps_.end(), [](const Script::Step& s) { return s.from_client; });
    if (said == steps_.end()) return false;
    std::rotate(here, said, said + 1);
    return true;
  }
  void step(std::size_t count) {
    offset_ += count;
    if (offset_ == steps_[at_].bytes.size()) ++at_, offset_ = 0;
  }
  [[noreturn]] void off(const std::string& what) {
    at_ = steps_.size();
    throw OffScript(what);
  }
  [[noreturn]] static void lost() {
    throw ConnectionLost(Error{Scope::account, Again::later, Exit::unreachable,
                               "the script cut the connection", Trouble::unreachable});
  }

  std::vector<Script::Step> steps_;
  std::size_t piece_;
  Cut cut_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
  bool answered_ = false;  // something has been waited for
  std::chrono::steady_clock::time_point now_{};
};

}  // namespace papertray::testing
