#include "report/json_value.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/plain.h"

namespace papertray::json {
namespace {

struct Range {
  char32_t first, last;
};

// What must not reach a terminal raw; C0 is escaped by JSON itself.
constexpr Range escaped[] = {
    {0x7f, 0x9f},    // DEL, C1
    {0xad, 0xad},    // soft hyphen
    {0x600, 0x605},  // Arabic format characters
    {0x61c, 0x61c},  // Arabic letter mark
    {0x6dd, 0x6dd},     {0x70f, 0x70f},
    {0x180e, 0x180e},   {0x200b, 0x200f},  // zero-width characters, direction marks
    {0x2028, 0x202e},    // line and paragraph separators, direction embeddings and overrides
    {0x2060, 0x206f},    // invisible operators, direction isolates
    {0xfeff, 0xfeff},    // byte order mark
    {0xfff9, 0xfffb},    // interlinear annotation
    {0xe0000, 0xe007f},  // tag characters
};

constexpr char hex[] = "0123456789abcdef";

bool must_escape(char32_t code) {
  for (const Range& range : escaped)
    if (code >= range.first && code <= range.last) return true;
  return false;
}

void append_escape(std::string& out, char32_t code) {
  const auto unit = [&out](char32_t value) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
      out += hex[(value >> shift) & 0xf];
  };
  if (code < 0x10000) return unit(code);
  unit(0xd800 + ((code - 0x10000) >> 10));  // RFC 8259 section 7: a surrogate pair
  unit(0xdc00 + ((code - 0x10000) & 0x3ff));
}

// `json` is valid UTF-8 (it was dumped with mended strings), and characters outside ASCII stand in
// its strings only.
std::string harmless(std::string json) {
  std::string out;
  if (std::ranges::all_of(json, [](char c) { return static_cast<unsigned char>(c) < 0x7f; }))
    return json;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const auto lead = static_cast<unsigned char>(json[at]);
    if (lead < 0x7f) {
      out += json[at++];
      continue;
    }
    const std::size_t size = lead == 0x7f ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t code = size == 1 ? lead : lead & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
      code = (code << 6) | (static_cast<unsigned char>(json.at(at + i)) & 0x3fu);
    if (must_escape(code))
      append_escape(out, code);
    else
      out.append(json, at, size);
    at += size;
  }
  return out;
}

std::string dumped(const Value& value) {
  return harmless(value.dump(2, ' ', false, Value::error_handler_t::replace));
}

}  // namespace

Value words(std::string_view text) {
  return plain_ascii(text) ? std::string(text) : valid_utf8(text);
}

Value words_or_null(std::string_view text) {
  return text.empty() ? Value() : words(text);
}

Value list(const std::vector<std::string>& texts) {
  Value array = Value::array();
  for (const std::string& text : texts)
    array.push_back(words(text));
  return array;
}

Value time(Time t) {
  return rfc3339(t);
}

Value time(const std::optional<Time>& t) {
  return t ? time(*t) : Value();
}

Value number(const std::optional<int>& n) {
  return n ? Value(*n) : Value();
}

Value clocks(const std::vector<ClockRow>& rows) {
  Value value = Value::object();
  Value counted;
  for (const ClockRow& row : rows) {
    value[row.key] = time(row.at);
    if (row.counts) counted = row.key;
  }
  value["counted"] = std::move(counted);
  return value;
}

Value document(std::string_view name) {
  Value value = Value::object();
  value["schema"] = "papertray/" + std::string(name) + "/1";
  return value;
}

std::string printed(const Value& value) {
  return dumped(value) + "\n";
}

ListPrinter::ListPrinter(std::string_view name) {
  text_ = "{\n  \"schema\": \"papertray/" + std::string(name) + "/1\",\n  \"items\": [";
}

ObjectWriter::ObjectWriter(std::string& to, std::size_t indent) : to_(to), indent_(indent) {
  to_ += '{';
}

void ObjectWriter::key(std::string_view name) {
  to_ += empty_ ? "\n" : ",\n";
  empty_ = false;
  to_.append(indent_, ' ').append("\"").append(name).append("\": ");
}

void ObjectWriter::words(std::string_view name, std::string_view text) {
  key(name);
  const auto escaped = [](char c) { return c == '"' || c == '\\'; };
  if (plain_ascii(text) && std::none_of(text.begin(), text.end(), escaped))
    to_.append("\"").append(text).append("\"");
  else
    to_ += dumped(json::words(text));
}

void ObjectWriter::number(std::string_view name, std::int64_t number) {
  key(name);
  to_ += std::to_string(number);
}

void ObjectWriter::number(std::string_view name, const std::optional<int>& number) {
  number ? this->number(name, std::int64_t{*number}) : none(name);
}

void ObjectWriter::flag(std::string_view name, bool flag) {
  key(name);
  to_ += flag ? "true" : "false";
}

void ObjectWriter::time(std::string_view name, Time time) {
  key(name);
  to_.append("\"").append(rfc3339(time)).append("\"");
}

void ObjectWriter::none(std::string_view name) {
  key(name);
  to_ += "null";
}

ObjectWriter ObjectWriter::object(std::string_view name) {
  key(name);
  return {to_, indent_ + 2};
}

void ObjectWriter::end() {
  if (!empty_) to_.append("\n").append(indent_ - 2, ' ');
  to_ += '}';
}

ObjectWriter ListPrinter::add() {
  constexpr std::size_t indent = 6;
  text_ += empty_ ? "\n    " : ",\n    ";
  empty_ = false;
  return {text_, indent};
}

void ListPrinter::add(const Value& item) {
  text_ += empty_ ? "\n    " : ",\n    ";
  empty_ = false;
  const std::string text = dumped(item);
  for (std::string_view rest = text; !rest.empty();) {  // line ends within strings are escaped
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    if (line.empty()) {
      text_ += rest;
      break;
    }
    text_.append(line).append("    ");
    rest.remove_prefix(line.size());
  }
}

std::string ListPrinter::take() {
  text_ += empty_ ? "]\n}\n" : "\n  ]\n}\n";
  return std::move(text_);
}

}  // namespace papertray::json
