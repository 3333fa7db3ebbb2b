// A descriptor that can be read once the program is to end.
#pragma once

#include <stdexcept>

#include <sys/eventfd.h>
#include <unistd.h>

namespace papertray::testing {

class StopDescriptor {
 public:
  StopDescriptor() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  ~StopDescriptor() { close(fd_); }
  StopDescriptor(const StopDescriptor&) = delete;
  StopDescriptor& operator=(const StopDescriptor&) = delete;
  int fd() const { return fd_; }
  void ask() const {
    if (eventfd_write(fd_, 1) != 0) throw std::runtime_error("eventfd");
  }

 private:
  int fd_;
};

}  // namespace papertray::testing
