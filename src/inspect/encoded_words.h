// Encoded words in headers (RFC 2047), decoded here and not by GMime 3.2.13: it decodes a run of base64
// words as one block and stops at the first padding. `=?utf-8?B?R3LDtg==?= =?utf-8?B?w59l?=` becomes
// "Grö" there; many programs pad each word, and what is lost is the end of a subject.
#pragma once

#include <string>
#include <string_view>

#include "inspect/charset.h"
#include "inspect/notes.h"

namespace papertray {

class EncodedWords {
 public:
  EncodedWords(const Charsets& charsets, Notes& notes) : charsets_(charsets), notes_(notes) {}

  // An unstructured header's text. Bytes outside of encoded words that are no UTF-8 are windows-1252.
  std::string decoded(std::string_view raw) const;

  // The same header with each run of encoded words as one in UTF-8 and base64, which GMime reads right:
  // for addresses and parameters, whose syntax must stay.
  std::string merged(std::string_view raw) const;

 private:
  std::string text_of(std::string_view charset, std::string_view bytes) const;
  template <typename Plain, typename Run>
  void split(std::string_view raw, Plain plain, Run run) const;

  const Charsets& charsets_;
  Notes& notes_;
};

}  // namespace papertray
