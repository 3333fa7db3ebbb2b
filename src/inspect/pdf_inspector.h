// The paper inspector that the program uses: one `papertray-inspect pdf` for each PDF, sandboxed, ended
// at the latest after a time on the wall.
#pragma once

#include <chrono>
#include <string>

#include "inspect/layers.h"
#include "intake/paper_inspector.h"

namespace papertray {

struct PdfInspectorOptions {
  std::string program;                      // path of papertray-inspect
  bool unsafe_no_sandbox = false;           // go on although seccomp is missing
  std::chrono::milliseconds limit{10'000};  // wall clock, for one PDF; its processor time is limited too
  bool ink = false;                         // look at the pages' ink
};

// One reading, with what else came of it.
struct PdfReading {
  PdfFacts facts;
  PdfPicture picture;  // of page 1, when asked for and drawn
  Layers layers;       // that stood around the reader
};

class PdfInspector : public PaperInspector {
 public:
  explicit PdfInspector(PdfInspectorOptions options) : options_(std::move(options)) {}

  // Throws Failure (program, configuration) when the reader cannot be started, does not get ready (it
  // tests itself first), or has no seccomp filter.
  PdfFacts look_at(int pdf) override { return read(pdf, false).facts; }
  PdfReading read(int pdf, bool with_picture) const;

 private:
  PdfInspectorOptions options_;
};

}  // namespace papertray
