// The names of the durable steps, and what a test can have happen at them.
#pragma once

#include <span>
#include <string_view>

namespace papertray::faults {

struct Step {
  std::string_view name;
  std::string_view when;  // for people
};

// Every name that `reached` is called with, and the steps of the SMTP conversation.
std::span<const Step> steps();

}  // namespace papertray::faults
