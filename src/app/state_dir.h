// The state directory and who may do what in it: one program at a time takes mail in (the lock), and
// one at a time writes at all (the turn). The daemon has the lock for as long as it lives and lets go of
// the turn while it waits for mail, so that people's commands need not wait for its end.
#pragma once

#include <functional>
#include <string>

#include "core/time.h"

namespace papertray {

// Makes the folder (0700) when it is not there. Throws Failure (store, cannot_write).
void make_state_dir(const std::string& path);

// Held while the object lives; the kernel lets go of it when the program ends, however it ends.
class StateLock {
 public:
  // `purpose` is for whoever finds the lock held: "papertray run". Throws Failure (store, try_later)
  // naming the holder.
  StateLock(const std::string& state_dir, const std::string& purpose);
  ~StateLock();
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;

 private:
  int fd_;
};

// The right to write to log and database.
class Turn {
 public:
  // Waits up to `at_most` for whoever has it. Throws Failure (store, try_later) naming them.
  Turn(const std::string& state_dir, const std::string& purpose, Seconds at_most);
  ~Turn();
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  void let_go();
  // Takes it back; `patience` is asked every while, and false ends the waiting. Returns whether it has
  // it.
  bool take(const std::function<bool()>& patience);

 private:
  std::string path_;
  std::string purpose_;
  int fd_;
};

// Who holds the lock: "papertray run (process 7, since ...)"; "" for nobody. Changes nothing.
std::string lock_holder(const std::string& state_dir);

}  // namespace papertray
