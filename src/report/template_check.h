// The tags of one template, checked before it is used: which tags, whether they close, which names.
// Internal to report/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct TemplatePlace {
  std::string file;  // "receipts/late.txt"
  int line = 1;      // of the text's first line
};

// Throws Failure (program, configuration) "FILE:LINE: ...".
[[noreturn]] void template_failure(const std::string& file, int line, const std::string& what);

// `names` are the variables there are. Throws template_failure at the first mistake.
void check_tags(std::string_view text, const TemplatePlace& place,
                const std::vector<std::string>& names);

// `text` without the rest of each line that holds nothing but one section tag or remark, as Mustache
// wants it ("standalone tags"). The text has passed check_tags.
std::string without_standalone_lines(std::string_view text);

}  // namespace papertray
