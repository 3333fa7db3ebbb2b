// Files within a part: a zip archive, Outlook's winmail.dat, uuencoded text. Told by content, whatever
// the part's label says.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "inspect/charset.h"

namespace papertray {

// Who takes them, one after the other. A false answer ends the unpacking: a cap is reached.
class Unpacked {
 public:
  virtual ~Unpacked() = default;
  virtual bool begin(std::string_view name) = 0;
  virtual bool add(std::string_view piece) = 0;
  virtual void end() = 0;
};

bool is_zip(std::string_view head);
bool is_tnef(std::string_view head);

// Each returns what a person should know ("is encrypted", "is damaged after 2 files"), or "".
//
// `next` gives the archive in pieces, "" at its end. Office documents are zip archives too and are left
// alone. Stops at caps::unpacked_ratio. Archives within are files like any other.
std::string unpack_zip(const std::function<std::string_view()>& next, std::uint64_t archive_bytes,
                       Unpacked& to);
// A mail within a winmail.dat is a file like any other, and what it brings comes, too.
std::string unpack_tnef(std::string_view bytes, const Charsets& charsets, Unpacked& to);

// Whether a line of the text begins a uuencoded file.
bool holds_uuencoded(std::string_view text);
// Takes every uuencoded file out of the text.
std::string unpack_uuencoded(std::string& text, Unpacked& to);

}  // namespace papertray
