#include "imap/input.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace papertray {
namespace {

// Four TLS records: larger reads bring nothing.
constexpr std::size_t buffer_size = 64UL * 1024;

}  // namespace

Input::Input(Wire& wire, std::string server, std::chrono::milliseconds patience)
    : wire_(wire), server_(std::move(server)), patience_(patience), buffer_(buffer_size) {}

void Input::refill() {
  const std::optional<std::size_t> count = wire_.receive(buffer_, patience_);
  const auto lost = [this](const std::string& how) {
    throw ConnectionLost(Error{Scope::account, Again::later, Exit::unreachable,
                               server_ + " " + how + "; try again later"});
  };
  if (!count) lost("does not answer any more");
  if (*count == 0) lost("closed the connection in the middle of an answer");
  next_ = 0;
  end_ = *count;
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
                          "; the connection was given up and nothing of it was used"});
}

}  // namespace papertray
