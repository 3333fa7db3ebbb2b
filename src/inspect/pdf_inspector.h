// The paper inspector that the program uses: a process for each PDF (inspect/pdf_readers.h), sandboxed,
// ended at the latest after a time on the wall. One that came to that is followed by another, twice at
// most.
#pragma once

#include <chrono>
#include <string>

#include "inspect/layers.h"
#include "inspect/pdf_readers.h"
#include "intake/paper_inspector.h"

namespace papertray {

struct PdfInspectorOptions {
  std::string program;             // path of papertray-inspect
  bool unsafe_no_sandbox = false;  // go on although seccomp is missing
  // Wall clock, for one reader; its processor time is limited too.
  std::chrono::milliseconds limit{10'000};
  std::chrono::milliseconds start_limit{30'000};  // for a reader to be there: a machine may be busy
  bool ink = false;                               // look at the pages' ink
  int stop = -1;  // a descriptor that turns readable when the program is to end
};

// One reading, with what else came of it.
struct PdfReading {
  PdfFacts facts;
  PdfPicture picture;  // of page 1, when asked for and drawn
  Layers layers;       // that stood around the reader
};

class PdfInspector : public PaperInspector {
 public:
  explicit PdfInspector(PdfInspectorOptions options)
      : options_(std::move(options)), readers_(options_.program, options_.start_limit) {}

  // Throws Failure (program, configuration) when the reader cannot be started, does not get ready (it
  // tests itself first), or has no seccomp filter; Stopped.
  PdfFacts look_at(int pdf) override { return read(pdf, false).facts; }
  PdfReading read(int pdf, bool with_picture);

 private:
  PdfReading read_once(int pdf, bool with_picture, bool& late);

  PdfInspectorOptions options_;
  PdfReaders readers_;
};

}  // namespace papertray
