// What `papertray-inspect pdf` writes, read back with suspicion: a PDF may have taken its reader over.
//
// One JSON object a line: {"stage": NAME, "values": [...]}, the values by place as
// inspect/pdf_lines_out.cc writes them. "ready" comes first, "end" last; "picture" is followed by its
// pixels.
#pragma once

#include <string>
#include <string_view>

#include "core/pdf_facts.h"
#include "inspect/layers.h"

namespace papertray {

class PdfAnswer {
 public:
  // The next bytes of the pipe. False: the rest is not worth reading; wrong() tells why.
  bool take(std::string_view bytes);

  const std::string& wrong() const { return wrong_; }
  bool ready() const { return ready_; }
  bool ended() const { return ended_; }  // the reader said that it is done
  Layers layers() const { return layers_; }
  PdfStage next() const { return next_; }  // the stage it was in when nothing more came

  PdfFacts facts;
  PdfPicture picture;  // width 0: none came

 private:
  bool take_line(std::string_view line);
  bool fail(std::string why);

  std::string waiting_;
  std::size_t pixels_ = 0;  // still to come
  std::string wrong_;
  bool ready_ = false, ended_ = false;
  Layers layers_;
  PdfStage next_ = PdfStage::open;
};

}  // namespace papertray
