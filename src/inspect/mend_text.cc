#include "inspect/mend_text.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "core/printable.h"

namespace papertray {
namespace {

// U+FB00 to U+FB06; NFKC would also change exponents and signs that a title may mean.
constexpr std::string_view ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

bool is_blank(utf8proc_int32_t c) {
  return c <= 0x20 || c == 0x7f || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

// Soft hyphens, controls, direction marks: nothing that is seen.
bool is_invisible(utf8proc_int32_t c) {
  const utf8proc_category_t category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CN;
}

std::string composed(const std::string& text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.c_str());
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> form(utf8proc_NFC(bytes), &std::free);
  return form ? std::string(reinterpret_cast<const char*>(form.get())) : text;
}

bool begins_small(const std::string& text) {
  utf8proc_int32_t c = 0;
  utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &c);
  return c > 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

}  // namespace

std::string mended(std::string_view text) {
  // Nearly every word of nearly every paper.
  if (std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; })) return std::string(text);
  const std::string valid = valid_utf8(text);
  std::string out;
  bool owed = false;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(valid.data());
  auto left = static_cast<utf8proc_ssize_t>(valid.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t size = utf8proc_iterate(at, left, &c);
    if (size <= 0) break;
    const std::string_view bytes(reinterpret_cast<const char*>(at), static_cast<std::size_t>(size));
    at += size;
    left -= size;
    if (is_blank(c)) {
      owed = !out.empty();
      continue;
    }
    if (is_invisible(c)) continue;
    if (owed) out += ' ';
    owed = false;
    if (c >= 0xFB00 && c <= 0xFB06)
      out += ligatures[c - 0xFB00];
    else
      out += bytes;
  }
  return composed(out);
}

std::string joined_lines(const std::vector<std::string>& lines) {
  constexpr std::string_view hyphen = "\u2010";
  std::string all;
  for (const std::string& line : lines) {
    const std::string next = mended(line);
    if (next.empty()) continue;
    const std::size_t sign = all.ends_with('-') ? 1 : all.ends_with(hyphen) ? hyphen.size() : 0;
    if (sign > 0 && begins_small(next))
      all.erase(all.size() - sign);
    else if (!all.empty())
      all += ' ';
    all += next;
  }
  return all;
}

std::string cut_bytes(std::string_view text, std::size_t most) {
  std::string valid = valid_utf8(text);
  if (valid.size() <= most) return valid;
  while (most > 0 && (static_cast<unsigned char>(valid[most]) & 0xC0U) == 0x80U)
    --most;
  valid.resize(most);
  return valid;
}

}  // namespace papertray
