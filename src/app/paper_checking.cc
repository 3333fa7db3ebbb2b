#include "app/paper_checking.h"

#include <thread>
#include <utility>

#include "app/signals.h"

namespace papertray {

PdfInspectorOptions paper_reader_options(const Globals& globals) {
  PdfInspectorOptions options;
  options.program = inspector_beside_this_program();
  options.unsafe_no_sandbox = globals.unsafe_no_sandbox;
  options.stop = stop_descriptor();
  return options;
}

PaperChecking::PaperChecking(const Globals& globals, Workspace& workspace, Watcher& watcher,
                             std::function<void()> news)
    : inspector_(paper_reader_options(globals)),
      stock_(papers_path(workspace.config()), workspace.log(), workspace.inspector()),
      pool_(inspector_, stock_, std::thread::hardware_concurrency(), std::move(news)),
      checks_({.on = workspace.config().checks, .budget = workspace.config().check_budget},
              {.intake = workspace.intake(),
               .store = workspace.store(),
               .stock = stock_,
               .pool = pool_,
               .clock = workspace.clock(),
               .watcher = watcher}) {}

}  // namespace papertray
