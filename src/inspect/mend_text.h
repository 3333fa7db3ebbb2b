// Text out of a PDF as people would have typed it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// Valid UTF-8 in composed form (NFC), ligatures as their letters, blanks of all kinds single, no control
// characters.
std::string mended(std::string_view text);

// The lines of one paragraph as one; a word that was broken by a hyphen is whole again.
std::string joined_lines(const std::vector<std::string>& lines);

// At most so many bytes, no character cut in two. Any bytes in, valid UTF-8 out.
std::string cut_bytes(std::string_view text, std::size_t most);

}  // namespace papertray
