#include "app/rows_ahead.h"

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace papertray {
namespace {

constexpr std::size_t rows_per_block = 512;  // so many for one waking of the other thread
constexpr std::size_t most_blocks = 4;

}  // namespace

// A ring of blocks, filled by one thread and emptied by another. The rows stay, so that their texts keep
// their room.
class RowsAhead::Blocks {
 public:
  struct Unwanted {};  // nobody takes the rows any more

  // By who fills.
  void put(const PaperRow& row) {
    if (filled_ == 0) wait_for_room();
    std::vector<PaperRow>& block = ring_[head_ % most_blocks];
    if (filled_ == block.size())
      block.push_back(row);
    else
      block[filled_] = row;
    if (++filled_ == rows_per_block) pass_on();
  }
  void end(std::exception_ptr why) {
    if (filled_ > 0) pass_on();
    const std::lock_guard hold(mutex_);
    failed_ = std::move(why);
    ended_ = true;
    changed_.notify_one();
  }

  // By who empties.
  void take_all(const PaperSink& sink) {
    for (;;) {
      std::size_t rows = 0;
      {
        std::unique_lock hold(mutex_);
        changed_.wait(hold, [&] { return head_ > emptied_ || ended_; });
        if (head_ == emptied_) break;
        rows = sizes_[emptied_ % most_blocks];
      }
      const std::vector<PaperRow>& block = ring_[emptied_ % most_blocks];
      for (std::size_t i = 0; i < rows; ++i)
        sink(block[i]);
      const std::lock_guard hold(mutex_);
      ++emptied_;
      changed_.notify_one();
    }
    if (failed_) std::rethrow_exception(failed_);
  }
  void leave() {
    const std::lock_guard hold(mutex_);
    unwanted_ = true;
    changed_.notify_one();
  }

 private:
  void wait_for_room() {
    std::unique_lock hold(mutex_);
    changed_.wait(hold, [&] { return unwanted_ || head_ - emptied_ < most_blocks; });
    if (unwanted_) throw Unwanted();
  }
  void pass_on() {
    const std::lock_guard hold(mutex_);
    sizes_[head_ % most_blocks] = std::exchange(filled_, 0);
    ++head_;
    changed_.notify_one();
  }

  std::array<std::vector<PaperRow>, most_blocks> ring_;
  std::size_t filled_ = 0;  // rows in the block that is being filled: of who fills alone

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<std::size_t, most_blocks> sizes_{};
  // Each is changed by one thread, under the lock, and read by that one without.
  std::size_t head_ = 0;     // blocks that were filled; the next one is being filled
  std::size_t emptied_ = 0;  // blocks that were emptied
  bool ended_ = false;
  bool unwanted_ = false;
  std::exception_ptr failed_;
};

class RowsAhead::Reading {
 public:
  explicit Reading(PaperRows rows) : rows_(std::move(rows)), thread_([this] { fill(); }) {}
  ~Reading() { blocks_.leave(); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  void take_all(const PaperSink& sink) { blocks_.take_all(sink); }

 private:
  void fill() {
    try {
      rows_([&](const PaperRow& row) { blocks_.put(row); });
    } catch (const Blocks::Unwanted&) {
      return;
    } catch (...) {
      return blocks_.end(std::current_exception());
    }
    blocks_.end(nullptr);
  }

  Blocks blocks_;
  PaperRows rows_;
  std::jthread thread_;  // last: it uses the others, and is waited for before they go
};

RowsAhead::RowsAhead(PaperRows rows) : reading_(std::make_unique<Reading>(std::move(rows))) {}

RowsAhead::~RowsAhead() = default;

PaperRows RowsAhead::rows() {
  return [this](const PaperSink& sink) { reading_->take_all(sink); };
}

}  // namespace papertray
