#include "smtp/header_text.h"

#include <algorithm>
#include <iterator>

#include <mimetic/codec/base64.h>

namespace papertray {
namespace {

constexpr std::string_view word_begin_q = "=?UTF-8?Q?";
constexpr std::string_view word_begin_b = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";
constexpr std::size_t word_frame = word_begin_q.size() + word_end.size();
// The shortest room worth starting an encoded word in: any one character (four octets, =XX each).
constexpr std::size_t least_word = word_frame + 12;
// A quoted string cannot be folded by every reader; a longer name goes as encoded words.
constexpr std::size_t max_quoted_name = 60;

bool is_printable_ascii(char c) {
  return c > ' ' && c < '\x7f';
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// What may stand for itself in a Q word anywhere in a header, phrases included (RFC 2047 section 5 (3)).
bool is_q_plain(char c) {
  return is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

// RFC 5322 section 3.2.3.
bool is_atext(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

std::size_t q_length(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text)
    length += is_q_plain(c) || c == ' ' ? 1 : 3;
  return length;
}

std::size_t b_length(std::size_t octets) {
  return (octets + 2) / 3 * 4;
}

std::string q_word(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string word(word_begin_q);
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (is_q_plain(c)) {
      word += c;
    } else if (c == ' ') {
      word += '_';
    } else {
      word += {'=', hex[octet >> 4], hex[octet & 15]};
    }
  }
  return word.append(word_end);
}

std::string b_word(std::string_view text) {
  std::string word(word_begin_b);
  mimetic::Base64::Encoder encoder(0);  // 0: no line breaks
  encoder.process(text.begin(), text.end(), std::back_inserter(word));
  return word.append(word_end);
}

// Octets of the UTF-8 character at `at`: up to the next lead octet.
std::size_t character_at(std::string_view utf8, std::size_t at) {
  std::size_t end = at + 1;
  while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80)
    ++end;
  return end - at;
}

// How many octets of `utf8` fit an encoded word of at most `room` octets: whole characters, at least
// one.
std::size_t fitting(std::string_view utf8, std::size_t room, bool q) {
  const std::size_t payload = room - word_frame;
  std::size_t taken = 0;
  std::size_t length = 0;
  while (taken < utf8.size()) {
    const std::size_t octets = character_at(utf8, taken);
    length = q ? length + q_length(utf8.substr(taken, octets)) : b_length(taken + octets);
    if (length > payload && taken > 0) break;
    taken += octets;
  }
  return taken;
}

// Whether a word cannot stand as it is: it is no printable ASCII, a reader would take it for an encoded
// word, or it is too long for the `room` of a line.
bool needs_encoding(std::string_view word, std::size_t room) {
  return word.size() > room || word.find("=?") != std::string_view::npos ||
         !std::all_of(word.begin(), word.end(), is_printable_ascii);
}

// Runs of blanks, blanks at either end, and TABs: somebody on the way folds or trims them, unless they
// are encoded.
bool has_fragile_blanks(std::string_view text) {
  return text.front() == ' ' || text.back() == ' ' || text.find("  ") != std::string_view::npos ||
         text.find('\t') != std::string_view::npos;
}

// `text` has no fragile blanks: words with one blank between them.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

void write_text(HeaderLine& line, std::string_view utf8) {
  if (utf8.empty()) return;
  if (has_fragile_blanks(utf8)) {
    line.encoded(utf8);
    return;
  }
  const auto words = words_of(utf8);
  const auto needs = [room = line.room()](std::string_view word) { return needs_encoding(word, room); };
  const auto first = std::find_if(words.begin(), words.end(), needs);
  const auto last = std::find_if(words.rbegin(), words.rend(), needs).base();  // one past it
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (word != first) {
      line.word(*word);
      continue;
    }
    word = std::prev(last);
    line.encoded({first->data(), static_cast<std::size_t>(word->data() + word->size() - first->data())});
  }
}

std::string quoted_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

void write_display_name(HeaderLine& line, std::string_view display) {
  const auto words = words_of(display);
  const auto needs = [room = line.room()](std::string_view word) { return needs_encoding(word, room); };
  const bool atoms =
      std::all_of(display.begin(), display.end(), [](char c) { return is_atext(c) || c == ' '; });
  const std::string quoted = quoted_string(display);
  // All of the name or nothing: a phrase half quoted, half encoded reads differently everywhere.
  if (has_fragile_blanks(display) || std::any_of(words.begin(), words.end(), needs) ||
      (!atoms && quoted.size() > max_quoted_name)) {
    line.encoded(display);
  } else if (atoms) {
    write_text(line, display);
  } else {
    line.word(quoted);
  }
}

}  // namespace

HeaderLine::HeaderLine(std::string_view name) : column_(name.size() + 2) {}

void HeaderLine::word(std::string_view word) {
  if (!text_.empty()) {
    const bool fits = column_ + 1 + word.size() <= max_header_columns;
    text_.append(fits ? " " : "\r\n ");
    column_ = fits ? column_ + 1 : 1;
  }
  text_.append(word);
  column_ += word.size();
}

void HeaderLine::encoded(std::string_view utf8) {
  const bool q = q_length(utf8) <= b_length(utf8.size());
  while (!utf8.empty()) {
    // Fill the line; where no word is worth it, word() starts a new one. The blank between two encoded
    // words is no part of the text (RFC 2047 section 6.2).
    const std::size_t left = room();
    const std::size_t limit = left >= least_word ? left : max_header_columns - 1;
    const std::size_t taken = fitting(utf8, std::min(limit, max_encoded_word), q);
    word(q ? q_word(utf8.substr(0, taken)) : b_word(utf8.substr(0, taken)));
    utf8.remove_prefix(taken);
  }
}

std::size_t HeaderLine::room() const {
  const std::size_t used = text_.empty() ? column_ : column_ + 1;
  return used < max_header_columns ? max_header_columns - used : 0;
}

std::string unstructured_value(std::string_view name, std::string_view utf8) {
  HeaderLine line(name);
  write_text(line, utf8);
  return line.text();
}

std::string mailbox_value(std::string_view name, std::string_view display, std::string_view address) {
  HeaderLine line(name);
  if (display.empty()) {
    line.word(address);
    return line.text();
  }
  write_display_name(line, display);
  line.word("<" + std::string(address) + ">");
  return line.text();
}

std::string ids_value(std::string_view name, const std::vector<std::string>& ids) {
  HeaderLine line(name);
  for (const std::string& id : ids)
    line.word("<" + id + ">");
  return line.text();
}

}  // namespace papertray
