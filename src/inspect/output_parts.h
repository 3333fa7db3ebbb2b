// The PDFs of one message, read out of the file that the worker wrote.
#pragma once

#include "inspect/unique_fd.h"
#include "intake/inspector.h"

namespace papertray {

class OutputParts : public PartBytes {
 public:
  // `end`: PDFs lie before it.
  OutputParts(UniqueFd output, std::uint64_t end) : output_(std::move(output)), end_(end) {}

  // The worker may still hold the file, so nothing that was checked before counts: the SHA-256 is
  // computed over the bytes that are given out. Throws Failure (message), after the last piece, when
  // it is not the part's.
  void read(const Part& part, const std::function<void(std::span<const char>)>& piece) const override;

 private:
  UniqueFd output_;
  std::uint64_t end_;
};

}  // namespace papertray
