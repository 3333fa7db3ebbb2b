// Puts the files of a first configuration in place, and never over another one unasked.
#pragma once

#include <string>
#include <vector>

#include "app/init_ask.h"

namespace papertray {

struct InitFile {
  std::string path;
  std::string text;
  bool secret = false;  // for its owner's eyes only
};

// All that the plan wants written, the configuration last.
std::vector<InitFile> files_of(const InitPlan& plan);

// Those of them that are there already and say something else.
std::vector<std::string> in_the_way(const std::vector<InitFile>& files);

// Each whole or not at all. `owner`: who reads the secret (a user's name), "" for whoever runs this.
// Throws Failure (store, cannot_write).
void write_files(const std::vector<InitFile>& files, const std::string& owner);

// Whom the installed service runs as, when a configuration in /etc/papertray is for it and we may give
// files away; else "".
std::string service_user(const std::string& dir);

}  // namespace papertray
