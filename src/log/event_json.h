// Events as the log keeps them: one JSON object each.
//   {"schema": "papertray/event/1", "type": "sending_begun", "at": "2017-11-03T23:59:00Z",
//    "actor": "papertray", "token": "pt-..."}
#pragma once

#include <string>
#include <string_view>

#include "intake/event.h"

namespace papertray {

// Ends with LF; the same event gives the same bytes.
std::string event_to_text(const Event& event);

// Throws Failure (store) naming `entry` ("event/17.json in /var/.../000001.tar") on an unknown type or
// schema, or a field that is missing or of another kind. Fields that are not known are passed over.
Event event_from_text(std::string_view text, std::string_view entry);

}  // namespace papertray
