// mailbox.json in the state directory: when the mailbox was last reached, and how it went. It is no
// part of the database, because no log entry tells it.
#pragma once

#include <string>

#include "intake/daemon.h"

namespace papertray {

// `trouble` comes back as its word only: see contact_word. Nothing is known (and no word) when there is
// no file yet, or an unreadable one.
struct Contact {
  DaemonStatus status;
  std::string word;  // trouble_word, "never" before the first contact
};

Contact read_contact(const std::string& state_dir);
void write_contact(const std::string& state_dir, const DaemonStatus& status);

}  // namespace papertray
