// The header of a mail into the fields of a Message (RFC 5322 section 3.6).
#pragma once

#include <vector>

#include <gmime/gmime.h>

#include "core/message.h"
#include "inspect/encoded_words.h"
#include "inspect/notes.h"

namespace papertray {

// Fills everything of `message` that its header tells. Throws set_aside over a cap.
// Only its raw values are taken from `headers`: GMime gives the last of repeated fields, people are
// shown the first.
void read_fields(GMimeHeaderList* headers, const EncodedWords& words, GMimeParserOptions* options,
                 Message& message, Notes& notes);

// The addresses of its first From field alone, of a message within the mail; none when there is no such
// field or it is longer than caps::one_header_bytes.
std::vector<Address> read_from(GMimeHeaderList* headers, const EncodedWords& words,
                               GMimeParserOptions* options, Notes& notes);

}  // namespace papertray
