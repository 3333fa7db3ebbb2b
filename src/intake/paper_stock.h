// Where the PDFs are that are to be looked into.
#pragma once

#include <memory>

#include "intake/store.h"

namespace papertray {

// Open for reading while it lives.
class OpenPaper {
 public:
  virtual ~OpenPaper() = default;
  virtual int descriptor() const = 0;
};

class PaperStock {
 public:
  virtual ~PaperStock() = default;
  // A file of exactly those bytes; nullptr when there is none (people may have opened and changed it, a
  // power cut may have torn it). Called from several threads at once. Throws Failure.
  virtual std::unique_ptr<OpenPaper> open(const PaperOnRecord& paper) = 0;
  // Makes it again from the log. Called where the intake is called, between two batches. Throws Failure
  // (message) when it cannot be done.
  virtual void restore(const PaperOnRecord& paper) = 0;
};

}  // namespace papertray
