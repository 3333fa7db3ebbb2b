// Counts in few rows, for tables with bars. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/reader.h"

namespace papertray {

struct Bucket {
  std::string label;
  std::int64_t count = 0;
};

// By the number of pages; those that nobody counted come last.
std::vector<Bucket> pages_buckets(const std::vector<PaperRow>& papers);

// How long before or after its deadline the counting version came, from "more than a week before" to
// "more than a day late"; versions without a deadline are left out.
std::vector<Bucket> lateness_buckets(const std::vector<PaperRow>& papers);

// By the country that the address's domain names, or by the domain's end (".com"); the most first, what
// is beyond the first `most` rows together.
std::vector<Bucket> country_buckets(const std::vector<PaperRow>& papers, std::size_t most = 12);

// From received to sent, in seconds.
std::vector<Bucket> latency_buckets(const std::vector<std::int64_t>& seconds);

// The value that `percent` of them do not exceed; 0 of none. Sorts a copy.
std::int64_t percentile(std::vector<std::int64_t> values, int percent);

// "Germany" of "de"; "" when the two letters are no country's.
std::string_view country_name(std::string_view top_level_domain);

}  // namespace papertray
