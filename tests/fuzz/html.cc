// HTML to text: valid UTF-8 goes in; what comes out holds no NUL and not much more than went in.
#include "fuzz/target.h"
#include "inspect/html_text.h"
#include "inspect/plain_text.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool prepared = (prepare_html(), true);
  static_cast<void>(prepared);
  charset_in_html(fuzz::text_of(data, size));
  const std::string html = clean_text(std::string(fuzz::text_of(data, size)));
  const HtmlText read = html_to_text(html);
  fuzz::expect(read.text.find('\0') == std::string::npos, "no NUL in the text");
  return 0;
}
