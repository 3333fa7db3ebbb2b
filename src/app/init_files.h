// What `papertray init` writes: configuration, rules and templates, as text. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "app/providers.h"

namespace papertray {

// A file of the house, built in: `init` works without any file of ours beside the program.
struct BuiltInFile {
  const char* path;  // "dlsc2017.toml", "receipts/received.txt"
  const char* text;
};
const std::vector<BuiltInFile>& built_in_rules();      // rules/: the sample workshop and its templates
const std::vector<BuiltInFile>& built_in_questions();  // data/init/: what is filled in

// Throws Failure (program) when there is none: a mistake of ours.
std::string_view built_in(const std::vector<BuiltInFile>& files, std::string_view path);

struct WorkshopAnswers {
  std::string name;
  std::string timezone;
  std::string papers;     // the phrase of papers' subjects
  std::string due;        // "" for none
  std::string final_due;  // "" for none
  std::string paper;      // letter, a4 or ""
  int pages = 0;          // 0: no limit
  std::string questions;  // the phrase of questions' subjects; "" for no such track
  int panels = 0;         // 0: none
};

struct InitAnswers {
  std::string address;
  Provider provider;  // with the servers as answered
  std::string user;
  SecretSource secret;
  Auth auth = Auth::password;
  std::string ca_file;
  std::string from_name;  // beside the address in receipts
  std::string mode;       // send, hold, off
  std::string state;
  std::string rules_file;  // as the configuration names it
};

// A TOML string of any text.
std::string toml_string(std::string_view text);

std::string config_text(const InitAnswers& answers);
std::string rules_text(const WorkshopAnswers& workshop, const std::string& address);
// The sample workshop's rules for another mailbox.
std::string sample_rules_text(const std::string& address);

}  // namespace papertray
