// One leaf of the MIME tree: decoded once, in pieces, for everything that is asked of its bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <gmime/gmime.h>

#include "core/message.h"
#include "inspect/encoded_words.h"
#include "inspect/output.h"

namespace papertray {

class LeafDecoder {
 public:
  LeafDecoder();
  ~LeafDecoder();
  LeafDecoder(const LeafDecoder&) = delete;
  LeafDecoder& operator=(const LeafDecoder&) = delete;

  // What the leaf's own header tells: type, name, disposition.
  static Part labels(GMimeObject* object, const EncodedWords& words, GMimeParserOptions* options);

  // Fills size, sha256, pdf and offset. A PDF's bytes go to `output`. The first `keep` decoded bytes of
  // anything are returned. Throws set_aside when all leaves together are over caps::decoded_bytes.
  std::string decode(GMimeObject* object, std::size_t keep, Part& part, Output& output);

  // The leaf's bytes as they lie in the mail; nullopt when a transfer encoding hides them.
  static std::optional<std::string_view> plain_bytes(GMimeObject* object);

  // A new mail begins.
  void reset() { decoded_ = 0; }

 private:
  struct Digest;
  std::unique_ptr<Digest> digest_;
  std::uint64_t decoded_ = 0;  // of all leaves of the mail
};

}  // namespace papertray
