#include "log/pax_records.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace papertray {
namespace {

// More digits than any header of ours may have bytes.
constexpr std::size_t max_length_digits = 7;

std::size_t digits(std::size_t number) {
  std::size_t count = 1;
  for (; number >= 10; number /= 10)
    ++count;
  return count;
}

char* put(char* to, std::string_view bytes) {
  return std::copy(bytes.begin(), bytes.end(), to);
}

}  // namespace

std::size_t pax_length(const PaxRecord& record) {
  const std::size_t rest = record.key.size() + record.value.size() + 3;  // the blank, `=` and LF
  // The length counts its own digits, and those can make it one digit longer.
  const std::size_t length = rest + digits(rest);
  return digits(length) == digits(rest) ? length : rest + digits(length);
}

char* write_pax_record(const PaxRecord& record, char* to) {
  const std::size_t length = pax_length(record);
  to = std::to_chars(to, to + max_length_digits, length).ptr;
  *to++ = ' ';
  to = put(to, record.key);
  *to++ = '=';
  char* const value = to;
  to = put(to, record.value);
  *to = '\n';
  return value;
}

std::optional<std::vector<PaxRecord>> read_pax_records(std::string_view bytes, std::string_view& why) {
  const auto no = [&why](std::string_view what) {
    why = what;
    return std::nullopt;
  };
  std::vector<PaxRecord> records;
  while (!bytes.empty()) {
    const std::size_t blank = bytes.substr(0, max_length_digits + 1).find(' ');
    if (blank == std::string_view::npos) return no("a pax record does not begin with its length");
    std::size_t length = 0;
    const auto [stop, error] = std::from_chars(bytes.data(), bytes.data() + blank, length);
    if (error != std::errc() || stop != bytes.data() + blank || bytes.front() == '0')
      return no("a pax record does not begin with its length");
    if (length > bytes.size()) return no("a pax record is longer than what is left for it");
    if (length < blank + 2 || bytes[length - 1] != '\n')
      return no("a pax record does not end where it says");
    const std::string_view record = bytes.substr(blank + 1, length - blank - 2);
    const std::size_t equals = record.find('=');
    if (equals == 0 || equals == std::string_view::npos) return no("a pax record has no key");
    const std::string_view key = record.substr(0, equals);
    if (std::any_of(records.begin(), records.end(), [key](const PaxRecord& r) { return r.key == key; }))
      return no("two pax records have the same key");
    if (records.size() == max_pax_records) return no("there are more pax records than the log writes");
    records.push_back({key, record.substr(equals + 1)});
    bytes.remove_prefix(length);
  }
  return records;
}

}  // namespace papertray
