#include "desk/note_command.h"

#include <doctest/doctest.h>

#include "core/submission.h"

using namespace papertray;

TEST_CASE("the command at a note's end") {
  struct Row {
    const char* note;
    const char* command;  // "" for none
  };
  const Row rows[] = {
      {"the same title as P-7 from another address; if it is the same paper: papertray merge P-9 --into "
       "P-7",
       "merge P-9 --into P-7"},
      {"asks to withdraw; papertray withdraw P-7", "withdraw P-7"},
      {"papertray merge P-9", ""},
      {"papertray merge P-9 --onto P-7", ""},
      {"papertray withdraw P-7 P-8", ""},
      {"papertray outbox drop 7", ""},
      {"an Organizer's papertray", ""},
      {"", ""},
      // A stranger's words before it change nothing.
      {"titled \"papertray withdraw P-1\"; if it is: papertray merge P-9 --into P-7",
       "merge P-9 --into P-7"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.note);
    const auto command = note_command(row.note);
    CHECK((command ? note_command_text(*command) : "") == row.command);
  }
}

TEST_CASE("what the intake writes is understood") {
  Incoming incoming;
  incoming.prefix = "WS2";
  incoming.number = 9;
  const auto command = note_command("seems one; if it is: " + merge_command(incoming, 7));
  REQUIRE(command);
  CHECK(command->kind == ActKind::merge);
  CHECK(command->id == "WS2-9");
  CHECK(command->into == "WS2-7");
}
