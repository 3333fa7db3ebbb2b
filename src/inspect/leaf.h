// One leaf of the MIME tree: its labels, and its bytes decoded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <gmime/gmime.h>

#include "core/message.h"
#include "inspect/encoded_words.h"
#include "inspect/part_writer.h"

namespace papertray::leaf {

// What the leaf's own header tells: type, name, disposition.
Part labels(GMimeObject* object, const EncodedWords& words, GMimeParserOptions* options);

// Decoded pieces; nothing is copied that is not encoded. Can be made anew to read once more.
class LeafBytes {
 public:
  explicit LeafBytes(GMimeObject* object);
  ~LeafBytes();
  LeafBytes(const LeafBytes&) = delete;
  LeafBytes& operator=(const LeafBytes&) = delete;

  // Valid until the next call; "" at the end only.
  std::string_view next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// All of it through the writer, which is left open for its finish(); the first `keep` bytes are
// returned.
std::string decode(GMimeObject* object, std::size_t keep, PartWriter& writer);

// The leaf's bytes as they lie in the mail; nullopt when a transfer encoding hides them.
std::optional<std::string_view> plain_bytes(GMimeObject* object);

}  // namespace papertray::leaf
