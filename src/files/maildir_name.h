// File names in a Maildir: `UNIQUE:2,FLAGS`. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct MaildirName {
  std::string base;   // what stays when flags change
  std::string flags;  // letters, as written: "FS"
};

MaildirName read_maildir_name(std::string_view file);

// With the letter S among its flags, in ASCII order as the format wants; unknown letters stay.
std::string seen_maildir_name(const MaildirName& name);

// The letters as IMAP's flags: S is \Seen, R \Answered, F \Flagged, T \Deleted, D \Draft, P $Forwarded.
std::vector<std::string> maildir_flags(std::string_view letters);

// Oldest first: by the seconds that a name begins with, then by name.
bool maildir_before(std::string_view a, std::string_view b);

}  // namespace papertray
