#include "net/trouble.h"

#include <array>

#include "net/text.h"

namespace papertray {
namespace {

struct Known {
  std::string_view text;
  Trouble trouble;
};

constexpr std::array<Known, 7> codes{{
    {"THROTTLED", Trouble::throttled},  // Gmail; inside an OK as well
    {"LIMIT", Trouble::throttled},      // RFC 5530: so many commands, connections, mails at a time
    {"OVERQUOTA", Trouble::over_quota},
    {"UNAVAILABLE", Trouble::unavailable},
    {"INUSE", Trouble::unavailable},
    {"SERVERBUG", Trouble::unavailable},
    {"CONTACTADMIN", Trouble::unavailable},
}};

// Gmail says these with [ALERT], which alone means nothing. Taken for a wrong password they would have a
// person change one that is right.
constexpr std::array<Known, 2> phrases{{
    {"too many simultaneous connections", Trouble::throttled},
    {"bandwidth limits", Trouble::over_quota},
}};

}  // namespace

Trouble trouble_of_code(std::string_view code) {
  for (const Known& known : codes)
    if (protocol::equal_nocase(code, known.text)) return known.trouble;
  return Trouble::none;
}

Trouble trouble_of_words(std::string_view words) {
  if (const std::size_t open = words.find('['); open != std::string_view::npos) {
    const std::string_view inner = words.substr(open + 1);
    const Trouble trouble = trouble_of_code(inner.substr(0, inner.find_first_of(" ]")));
    if (trouble != Trouble::none) return trouble;
  }
  for (const Known& known : phrases)
    if (protocol::contains_nocase(words, known.text)) return known.trouble;
  return Trouble::none;
}

}  // namespace papertray
