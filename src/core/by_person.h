// What a mail becomes when a person says what it is.
#pragma once

#include <string_view>

#include "core/message.h"
#include "core/route.h"
#include "core/rules.h"

namespace papertray {

// Recorded in that track, whatever its subject says and whoever sent it. Its fate is triage when the
// track's need is not in it (no PDF, no text); the reason says so.
Decision decide_by_person(const Message& message, const Track& track, std::string_view actor);

}  // namespace papertray
