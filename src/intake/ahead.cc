#include "intake/ahead.h"

#include <utility>

namespace papertray {
namespace {

// A commit takes as long as some hundred small mails, or ten with a paper. PDFs lie in shared memory
// until they are recorded.
constexpr std::size_t most_mails = 128;
constexpr std::uint64_t most_bytes = std::uint64_t{8} * 1024 * 1024;

}  // namespace

bool Ahead::has_room(std::uint64_t more) const {
  return kept_.empty() || (kept_.size() < most_mails && bytes_ + more <= most_bytes);
}

void Ahead::put(Inspected inspected, std::uint64_t bytes) {
  std::unique_lock hold(mutex_);
  // Once it is full, until half of it is taken: the two threads wake each other for many mails at once.
  if (!unwanted_ && !has_room(bytes))
    changed_.wait(hold,
                  [&] { return unwanted_ || (kept_.size() <= most_mails / 2 && has_room(bytes)); });
  if (unwanted_) throw Unwanted();
  kept_.push_back({std::move(inspected), bytes});
  bytes_ += bytes;
  changed_.notify_all();
}

void Ahead::fail(std::exception_ptr why) {
  const std::lock_guard hold(mutex_);
  failed_ = std::move(why);
  changed_.notify_all();
}

Inspected Ahead::take() {
  std::unique_lock hold(mutex_);
  changed_.wait(hold, [&] { return !kept_.empty() || failed_; });
  if (kept_.empty()) std::rethrow_exception(failed_);
  Kept next = std::move(kept_.front());
  kept_.pop_front();
  bytes_ -= next.bytes;
  changed_.notify_all();
  return std::move(next.inspected);
}

void Ahead::leave() {
  const std::lock_guard hold(mutex_);
  unwanted_ = true;
  kept_.clear();
  bytes_ = 0;
  changed_.notify_all();
}

}  // namespace papertray
