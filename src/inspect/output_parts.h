// The PDFs of one message, read out of what the worker wrote: a file, or the bytes of its packet.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "inspect/mail_memory.h"
#include "inspect/unique_fd.h"
#include "intake/inspector.h"

namespace papertray {

class OutputParts : public PartBytes {
 public:
  // `end`: PDFs lie before it.
  // `files`: what the output goes back to.
  OutputParts(UniqueFd output, std::uint64_t end, std::shared_ptr<OutputFiles> files)
      : output_(std::move(output)), end_(end), files_(std::move(files)) {}
  explicit OutputParts(std::string bytes) : bytes_(std::move(bytes)), end_(bytes_.size()) {}

  ~OutputParts() override;
  OutputParts(const OutputParts&) = delete;
  OutputParts& operator=(const OutputParts&) = delete;

  // Does not compute the SHA-256 once more: it comes from the worker as the bytes do, so one that is
  // hostile could tell any pair that fits. Whether the files in papers/ still have it, audit says.
  void read(const Part& part, const std::function<void(std::span<const char>)>& piece) const override;

 private:
  UniqueFd output_;
  std::string bytes_;
  std::uint64_t end_;
  std::shared_ptr<OutputFiles> files_;
};

}  // namespace papertray
