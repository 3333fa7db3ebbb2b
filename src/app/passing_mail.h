// Mails that are read and decided upon, and of which nothing is kept: `explain FILE`, `run --dry-run`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/route.h"
#include "core/rules.h"
#include "intake/inspector.h"
#include "intake/log.h"
#include "intake/mailbox_source.h"

namespace papertray {

// A mail's bytes in memory of the kernel's: they never get a name on the disk.
class PassingMail : public MailBytes {
 public:
  PassingMail();  // throws Failure (program, try_later), as do the others
  ~PassingMail() override;
  PassingMail(const PassingMail&) = delete;
  PassingMail& operator=(const PassingMail&) = delete;

  void add(std::span<const char> bytes);
  std::size_t read(std::uint64_t offset, std::span<char> buffer) const override;
  std::uint64_t size() const override { return size_; }

 private:
  int fd_;
  std::uint64_t size_ = 0;
};

std::string sha256_of(const MailBytes& bytes);

// Before the first mail, and for a file that is asked about whether it was taken in or not.
class NothingSeen : public SeenPlaces {
 public:
  std::uint32_t last_uid(const std::string&, const std::string&, std::uint32_t) const override {
    return 0;
  }
  bool seen(const Place&) const override { return false; }
  std::vector<std::uint32_t> unmarked(const std::string&, const std::string&,
                                      std::uint32_t) const override {
    return {};
  }
};

}  // namespace papertray
