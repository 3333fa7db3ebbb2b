// Where a track's phrase stands in a subject, both folded. Internal to core.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/subject.h"

namespace papertray {

struct PhrasePlace {
  PhraseMatch match = PhraseMatch::no;
  std::size_t end = 0;  // of what matched, in the subject
};

// The whole subject is searched, prefixes and tags too: `[NIPS Workshop Papers] My title` is meant.
PhrasePlace find_phrase(std::string_view subject, std::string_view phrase);

}  // namespace papertray
