#include "imap/folder_name.h"

#include <cstdint>
#include <optional>

#include "core/error.h"
#include "core/printable.h"
#include "net/text.h"

namespace papertray {
namespace {

// RFC 3501 section 5.1.3: base64 with ',' for '/', without padding.
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

// The next character of valid UTF-8.
char32_t take_character(std::string_view& utf8) {
  const auto first = static_cast<unsigned char>(utf8.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t value = length == 1 ? first : first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length && i < utf8.size(); ++i)
    value = value << 6 | (static_cast<unsigned char>(utf8[i]) & 0x3fU);
  utf8.remove_prefix(std::min(length, utf8.size()));
  return value;
}

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&text](char32_t byte) {
    text += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | c >> 6), put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12), put(0x80 | (c >> 6 & 0x3f)), put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | c >> 18), put(0x80 | (c >> 12 & 0x3f)), put(0x80 | (c >> 6 & 0x3f)),
        put(0x80 | (c & 0x3f));
  }
}

// A run of characters that do not stand for themselves, as `&...-`.
class Shifted {
 public:
  explicit Shifted(std::string& out) : out_(out) {}
  void add(char32_t c) {
    if (!open_) out_ += '&';
    open_ = true;
    if (c >= 0x10000) {
      add_unit(0xd800 + ((c - 0x10000) >> 10));
      add_unit(0xdc00 + ((c - 0x10000) & 0x3ff));
    } else {
      add_unit(c);
    }
  }
  void close() {
    if (!open_) return;
    if (count_ > 0) out_ += alphabet[(bits_ << (6 - count_)) & 0x3f];
    out_ += '-';
    open_ = false;
    bits_ = count_ = 0;
  }

 private:
  void add_unit(std::uint32_t unit) {
    bits_ = bits_ << 16 | unit;
    for (count_ += 16; count_ >= 6; count_ -= 6)
      out_ += alphabet[bits_ >> (count_ - 6) & 0x3f];
    bits_ &= 0x3f;
  }
  std::string& out_;
  bool open_ = false;
  std::uint32_t bits_ = 0;
  std::uint32_t count_ = 0;
};

std::optional<std::string> decode_shifted(std::string_view encoded) {
  std::string text;
  std::uint32_t bits = 0, count = 0;
  std::optional<char32_t> high;
  for (const char c : encoded) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0x3fffff;
    count += 6;
    if (count < 16) continue;
    count -= 16;
    const char32_t unit = bits >> count & 0xffff;
    if (high) {
      if (unit < 0xdc00 || unit > 0xdfff) return std::nullopt;
      append_utf8(text, 0x10000 + ((*high - 0xd800) << 10) + (unit - 0xdc00));
      high.reset();
    } else if (unit >= 0xd800 && unit <= 0xdbff) {
      high = unit;
    } else if (unit >= 0xdc00 && unit <= 0xdfff) {
      return std::nullopt;
    } else {
      append_utf8(text, unit);
    }
  }
  if (high) return std::nullopt;
  return text;
}

[[noreturn]] void refuse(std::string_view name, const std::string& why) {
  throw Failure(
      Error{Scope::folder, Again::person, Exit::configuration,
            "the folder name '" + one_line(name) + "' " + why + "; correct `folders` in [mailbox]",
            Trouble::other});
}

}  // namespace

std::string to_wire_name(std::string_view utf8) {
  if (utf8.empty()) refuse(utf8, "is empty");
  if (protocol::has_control(utf8)) refuse(utf8, "holds a control character");
  if (valid_utf8(utf8) != utf8) refuse(utf8, "is no UTF-8");
  std::string wire;
  Shifted shifted(wire);
  while (!utf8.empty()) {
    const char32_t c = take_character(utf8);
    if (c >= 0x80) {
      shifted.add(c);
      continue;
    }
    shifted.close();
    wire += static_cast<char>(c);
    if (c == '&') wire += '-';
  }
  shifted.close();
  return wire;
}

std::string from_wire_name(std::string_view wire) {
  std::string text;
  for (std::size_t at = 0; at < wire.size(); ++at) {
    const std::size_t end = wire[at] == '&' ? wire.find('-', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += wire[at];
      continue;
    }
    if (end == at + 1) {
      text += '&';
    } else {
      const std::optional<std::string> decoded = decode_shifted(wire.substr(at + 1, end - at - 1));
      if (!decoded) return std::string(wire);
      text += *decoded;
    }
    at = end;
  }
  return text;
}

std::string quoted_name(std::string_view utf8) {
  std::string quoted = "\"";
  for (const char c : to_wire_name(utf8)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace papertray
