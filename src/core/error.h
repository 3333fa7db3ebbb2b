// What went wrong, how far it reaches, and whether trying again can help.
//
// Every failure in papertray is one sentence for a person: what, where (file:line for
// configuration), what to do. It carries its scope, so that a bad message never stops a mailbox
// and a bad mailbox never stops the outbox, and the exit code that a command ends with.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace papertray {

// The smallest thing that the failure spoils. The intake goes on with everything outside it.
enum class Scope { message, folder, account, store, program };

enum class Again {
  never,   // the same call fails the same way
  later,   // the other side may recover by itself
  person,  // someone has to change something first
};

// sysexits(3); the meaning of each is part of the command line's interface.
enum class Exit : int {
  done = 0,
  not_there = 1,  // something asked for was not there or did not hold
  usage = 64,
  bad_data = 65,
  unreachable = 69,  // server unreachable
  cannot_write = 73,
  try_later = 75,  // another instance holds the lock, or a temporary failure
  login_refused = 77,
  configuration = 78,
};

// What keeps a server from serving us; each has its own wait and its own word in `status`.
enum class Trouble {
  none,
  unreachable,  // no connection, or it broke
  bye,          // the server ended the session by itself (RFC 9051 section 7.1.5)
  throttled,    // [THROTTLED] (Gmail), [LIMIT]
  over_quota,   // [OVERQUOTA]: too much downloaded today
  unavailable,  // [UNAVAILABLE], [INUSE], [SERVERBUG] (RFC 5530)
  login_refused,
  credentials,  // the password or token could not be read here
  folder_missing,
  other,
};

struct Error {
  Scope scope;
  Again again;
  Exit exit;
  std::string text;  // one sentence, no final line end, never a secret
  Trouble trouble = Trouble::none;
};

// The only exception papertray throws on purpose. Anything else that escapes is a defect.
class Failure : public std::runtime_error {
 public:
  explicit Failure(Error error) : std::runtime_error(error.text), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

// The program has been asked to end, and what was under way with the other side was broken off. What was
// whole before stays good; it is no trouble of anybody's.
class Stopped : public Failure {
 public:
  Stopped()
      : Failure({Scope::account, Again::later, Exit::try_later,
                 "stopped before all was done; nothing is lost, run it again for the rest"}) {}
};

}  // namespace papertray
