#include "report/authors.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/ascii.h"
#include "core/page_text.h"

namespace papertray {
namespace {

// Where the next name ends, and how many bytes part it from the one after.
std::pair<std::size_t, std::size_t> end_of_name(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ',' || text[at] == ';' || text[at] == '\n') return {at, 1};
    for (const std::string_view word : {" and ", " & "})
      if (ascii::starts_with(text.substr(at), word)) return {at, word.size()};
  }
  return {text.size(), 0};
}

// Words of institutions and places, by their beginnings; a line with one holds no names.
constexpr std::string_view not_names[] = {
    "univ",    "instit",    "depart", "dept",   "school", "colleg", "labor", "lab",
    "cent",    "research",  "facult", "inc",    "corp",   "gmbh",   "ltd",   "llc",
    "company", "group",     "team",   "academ", "nation", "google", "intel", "nvidia",
    "cray",    "microsoft", "ibm",    "eth",    "epfl",   "mit",    "usa",   "uk",
    "anony",   "author",    "submit", "under",  "work",   "equal",  "state", "technolog"};

bool is_particle(std::string_view word) {
  constexpr std::string_view particles[] = {"de", "da", "di", "del", "der", "den", "van", "von", "la",
                                            "le", "el", "al", "bin", "ibn", "dos", "du",  "ten", "ter"};
  return std::ranges::find(particles, word) != std::end(particles);
}

// Two to five words, each with a capital or of a script without them, no digits, no institution.
bool is_name(std::string_view name) {
  std::size_t words = 0;
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (word.empty()) continue;
    ++words;
    const bool small = word[0] >= 'a' && word[0] <= 'z';
    const bool letter = small || (word[0] >= 'A' && word[0] <= 'Z') || (word[0] & 0x80) != 0;
    if (!letter || (small && !is_particle(word)) ||
        word.find_first_of("0123456789@/:()[]{}<>_&") != std::string_view::npos)
      return false;
    if (std::ranges::any_of(not_names, [&](std::string_view begin) {
          // Short ones are whole words: Mitra is a name, MIT is none.
          return begin.size() < 4 ? ascii::same(word, begin) : ascii::starts_with(word, begin);
        }))
      return false;
  }
  return words >= 2 && words <= 5;
}

// Marks that lead to a footnote.
std::string without_marks(std::string_view line) {
  std::string out(line);
  for (const std::string_view mark : {"*", "†", "‡", "§", "¶", "∗", "⋆", "♯", "¹", "²", "³", "⁴", "⁵"})
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at))
      out.erase(at, mark.size());
  while (!out.empty() && ascii::is_digit(out.back()))
    out.pop_back();
  return out;
}

}  // namespace

std::string authors_of_paper(std::string_view block, std::string_view otherwise) {
  const std::string clean = page_lines(block);
  std::vector<std::string> authors;
  for (std::string_view rest = clean; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find('@') != std::string_view::npos) continue;
    std::vector<std::string> names = author_names(line);
    for (std::string& name : names)
      name = page_line(without_marks(name));
    std::erase(names, "");
    if (names.empty() || !std::ranges::all_of(names, is_name)) continue;
    authors.insert(authors.end(), names.begin(), names.end());
  }
  constexpr std::size_t most = 60;  // more is a mistake of ours
  if (authors.empty() || authors.size() > most) return std::string(otherwise);
  return fmt::format("{}", fmt::join(authors, ", "));
}

std::vector<std::string> author_names(std::string_view given) {
  const std::string text = page_lines(without_addresses(page_lines(given)));
  std::vector<std::string> names;
  for (std::string_view rest = text; !rest.empty();) {
    const auto [end, gap] = end_of_name(rest);
    std::string_view name = rest.substr(0, end);
    rest.remove_prefix(end + gap);
    // "A, B, and C"
    name = ascii::trimmed(name);
    if (ascii::starts_with(name, "and ")) name = ascii::trimmed(name.substr(4));
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

std::string authors_line(std::string_view text) {
  return fmt::format("{}", fmt::join(author_names(text), ", "));
}

}  // namespace papertray
