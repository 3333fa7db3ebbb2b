#include "imap/input.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "net/readable.h"
#include "net/server.h"

namespace papertray {
namespace {

using std::chrono::milliseconds;

// Four TLS records: larger reads bring nothing.
constexpr std::size_t buffer_size = 64UL * 1024;

}  // namespace

Input::Input(Wire& wire, std::string server, std::chrono::milliseconds patience, int stop)
    : wire_(&wire), server_(std::move(server)), patience_(patience), stop_(stop), buffer_(buffer_size) {}

void Input::refill() {
  if (!give_up_at_) {
    if (take(wire_->receive(buffer_, patience_, stop_))) return;
    if (!readable(stop_)) lost("does not answer any more");
    give_up_at_ = wire_->now() + stop_grace;
  }
  // Counted from the ask to stop, not from the last byte: a server that drips is not waited for either.
  const auto left = std::chrono::ceil<milliseconds>(*give_up_at_ - wire_->now());
  if (left <= milliseconds(0) || !take(wire_->receive(buffer_, std::min(left, patience_))))
    throw Stopped();
}

bool Input::wait(std::chrono::milliseconds at_most, int wake) {
  return next_ < end_ || take(wire_->receive(buffer_, at_most, wake));
}

bool Input::take(std::optional<std::size_t> count) {
  if (!count) return false;
  if (*count == 0) lost("closed the connection");
  next_ = 0;
  end_ = *count;
  return true;
}

std::string Input::leave() {
  std::string rest(buffer_.data() + next_, end_ - next_);
  next_ = end_;
  return rest;
}

void Input::lost(const std::string& how) const {
  throw ConnectionLost(Error{Scope::account, Again::later, Exit::unreachable,
                             server_ + " " + how + "; try again later", Trouble::unreachable});
}

void Input::pass(std::uint64_t size, const std::function<void(std::span<const char>)>& piece) {
  while (size > 0) {
    if (next_ == end_) refill();
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size, end_ - next_));
    // Taken before the call: what the receiver throws must not leave the bytes here to be read again.
    const std::span<const char> bytes(buffer_.data() + next_, count);
    next_ += count;
    size -= count;
    piece(bytes);
  }
}

void Input::bad(const std::string& why) const {
  throw Failure(Error{Scope::account, Again::later, Exit::unreachable,
                      server_ + " breaks the IMAP protocol: " + why +
                          "; the connection was given up and nothing of it was used",
                      Trouble::other});
}

}  // namespace papertray
