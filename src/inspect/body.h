// What a person reads of a mail: chosen among its text parts.
#pragma once

#include <string>
#include <vector>

#include "core/message.h"
#include "inspect/charset.h"
#include "inspect/notes.h"

namespace papertray {

struct TextPart {
  bool html = false;
  std::string bytes;    // transfer decoding done, charset not yet
  std::string charset;  // as labelled
  bool flowed = false;  // RFC 3676
  bool delsp = false;
  int alternative = -1;  // innermost multipart/alternative, see TreeWalk
};

// Of a multipart/alternative the plain part counts, unless it is blank (RFC 2046 section 5.1.4 leaves
// the choice to us; HTML is the riskier reading). Then: if the first part with words is plain, all plain
// parts in order; if it is HTML, all parts in order, because a plain footer may follow.
// Fills text, text_from, links and sealed (inline PGP).
void choose_body(std::vector<TextPart> parts, const std::vector<int>& alternatives,
                 const Charsets& charsets, Message& message, Notes& notes);

}  // namespace papertray
