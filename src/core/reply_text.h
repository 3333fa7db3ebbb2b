// What the writer of a mail says in it, apart from what mail programs and habits put around it: quoted
// mails, signatures, disclaimers, "Sent from my iPhone". A question is recorded so; the whole text is
// kept beside it, since no rule for this is ever right about everybody.
//
// Where a person's words and a program's cannot be told apart, they count as said.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

enum class CutKind {
  quote,       // the mail that is answered, with the line or the headers that introduce it
  forward,     // a mail that is passed on, and the lines that introduce it
  signature,   // with the line that sets it apart
  disclaimer,  // what a company's server adds
  client,      // what a mail program says of itself
};
std::string_view cut_name(CutKind kind);  // "quote"

// Lines of the text, counted from 0: [first, end).
struct Cut {
  CutKind kind = CutKind::quote;
  std::size_t first = 0;
  std::size_t end = 0;
};

struct ReplyText {
  std::string said;      // lines of the text in their order, LF between them; "" when nothing is said
  std::vector<Cut> cut;  // in order
  // Bytes and lines that were looked at, each time counted: for the test that this grows with the text
  // alone.
  std::size_t looked_at = 0;
};

// `text` is UTF-8 with LF line ends; anything else is taken as it comes. The time is proportional to its
// length. Quotes between answers stay, since the answers would mean nothing without them. Of a mail that
// is a forwarded one and nothing else, the forwarded text counts as said.
ReplyText reply_text(std::string_view text);

// How many questions a text asks, as far as marks and numbering tell; 1 for any other text, 0 for none.
// Quoted lines do not count.
int count_questions(std::string_view said);

}  // namespace papertray
