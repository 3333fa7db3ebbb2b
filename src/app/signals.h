// What the outside asks of a running program.
#pragma once

namespace papertray {

// From here on SIGINT and SIGTERM ask the program to stop between two steps; a second one ends it
// at once (nothing is lost by that either). SIGHUP asks for the rules to be read anew.
void stop_on_signals();
bool stop_asked();
// True once for each time it was asked.
bool reload_asked();

// A descriptor that turns readable with each signal; drain_wake() makes it unreadable again.
int wake_descriptor();
void drain_wake();

}  // namespace papertray
