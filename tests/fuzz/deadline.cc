// A deadline's text: a time, or one sentence why not.
#include "core/deadline.h"

#include "core/error.h"
#include "fuzz/target.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  try {
    const Deadline due = parse_deadline(text, "America/Los_Angeles");
    fuzz::expect(lateness(due, due.last).on_time, "the last second is on time");
    fuzz::expect(!lateness(due, due.last + Seconds(1)).on_time, "the next one is late");
  } catch (const Failure& failure) {
    fuzz::expect(!failure.error().text.empty(), "an error has a sentence");
  }
  return 0;
}
