// What the inspector has read and nobody has recorded yet: it runs ahead of who records, across batches,
// so that neither waits for the other's disk or parser. Internal to the intake.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>

#include "intake/inspector.h"

namespace papertray {

// One batch's answers, in order, from the thread that inspects to the one that records.
class Ahead {
 public:
  // Nobody takes them any more; what put() throws then, to end the inspecting.
  struct Unwanted {};

  // `bytes`: of the mail, which are about what its answer holds. Waits while more would be kept than may
  // be.
  void put(Inspected inspected, std::uint64_t bytes);
  // Nothing more comes, because of that: take() throws it once the answers before are taken.
  void fail(std::exception_ptr why);

  // The next one; waits for it.
  Inspected take();
  // For who takes, whether done or not.
  void leave();

 private:
  struct Kept {
    Inspected inspected;
    std::uint64_t bytes;
  };
  bool has_room(std::uint64_t more) const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Kept> kept_;
  std::uint64_t bytes_ = 0;  // of kept_
  std::exception_ptr failed_;
  bool unwanted_ = false;
};

}  // namespace papertray
