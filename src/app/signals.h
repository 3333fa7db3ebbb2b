// What the outside asks of a running program.
#pragma once

namespace papertray {

// From here on SIGINT, SIGTERM and SIGHUP (the terminal is gone) ask the program to stop between two
// steps; a second one ends it at once (nothing is lost by that either).
void stop_on_signals();
bool stop_asked();

// For the daemon, after stop_on_signals(): SIGHUP asks for the rules to be read anew instead.
void reload_on_hangup();
// True once for each time it was asked.
bool reload_asked();

// A descriptor that turns readable with each signal; drain_wake() makes it unreadable again.
int wake_descriptor();
void drain_wake();
// Makes it readable; from any thread.
void wake_up();
// One that turns readable with the ask to stop, and stays so. -1 before stop_on_signals().
int stop_descriptor();

}  // namespace papertray
