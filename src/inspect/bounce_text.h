// What a bounce tells in words, for the mail systems that write no message/delivery-status (RFC 3464).
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// The text of a bounce, cut where the mail that it gives back begins.
struct BounceText {
  std::string_view told;      // the mail system's words
  std::string_view returned;  // the returned mail's header and text, or ""
};

// Cut at the first line that says so ("------ This is a copy of the message"). Nobody but a mail system
// writes these lines; `-----Original Message-----` is what people's programs write, too, and none of
// them.
BounceText cut_bounce(std::string_view text);

// The line that tells most: an SMTP reply (RFC 5321 section 4.2) with its status (RFC 3463), else a
// reply, else a status; "" when there is none. From the reply on, without what stands before it.
std::string diagnostic_in(std::string_view told);

// "5.1.1" in a line, of class 2, 4 or 5; "" when there is none.
std::string status_in(std::string_view line);

// The value of the first header field of that name in a text, unfolded; "" when there is none.
std::string field_in(std::string_view text, std::string_view name);

}  // namespace papertray
