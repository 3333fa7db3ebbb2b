#include "log/segments.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "log/file.h"
#include "log/log_error.h"

namespace papertray {
namespace {

constexpr std::string_view ending = ".tar";

// 0 for a name that is no segment's.
std::uint32_t segment_number(const std::string& name) {
  if (!name.ends_with(ending)) return 0;
  std::uint32_t number = 0;
  const char* end = name.data() + name.size() - ending.size();
  const auto [stop, error] = std::from_chars(name.data(), end, number);
  if (error != std::errc() || stop != end) return 0;
  return segment_name(number) == name ? number : 0;
}

}  // namespace

std::string segment_name(std::uint32_t segment) {
  return fmt::format("{:06}{}", segment, ending);
}

std::string segment_path(const std::string& dir, std::uint32_t segment) {
  return dir + "/" + segment_name(segment);
}

bool segment_exists(const std::string& dir, std::uint32_t segment) {
  std::error_code error;
  const bool there = std::filesystem::exists(segment_path(dir, segment), error);
  if (error) throw cannot_read_log(segment_path(dir, segment), error.value());
  return there;
}

std::uint32_t last_segment(const std::string& dir) {
  std::error_code error;
  std::vector<std::uint32_t> numbers;
  std::filesystem::directory_iterator file(dir, error);
  for (; !error && file != std::filesystem::directory_iterator(); file.increment(error))
    if (const std::uint32_t number = segment_number(file->path().filename().string()))
      numbers.push_back(number);
  if (error) throw cannot_read_log(dir, error.value());
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (numbers[i] != i + 1)
      throw damaged_log(segment_path(dir, static_cast<std::uint32_t>(i + 1)), 0,
                        "the file is missing, though later ones are there");
  return static_cast<std::uint32_t>(numbers.size());
}

LogPosition log_extent(const std::string& dir) {
  const std::uint32_t last = last_segment(dir);
  if (last == 0) return {};
  return {last, File::to_read(segment_path(dir, last)).size()};
}

void require_position(const std::string& dir, LogPosition position) {
  const LogPosition extent = log_extent(dir);
  if (position > extent) throw log_too_short(dir, extent, position);
  if (position.segment == extent.segment) return;
  const std::uint64_t size = File::to_read(segment_path(dir, position.segment)).size();
  if (position.offset > size) throw log_too_short(dir, {position.segment, size}, position);
}

}  // namespace papertray
