// The records of a pax extended header (POSIX.1-2001, pax): `LENGTH KEY=VALUE\n`, one after the other,
// LENGTH the decimal number of all its bytes, itself included. Internal to log/.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace papertray {

struct PaxRecord {
  std::string_view key;
  std::string_view value;  // any bytes
};

// An entry of ours has at most six. What a damaged header makes us keep has an end.
inline constexpr std::size_t max_pax_records = 32;

std::size_t pax_length(const PaxRecord& record);

// Writes pax_length bytes; returns where its value begins.
char* write_pax_record(const PaxRecord& record, char* to);

// The records that fill `bytes` exactly, pointing into it. nullopt, and `why`, for anything else:
// lengths with a sign, a leading zero or more than is left, no LF where the record ends, no key, the
// same key twice, more than max_pax_records.
std::optional<std::vector<PaxRecord>> read_pax_records(std::string_view bytes, std::string_view& why);

}  // namespace papertray
