// mailbox.json in the state directory: when the mailbox was last reached, and how it went. It is no
// part of the database, because no log entry tells it.
#pragma once

#include <string>

#include "intake/daemon.h"

namespace papertray {

// `status.trouble` comes back as its word only. Without a file, or with one that cannot be understood,
// nothing is known and the word is "never".
struct Contact {
  DaemonStatus status;
  std::string word;  // trouble_word, "never" before the first contact
};

Contact read_contact(const std::string& state_dir);
void write_contact(const std::string& state_dir, const DaemonStatus& status);

}  // namespace papertray
