// What a person says in a mail: lines of the text, in their order, in time that grows with the text; and
// whose mail is passed on in it.
#include "core/forwarded_author.h"
#include "core/printable.h"
#include "core/reply_text.h"
#include "fuzz/target.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const ReplyText read = reply_text(text);
  fuzz::expect(read.said.size() <= text.size(), "nothing is added");
  constexpr std::size_t looks_at_a_byte = 100;
  fuzz::expect(read.looked_at <= looks_at_a_byte * (size + 100), "each byte is looked at a few times");
  count_questions(read.said);
  for (const char* subject : {"Fwd: x", "x"})
    if (const auto author = forwarded_author(text, subject)) {
      const bool whole = valid_utf8(text) != text || valid_utf8(author->name) == author->name;
      fuzz::expect(whole, "no character of a name is cut");
      fuzz::expect(!author->name.empty() || !author->address.empty(), "somebody is named");
      fuzz::expect((author->name + author->address).find('\n') == std::string::npos, "on one line");
    }
  return 0;
}
