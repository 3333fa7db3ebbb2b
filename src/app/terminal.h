// The terminal we write to.
#pragma once

#include <string>

#include "app/globals.h"
#include "report/look.h"

namespace papertray {

// A program may be started with standard input, output or error closed. The next file it opens, the log
// or the database, would then get that number, and what is meant for people would be written into it.
// Call it before anything is opened. Also: a reader or server that hangs up is an error from here on,
// not the end of the program (SIGPIPE).
void guard_standard_streams();

// Width and colour of standard output, times told in `zone`.
Look look_of(const Globals& globals, const std::string& zone);

// Whether standard error is a terminal that a line can be drawn anew on.
bool can_redraw_errors();

// Whether standard output is a terminal.
bool is_terminal_out();

// Whether there is a person to ask: standard input and output are a terminal.
bool can_ask();
// Only "y" or "yes" is yes; the end of input is no.
bool ask(const std::string& question);

// All of the text to standard output. Throws Failure (cannot_write) when it does not get there; a reader
// that has seen enough (`papertray list | head -1`) is no failure.
void print(std::string_view text);

// "papertray: SENTENCE" on standard error, made harmless. When that is gone there is nowhere to tell.
void complain(const std::string& sentence);

}  // namespace papertray
