#include "core/received_at.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace papertray {
namespace {

// Servers that keep time agree within seconds; queues on the way to one mailbox take a few minutes.
constexpr std::chrono::minutes most_apart{5};

constexpr std::pair<ClockUsed, std::string_view> names[] = {
    {ClockUsed::internaldate, "INTERNALDATE"},   {ClockUsed::received, "the topmost Received header"},
    {ClockUsed::delivery_date, "Delivery-date"}, {ClockUsed::mbox_from, "the mbox From line"},
    {ClockUsed::file_time, "the file's time"},   {ClockUsed::fetched, "the time of fetching"}};

}  // namespace

std::string_view clock_name(ClockUsed clock) {
  for (const auto& [value, name] : names) {
    if (value == clock) return name;
  }
  return "";
}

ReceivedAt received_at(const MailClocks& clocks) {
  const std::pair<ClockUsed, std::optional<Time>> in_order[] = {
      {ClockUsed::internaldate, clocks.internaldate},   {ClockUsed::received, clocks.received},
      {ClockUsed::delivery_date, clocks.delivery_date}, {ClockUsed::mbox_from, clocks.mbox_from},
      {ClockUsed::file_time, clocks.file_time},         {ClockUsed::fetched, clocks.fetched}};
  const auto* first = std::find_if(std::begin(in_order), std::end(in_order),
                                   [](const auto& c) { return c.second.has_value(); });
  ReceivedAt result{*first->second, first->first, ""};

  // The servers' own words only: an mbox line has no zone, and a file's time is that of its last copy.
  constexpr ClockUsed servers[] = {ClockUsed::internaldate, ClockUsed::received,
                                   ClockUsed::delivery_date};
  if (std::find(std::begin(servers), std::end(servers), result.clock) == std::end(servers))
    return result;
  for (const auto& [clock, at] : in_order) {
    if (!at || clock == result.clock ||
        std::find(std::begin(servers), std::end(servers), clock) == std::end(servers)) {
      continue;
    }
    const Seconds apart = std::chrono::abs(*at - result.at);
    if (apart <= most_apart) continue;
    result.note = fmt::format("server clocks are {} apart: {} says {}, {} says {}; the first one counts",
                              span_text(apart), clock_name(result.clock), rfc3339(result.at),
                              clock_name(clock), rfc3339(*at));
    break;
  }
  return result;
}

}  // namespace papertray
