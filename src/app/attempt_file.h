// STATE/attempt: one line, written over and over.
#pragma once

#include <string>

#include "intake/attempt.h"

namespace papertray {

class AttemptFile : public AttemptNote {
 public:
  // Throws Failure (store, cannot_write). Whoever writes to the state directory holds its turn.
  explicit AttemptFile(const std::string& path);
  ~AttemptFile() override;
  AttemptFile(const AttemptFile&) = delete;
  AttemptFile& operator=(const AttemptFile&) = delete;

  std::optional<RecordAttempt> last() const override;
  void note(const std::optional<RecordAttempt>& attempt) override;

 private:
  std::string path_;
  int fd_;
};

}  // namespace papertray
