// What every file source does with one mail: streams it to the receiver and counts it.
#pragma once

#include <cstdint>
#include <string>

#include "files/read_file.h"
#include "intake/mailbox_source.h"

namespace papertray {

// How much of a batch is left.
class Budget {
 public:
  explicit Budget(const BatchLimits& limits) : limits_(limits) {}
  bool spent() const { return mails_ >= limits_.mails || bytes_ >= limits_.bytes; }
  void took(std::uint64_t bytes) {
    ++mails_;
    bytes_ += bytes;
  }
  std::size_t mails() const { return mails_; }

 private:
  BatchLimits limits_;
  std::size_t mails_ = 0;
  std::uint64_t bytes_ = 0;
};

// Hands over [offset, offset + facts.size) of the file, or has it refused when it cannot be read whole,
// or
// (`still`) when the file is another one afterwards. What the receiver throws passes through.
void hand_over(const ReadFile& file, std::uint64_t offset, const MailFacts& facts, bool still,
               MailReceiver& to);

}  // namespace papertray
