// What a mail brings: papers, texts, links, things in other formats. Internal to core.
#pragma once

#include <string>

#include "core/message.h"
#include "core/route.h"

namespace papertray {

// A text with at least one character that can be seen.
bool brings_text(const Message& message);

// The same of what the writer says in it (reply_text): quotes and signatures are nobody's question.
bool says_something(const Message& message);

// Those that a reader may open: a damaged one is no paper.
int count_pdfs(const Message& message);

// A part that the sender attached, beyond the text, its pictures and signatures.
bool has_attachment(const Message& message);

// Why a mail that was meant to bring a PDF has none; `what` names the piece that tells (a link, a
// file's name), fit to show, or is "".
struct Missing {
  Problem problem = Problem::no_pdf;
  std::string what;
  FileKind kind = FileKind::unknown;  // of that file
};
Missing missing_pdf(const Message& message);

}  // namespace papertray
