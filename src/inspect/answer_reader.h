// The worker's JSON, checked and made a Message.
//
// One object. Lists are flat, so that nothing nests and a hostile answer has nothing to nest:
//   "headers": [name, value, name, value, ...]        "from" "sender" "reply_to" "to": [name, address,
//   ...] "return_path": text or null                       "subject" "message_id" "type" "text": text
//   "in_reply_to" "references" "links" "notes": [text, ...]
//   "date" "received" "delivery_date": seconds since 1970 or null
//   "text_from": "none" | "plain" | "html"            "sealed": "no" | "smime" | "pgp"
//   "parts": [path, type, name, disposition, size, sha256, pdf, in_attached_message, offset,
//            container, kind, ...]
//   "report": [action, status, recipient, original recipient, diagnostic, message id, token], or absent
//   "refused": text                                   alone: the mail is over a cap
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/message.h"

namespace papertray {

struct AnswerRead {
  Message message;
  std::string refused;  // why the worker would not read the mail, or ""
  std::string wrong;    // what is wrong with the answer, or "": the worker is then not to be trusted
};

// `pdf_end`: PDFs must lie before it in the output. Every cap of caps.h is kept again here; strings are
// valid UTF-8 without NUL, and one line where core/message.h says so.
AnswerRead read_answer(std::string_view answer, std::uint64_t pdf_end);

}  // namespace papertray
