// The papers that are to be looked into: those in papers/, and anew from the log where people or a power
// cut have changed them.
#pragma once

#include <string>

#include "intake/inspector.h"
#include "intake/log.h"
#include "intake/paper_stock.h"

namespace papertray {

class FolderStock : public PaperStock {
 public:
  // `inspector` is the one that the intake uses; asked between two batches only.
  FolderStock(std::string folder, const Log& log, Inspector& inspector)
      : folder_(std::move(folder)), log_(log), inspector_(inspector) {}

  std::unique_ptr<OpenPaper> open(const PaperOnRecord& paper) override;
  void restore(const PaperOnRecord& paper) override;

 private:
  std::string folder_;
  const Log& log_;
  Inspector& inspector_;
};

}  // namespace papertray
