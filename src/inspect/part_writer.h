// The decoded bytes of one part, in pieces, for everything that is asked of them: size, SHA-256, whether
// it is a PDF, and if so a place in the output.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/message.h"
#include "inspect/output.h"

namespace papertray {

class PartWriter {
 public:
  PartWriter();
  ~PartWriter();
  PartWriter(const PartWriter&) = delete;
  PartWriter& operator=(const PartWriter&) = delete;

  // A new mail begins, whose PDFs go there.
  void reset(Output& output);

  // begin, add..., finish for each part. A PDF's bytes go to the output as they come. add throws
  // set_aside when all parts of the mail together are over caps::decoded_bytes.
  void begin();
  void add(std::string_view piece);
  // Fills size, sha256, pdf, offset and kind.
  void finish(Part& part);

  // Of the part that is being written.
  std::uint64_t size() const { return size_; }
  // Its first bytes: enough to recognise an archive.
  std::string_view head() const { return std::string_view(head_).substr(0, 8); }

 private:
  void decide();
  void keep_tail(std::string_view piece);

  struct Digest;
  std::unique_ptr<Digest> digest_;
  Output* output_ = nullptr;
  std::uint64_t decoded_ = 0;  // of all parts of the mail
  std::uint64_t size_ = 0;
  std::uint64_t offset_ = 0;
  std::string head_;  // until it is known whether this is a PDF
  std::string tail_;  // of a PDF: where its end should be
  bool decided_ = false;
  bool pdf_ = false;
  bool written_ = false;  // goes to the output
};

}  // namespace papertray
