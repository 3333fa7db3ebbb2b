#pragma once

namespace papertray {

// From here on SIGINT and SIGTERM ask the program to stop between two steps; a second one ends it
// at once (nothing is lost by that either).
void stop_on_signals();
bool stop_asked();

}  // namespace papertray
