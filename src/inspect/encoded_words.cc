#include "inspect/encoded_words.h"

#include <memory>
#include <optional>

#include <glib.h>

#include "inspect/plain_text.h"

namespace papertray {
namespace {

// RFC 2047 section 2 allows 75 characters for the whole word; no known charset name is longer than this.
constexpr std::size_t longest_label = 60;
// Some programs write a whole subject as one word. Without a limit, words that never end would be
// searched to the end of the header, each of them.
constexpr std::size_t longest_word = 4096;

struct Word {
  std::string_view charset;
  char encoding = 0;  // 'b' or 'q'
  std::string_view text;
  std::size_t size = 0;  // of the whole word
};

// The encoded word that `raw` begins with. Blanks within are let pass: some programs leave them.
std::optional<Word> word_at(std::string_view raw) {
  if (!raw.starts_with("=?")) return std::nullopt;
  const auto label_end = raw.substr(0, longest_label + 3).find('?', 2);
  if (label_end == std::string_view::npos || label_end == 2 || label_end + 3 >= raw.size() ||
      raw[label_end + 2] != '?') {
    return std::nullopt;
  }
  Word word;
  word.charset = raw.substr(2, label_end - 2);
  // RFC 2231 section 5: a language may follow.
  word.charset = word.charset.substr(0, word.charset.find('*'));
  word.encoding = static_cast<char>(raw[label_end + 1] | 0x20);
  if (word.encoding != 'b' && word.encoding != 'q') return std::nullopt;
  const auto start = label_end + 3;
  const std::string_view rest = raw.substr(start, longest_word);
  const auto end = rest.find("?=");
  if (end == std::string_view::npos) return std::nullopt;
  word.text = rest.substr(0, end);
  word.size = start + end + 2;
  return word;
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size() + 3, '\0');
  gint state = 0;
  guint save = 0;
  const gsize size = g_base64_decode_step(text.data(), text.size(),
                                          reinterpret_cast<guchar*>(bytes.data()), &state, &save);
  bytes.resize(size);
  return bytes;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// RFC 2047 section 4.2.
std::string from_q(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '=' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    if (escape) {
      bytes += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      bytes += text[i] == '_' ? ' ' : text[i];
    }
  }
  return bytes;
}

bool only_blanks(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

// Calls plain(text) and run(charset, bytes) in turn. Words of one charset are joined as bytes: some
// programs cut within a character. Blanks between words are dropped (RFC 2047 section 6.2).
template <typename Plain, typename Run>
void EncodedWords::split(std::string_view raw, Plain plain, Run run) const {
  std::string_view charset;
  std::string bytes;
  bool open = false;
  std::size_t done = 0;
  for (auto at = raw.find("=?"); at != std::string_view::npos;) {
    const auto word = word_at(raw.substr(at));
    if (!word) {
      at = raw.find("=?", at + 2);
      continue;
    }
    const std::string_view between = raw.substr(done, at - done);
    const bool joins = open && only_blanks(between);
    if (open && !(joins && same_ascii(charset, word->charset))) {
      run(charset, bytes);
      bytes.clear();
    }
    if (!joins && !between.empty()) plain(between);
    charset = word->charset;
    bytes += word->encoding == 'b' ? from_base64(word->text) : from_q(word->text);
    open = true;
    done = at + word->size;
    at = raw.find("=?", done);
  }
  if (open) run(charset, bytes);
  if (done < raw.size()) plain(raw.substr(done));
}

std::string EncodedWords::text_of(std::string_view charset, std::string_view bytes) const {
  Charsets::Decoded decoded = charsets_.to_utf8(charset, bytes);
  if (!decoded.note.empty()) notes_.add("in the header: " + decoded.note);
  return std::move(decoded.text);
}

std::string EncodedWords::decoded(std::string_view raw) const {
  std::string out;
  split(
      raw, [&](std::string_view plain) { out += text_of("", plain); },
      [&](std::string_view charset, std::string_view bytes) { out += text_of(charset, bytes); });
  return out;
}

std::string EncodedWords::merged(std::string_view raw) const {
  if (raw.find("=?") == std::string_view::npos) return std::string(raw);
  std::string out;
  split(
      raw, [&](std::string_view plain) { out += plain; },
      [&](std::string_view charset, std::string_view bytes) {
        const std::string text = line_value(text_of(charset, bytes), bytes.size() * 4);
        const std::unique_ptr<gchar, void (*)(gpointer)> base64(
            g_base64_encode(reinterpret_cast<const guchar*>(text.data()), text.size()), g_free);
        // Words of two charsets side by side stay two; GMime drops the blank between them.
        if (out.ends_with("?=")) out += ' ';
        out += "=?utf-8?B?";
        out += base64.get();
        out += "?=";
      });
  return out;
}

}  // namespace papertray
