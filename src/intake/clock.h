#pragma once

#include "core/time.h"

namespace papertray {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

}  // namespace papertray
