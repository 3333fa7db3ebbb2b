#pragma once

#include <chrono>

#include "intake/clock.h"

namespace papertray {

class SystemClock : public Clock {
 public:
  Time now() const override { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }
};

}  // namespace papertray
