// Receipts in words: the rules' templates, checked when they are loaded and filled when mail came in.
//
// A template is a text file: `Subject: ...`, an empty line, the body. Its language is Mustache without
// partials, lambdas, `{{{name}}}`, `{{&name}}` and other delimiters: `{{name}}`, `{{#name}}...{{/name}}`
// (shown when the value is not empty), `{{^name}}...{{/name}}` (when it is), `{{! remark }}`. Values are
// plain text: nothing in them is escaped and nothing in them is a tag. The names are documented in
// docs/rules.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/receipt.h"

namespace papertray {

struct RenderedReceipt {
  std::string subject;  // one line, never empty
  std::string text;     // UTF-8, LF, lines of at most 76 columns where words allow it
  std::string html;     // the same
};

class ReceiptTemplates {
 public:
  // `texts`: name of a receipt ("received") -> its file's text. Throws Failure (program, configuration),
  // "FOLDER/late.txt:3: ...", on a missing template, a mistake in its form or an unknown name; only what
  // is_later_receipt_kind may be missing. Own letters (own_letter_name) are checked, too; texts of other
  // names are left alone. `folder` is for people.
  static ReceiptTemplates parse(const std::map<std::string, std::string>& texts,
                                const std::string& folder = "receipts");

  // Pure; safe for several threads at once. The template of that name is there.
  RenderedReceipt render(const std::string& name, const ReceiptView& view) const;
  RenderedReceipt render(ReceiptKind kind, const ReceiptView& view) const {
    return render(std::string(receipt_kind_name(kind)), view);
  }

 private:
  struct Template {
    std::string subject;  // Mustache, checked
    std::string body;
  };
  static Template read(const std::string& given, const std::string& file);
  std::map<std::string, Template> templates_;  // by name
};

}  // namespace papertray
