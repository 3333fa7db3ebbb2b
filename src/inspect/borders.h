// A multipart whose parts GMime does not see, because its border is not as its header says.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// `text` is all of a multipart of that type, `declared` its boundary parameter, "" for none. The same
// with a header and borders that any parser finds; "" when nothing in it looks like a border.
//
// A line that begins with the declared border is one, whatever comes behind: RFC 2046 section 5.1.1, "an
// exact match of the entire candidate line is not required", GMime wants it. Else the first line `--X`
// that a Content- field follows shows what the border is: forwarders lose the parameter, or name
// another.
std::string with_plain_borders(std::string_view text, std::string_view declared, std::string_view type);

}  // namespace papertray
