// mailbox.json in the state directory: when the mailbox was last reached, and how it went. It is no
// part of the database, because no log entry tells it.
#pragma once

#include <optional>
#include <string>

#include "core/time.h"

namespace papertray {

struct Contact {
  std::optional<Time> last;  // the last time the mailbox answered as it should
  std::string state;         // "never", "ok", "login refused", "unreachable", "folder missing", "failed"
  std::string detail;        // the sentence, when it is not "ok"
};

Contact read_contact(const std::string& state_dir);  // "never" when there is none or it is unreadable
void write_contact(const std::string& state_dir, const Contact& contact);

}  // namespace papertray
