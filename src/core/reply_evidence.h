// What a line has of the things that an attribution is made of. Internal to core.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/reply_words.h"

namespace papertray {

struct Evidence {
  bool opens = false;  // begins with "On", "Am", a day of the week or a number, and a number is near
  bool begins_date = false;  // begins with a whole date: "2013/7/20"
  bool gmt = false;          // begins "2016-03-03 17:21 GMT+01:00"
  bool date = false;         // a day and a month, at least
  bool year = false;
  bool time = false;
  bool address = false;
  bool bracketed = false;     // an address, with a bracket on the line
  bool ends_address = false;  // closed by the line's end, a colon apart
  bool colon = false;         // ends so
  Wrote wrote = Wrote::no;
  std::size_t words = 0;
};

// `line` is folded.
Evidence evidence_of(std::string_view line);

// As if both were one line, `above` first.
Evidence joined(const Evidence& above, const Evidence& below);

}  // namespace papertray
