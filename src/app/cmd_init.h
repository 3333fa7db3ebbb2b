// papertray init: writes a first configuration, rules and templates, and tests the login. It sends
// nothing and takes nothing in.
#pragma once

#include <string>

#include "app/globals.h"

namespace papertray {

// As given on the command line; "" is asked for, or has a default.
struct InitOptions {
  std::string dir;
  std::string address;
  std::string provider;  // a word of providers()
  std::string imap;
  std::string smtp;
  std::string user;
  std::string ca_file;
  std::string from_name;
  std::string receipts;  // send, hold, off

  std::string password_file;
  std::string password_command;
  std::string password_env;
  std::string password_credential;
  std::string token_command;
  bool password_stdin = false;  // its first line, kept in password_file

  std::string rules;  // sample, new, or a file that is there
  std::string name;
  std::string timezone;
  std::string subject;
  std::string due;  // "none" for none, as the next
  std::string final_due;
  std::string paper;
  int pages = 0;
  std::string questions;
  int panels = 0;

  bool yes = false;
  bool force = false;
  bool no_test = false;
};

int cmd_init(const Globals& globals, const InitOptions& options);

}  // namespace papertray
