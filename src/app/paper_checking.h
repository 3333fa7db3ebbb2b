// The looking into papers as commands use it: readers, threads, papers/ and the log, wired together.
#pragma once

#include <functional>

#include "app/paper_stock.h"
#include "app/workspace.h"
#include "inspect/pdf_inspector.h"
#include "intake/check_pool.h"
#include "intake/paper_checks.h"

namespace papertray {

class PaperChecking {
 public:
  // All outlive it. `news`: something was found that a receipt waits for; called from a thread.
  PaperChecking(
      const Globals& globals, Workspace& workspace, Watcher& watcher,
      std::function<void()> news = [] {});

  PaperChecks& checks() { return checks_; }
  CheckPool& pool() { return pool_; }
  PaperStock& stock() { return stock_; }

 private:
  PdfInspector inspector_;
  FolderStock stock_;
  CheckPool pool_;
  PaperChecks checks_;
};

// The reader of PDFs as a command uses it.
PdfInspectorOptions paper_reader_options(const Globals& globals);

}  // namespace papertray
