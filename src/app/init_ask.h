// The questions of `papertray init`, each answered by its option where that is given.
#pragma once

#include <string>

#include "app/cmd_init.h"
#include "app/dialogue.h"
#include "app/init_files.h"

namespace papertray {

// Where things are put. All absolute.
struct InitPlaces {
  std::string config;    // .../papertray.toml
  std::string dir;       // its folder
  std::string password;  // where a password that is typed is kept
};

struct InitPlan {
  InitPlaces places;
  InitAnswers answers;
  std::string password;       // to be kept in places.password; "" when it lies elsewhere
  std::string rules_path;     // absolute
  std::string rules_content;  // "" when they are a file of the person's own
};

// Asks all of it. Throws Failure (usage) for an option that cannot be, or one that nobody can be asked
// for; Stopped at Ctrl-C.
InitPlan ask_all(const Globals& globals, const InitOptions& options, Dialogue& dialogue);

// Again, after a refused login: the new password.
std::string ask_password(const Provider& provider, Dialogue& dialogue);

}  // namespace papertray
