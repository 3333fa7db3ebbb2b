// STATE/attempt: three lines, each written over and over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "intake/arrivals.h"
#include "intake/attempt.h"

namespace papertray {

class AttemptFile : public AttemptNote, public ArrivalNote {
 public:
  // Throws Failure (store, cannot_write). Whoever writes to the state directory holds its turn.
  explicit AttemptFile(const std::string& path);
  ~AttemptFile() override;
  AttemptFile(const AttemptFile&) = delete;
  AttemptFile& operator=(const AttemptFile&) = delete;

  std::optional<RecordAttempt> last() const override;
  void note(const std::optional<RecordAttempt>& attempt) override;
  PlaceKey arriving() const override;
  ArrivalSuspects arrival_suspects() const override;
  void note_arriving(PlaceKey place) override;
  void note_arrival_suspects(const ArrivalSuspects& suspects) override;

 private:
  void write_at(std::size_t offset, std::string_view line);

  std::string path_;
  int fd_;
};

}  // namespace papertray
