// A stranger's subject, name, address, ids and words as they stand in the mails that we write.
#include "smtp/compose.h"

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/printable.h"
#include "fuzz/target.h"
#include "smtp/read_back.h"

using namespace papertray;

namespace {

constexpr char separator = '\x1f';

std::vector<std::string> pieces_of(std::string_view data) {
  std::vector<std::string> pieces(1);
  for (const char c : data) {
    if (c == separator)
      pieces.emplace_back();
    else
      pieces.back() += c;
  }
  pieces.resize(8);
  return pieces;
}

// The head's names, in order; also that it is made of whole, short, printable lines.
std::vector<std::string> names_of(std::string_view head) {
  std::vector<std::string> names;
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    fuzz::expect(end != std::string_view::npos, "a header's line ends with CRLF");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    fuzz::expect(!line.empty() && line.size() <= 998, "a header's line is neither empty nor too long");
    for (const char c : line)
      fuzz::expect(c == '\t' || (c >= ' ' && c < '\x7f'), "a header is printable ASCII");
    if (line.front() == ' ' || line.front() == '\t') {
      fuzz::expect(line.find_first_not_of(" \t") != std::string_view::npos,
                   "a folded line holds something");
      continue;
    }
    names.emplace_back(line.substr(0, line.find(':')));
  }
  return names;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view data = fuzz::text_of(bytes, size);
  const std::vector<std::string> pieces = pieces_of(data);
  Draft draft;
  draft.subject = pieces[0];
  draft.from =
      pieces[1].empty() ? "Desk <desk@workshop.example>" : pieces[1] + " <desk@workshop.example>";
  draft.to = pieces[2].empty() ? "ada@uni.example" : pieces[2];
  draft.message_id = "pt-0@workshop.example";
  draft.in_reply_to = pieces[3];
  draft.references = {pieces[4], pieces[3]};
  draft.text = pieces[5];
  draft.html = pieces[6];
  draft.boundary = "pt-0";
  draft.headers = {{"X-Note", pieces[7]}};
  std::string mail;
  try {
    mail = compose(draft);
  } catch (const Failure& failure) {
    fuzz::expect(failure.error().scope == Scope::message,
                 "what cannot be written is this mail's failure");
    return 0;
  }
  const std::size_t end = mail.find("\r\n\r\n");
  fuzz::expect(end != std::string::npos, "the head ends");
  std::vector<std::string> expected = {"Date", "From", "To", "Subject", "Message-ID"};
  const std::vector<std::string> names = names_of(std::string_view(mail).substr(0, end + 2));
  if (names.size() > 5 && names[5] == "In-Reply-To") expected.push_back("In-Reply-To");
  expected.insert(expected.end(), {"References", "X-Note", "MIME-Version", "Content-Type"});
  if (draft.html.empty()) expected.push_back("Content-Transfer-Encoding");
  fuzz::expect(names == expected, "the headers are those that were meant");
  for (std::size_t at = 0; at < mail.size(); ++at) {
    const bool lone = (mail[at] == '\n' && (at == 0 || mail[at - 1] != '\r')) ||
                      (mail[at] == '\r' && (at + 1 == mail.size() || mail[at + 1] != '\n'));
    fuzz::expect(!lone && mail[at] != '\0' && static_cast<unsigned char>(mail[at]) < 0x80,
                 "ASCII with whole line ends");
  }
  fuzz::expect(compose(draft) == mail, "the same bytes again");
  text_of_composed(mail);
  return 0;
}
