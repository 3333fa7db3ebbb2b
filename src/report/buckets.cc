#include "report/buckets.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/ascii.h"

namespace papertray {
namespace {

struct Limit {
  std::int64_t up_to;  // seconds
  const char* label;
};

constexpr std::int64_t minute = 60, hour = 3600, day = 86400, forever = INT64_MAX;

// The rows in order, each up to its limit.
template <std::size_t N>
std::vector<Bucket> sorted_into(const Limit (&limits)[N], const std::vector<std::int64_t>& values) {
  std::vector<Bucket> rows;
  for (const Limit& limit : limits)
    rows.push_back({.label = limit.label, .count = 0});
  for (const std::int64_t value : values) {
    std::size_t row = 0;
    while (row + 1 < N && value > limits[row].up_to)
      ++row;
    ++rows[row].count;
  }
  return rows;
}

// "de" of "ada@mail.example.de"
std::string top_level(std::string_view address) {
  while (address.ends_with('.'))
    address.remove_suffix(1);
  const std::size_t dot = address.rfind('.');
  const std::size_t at = address.rfind('@');
  if (dot == std::string_view::npos || (at != std::string_view::npos && dot < at)) return "";
  return ascii::lower(address.substr(dot + 1));
}

std::string country_label(std::string_view address) {
  const std::string top = top_level(address);
  if (top.empty()) return "no domain";
  const std::string_view name = country_name(top);
  return name.empty() ? "." + top : std::string(name);
}

}  // namespace

std::vector<Bucket> pages_buckets(const std::vector<PaperRow>& papers) {
  std::map<int, std::int64_t> counts;
  std::int64_t unknown = 0;
  for (const PaperRow& paper : papers)
    ++(paper.pages ? counts[*paper.pages] : unknown);
  std::vector<Bucket> rows;
  for (const auto& [pages, count] : counts)
    rows.push_back({.label = fmt::format("{} page{}", pages, pages == 1 ? "" : "s"), .count = count});
  if (unknown > 0) rows.push_back({.label = "not counted", .count = unknown});
  return rows;
}

std::vector<Bucket> lateness_buckets(const std::vector<PaperRow>& papers) {
  constexpr Limit limits[] = {{-7 * day - 1, "more than a week before"},
                              {-day - 1, "in the last week"},
                              {-hour - 1, "in the last day"},
                              {0, "in the last hour"},
                              {hour, "up to an hour late"},
                              {day, "up to a day late"},
                              {forever, "more than a day late"}};
  std::vector<std::int64_t> late_by;
  for (const PaperRow& paper : papers)
    if (paper.margin_s != 0 || !paper.on_time) late_by.push_back(-paper.margin_s);
  if (late_by.empty()) return {};
  return sorted_into(limits, late_by);
}

std::vector<Bucket> country_buckets(const std::vector<PaperRow>& papers, std::size_t most) {
  std::map<std::string, std::int64_t> counts;
  for (const PaperRow& paper : papers)
    ++counts[country_label(paper.submitter)];
  std::vector<Bucket> rows;
  for (const auto& [label, count] : counts)
    rows.push_back({.label = label, .count = count});
  std::ranges::stable_sort(rows, std::greater(), &Bucket::count);
  if (rows.size() <= most) return rows;
  std::int64_t others = 0;
  for (std::size_t i = most; i < rows.size(); ++i)
    others += rows[i].count;
  const std::size_t left_out = rows.size() - most;
  rows.resize(most);
  rows.push_back({.label = fmt::format("{} others", left_out), .count = others});
  return rows;
}

std::vector<Bucket> latency_buckets(const std::vector<std::int64_t>& seconds) {
  constexpr Limit limits[] = {{1, "within a second"},      {10, "within 10 seconds"},
                              {minute, "within a minute"}, {10 * minute, "within 10 minutes"},
                              {hour, "within an hour"},    {day, "within a day"},
                              {forever, "more than a day"}};
  if (seconds.empty()) return {};
  return sorted_into(limits, seconds);
}

std::int64_t percentile(std::vector<std::int64_t> values, int percent) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

}  // namespace papertray
