#include "core/send_limits.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/ascii.h"

namespace papertray {

Allowance allowance(std::span<const Time> sent, int per_day, Time now) {
  const auto most = static_cast<std::size_t>(std::max(per_day, 0));
  const auto first = std::upper_bound(sent.begin(), sent.end(), now - limits_window);
  const auto within = static_cast<std::size_t>(sent.end() - first);
  if (within < most) return {.left = most - within, .more_at = std::nullopt};
  if (most == 0) return {.left = 0, .more_at = std::nullopt};
  // The one whose leaving the window makes room.
  return {.left = 0, .more_at = *(sent.end() - static_cast<std::ptrdiff_t>(most)) + limits_window};
}

std::string mailbox_key(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos) return ascii::lower(address);
  std::string local = ascii::lower(address.substr(0, at));
  std::string domain = ascii::lower(address.substr(at + 1));
  local = local.substr(0, local.find('+'));
  if (domain == "googlemail.com") domain = "gmail.com";
  if (domain == "gmail.com") std::erase(local, '.');
  return local + "@" + domain;
}

std::string over_limit(int written, const SendLimits& limits) {
  if (written < limits.per_address) return "";
  return fmt::format("{} receipts have been written to this address within 24 hours, which is the limit",
                     written);
}

}  // namespace papertray
