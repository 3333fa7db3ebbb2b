// A mail that told no title brought a PDF that has one: which other submission may be the same paper.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "core/submission.h"

namespace papertray {

// What a person should know, with the command that merges the two; "" for nothing. `incoming` is the
// submission: its sender, its PDF's comparable title, its prefix and number.
std::string title_hint(const Incoming& incoming, const std::vector<Candidate>& others);

}  // namespace papertray
