// The state directory and its lock: one program at a time takes mail in and sends.
#pragma once

#include <string>

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

// Who holds the lock: "papertray run (process 7, since ...)"; "" for nobody. Changes nothing.
std::string lock_holder(const std::string& state_dir);

}  // namespace papertray
