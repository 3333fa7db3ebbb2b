#include "core/forwarded_author.h"

#include <algorithm>
#include <string>

#include "core/ascii.h"
#include "core/reply_attribution.h"
#include "core/reply_headers.h"
#include "core/reply_lines.h"
#include "core/subject.h"

namespace papertray {
namespace {

// From the title down: itself, empty lines, sixteen headers with their continuations.
constexpr std::size_t most_lines = 40;
constexpr std::string_view colons[] = {":", "："};

// Without the "> " that Apple Mail and some others put before what they pass on.
std::string_view unquoted(std::string_view line) {
  const auto mark = line.find_first_not_of(' ');
  if (mark == std::string_view::npos || line[mark] != '>') return line;
  line.remove_prefix(mark + 1);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return line;
}

std::string piece_from(const ReplyLines& lines, std::size_t first) {
  std::string piece;
  const std::size_t end = std::min(lines.size(), first + most_lines);
  for (std::size_t i = first; i < end; ++i)
    if (lines[i].text.size() <= longest_telling) piece.append(unquoted(lines[i].text)).append("\n");
  return piece;
}

// `marks` are ASCII, each for itself.
std::string_view trimmed_of(std::string_view text, std::string_view marks) {
  const auto first = text.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(marks) - first + 1);
}

// `local@domain` and nothing else.
std::string_view as_address(std::string_view word) {
  if (ascii::starts_with(word, "mailto:")) word.remove_prefix(7);
  const auto at = word.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == word.size()) return {};
  return word.find_first_of(" \t<>[]()\"',;:\\") == std::string_view::npos ? word : std::string_view();
}

Address made_of(std::string_view name, std::string_view address) {
  name = trimmed_of(name, " \t*\"',<([");
  const auto at = address.rfind('@');
  Address made{std::string(name), std::string(address)};
  if (at != std::string_view::npos)
    made.address.replace(at, made.address.size(), ascii::lower(address.substr(at)));
  if (ascii::same(name, address)) made.name.clear();
  return made;
}

// `Ada <ada@example.org>`, `"Ada" [mailto:ada@example.org]`, `ada@example.org (Ada)`, `Ada`.
std::optional<Address> author_in(std::string_view value) {
  constexpr std::string_view no_break_space = "\u00A0";
  while (value.starts_with(no_break_space))
    value.remove_prefix(no_break_space.size());
  while (value.ends_with(no_break_space))
    value.remove_suffix(no_break_space.size());
  value = trimmed_of(value, " \t*");
  for (const char bracket : {'<', '[', '('}) {
    for (auto open = value.find(bracket); open != std::string_view::npos;
         open = value.find(bracket, open + 1)) {
      std::string_view inside = ascii::trimmed(value.substr(open + 1));
      inside = inside.substr(0, inside.find_first_of(" \t<>[]()"));
      const std::string_view address = as_address(inside);
      if (!address.empty()) return made_of(value.substr(0, open), address);
    }
  }
  const std::size_t end = std::min(value.find_first_of(" \t"), value.size());
  const std::string_view word = trimmed_of(value.substr(0, end), ",;\"'");
  if (const std::string_view address = as_address(word); !address.empty())
    return made_of(trimmed_of(value.substr(end), " \t()"), address);
  const Address name = made_of(value, "");
  if (name.name.empty()) return std::nullopt;
  return name;
}

// Outlook's "Name: value" in a language that we do not know is a header, too: what counts is the colon.
std::optional<Address> author_on(std::string_view line) {
  std::size_t start = line.size();
  for (const std::string_view colon : colons)
    if (const auto at = line.find(colon); at != std::string_view::npos)
      start = std::min(start, at + colon.size());
  return author_in(line.substr(start));
}

}  // namespace

std::optional<Address> forwarded_author(std::string_view text, std::string_view subject) {
  const bool said = says_forwarded(subject);
  const ReplyLines lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // A quote's first line may begin a mail that is passed on; below it, it is the quoted mail that did.
    const bool opens_quote = lines.quote(i) && (i == 0 || !lines.quote(i - 1));
    if (!lines.text(i) && !opens_quote) continue;
    if (lines.text(i) && !other_mail_at(lines, 0, i)) {
      if (attribution_at(lines, 0, i)) return std::nullopt;  // what follows is the mail that is answered
      continue;
    }
    const std::string below = piece_from(lines, i);
    const ReplyLines piece(below);
    const auto other = piece.size() == 0 ? std::nullopt : other_mail_at(piece, 0, 0);
    if (!other) continue;
    if (other->told != OtherMail::Told::forwarded && !said) return std::nullopt;
    return other->from ? author_on(piece[*other->from].text) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace papertray
