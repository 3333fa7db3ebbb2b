#include "report/receipt_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"
#include "report/letter_html.h"
#include "report/template_check.h"
#include "report/wrap.h"

namespace papertray {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view subject_field = "Subject:";

// RFC 3676 section 4.2 and old custom: a quoted line still fits 80 columns.
constexpr std::size_t mail_width = 76;

// kainjow 4.1 leaves an empty line behind for a standalone section that is not shown, and swallows the
// empty line after one that is. So the lines of standalone tags are taken out beforehand, and line ends
// are hidden from it behind a byte that no value holds (values pass many_lines).
constexpr char hidden_line_end = '\x01';

// A value of several lines is marked where it begins and at its line ends, so that `> {{question}}`
// quotes all of it: whatever a stranger writes stays recognisable as his.
constexpr char value_begin = '\x02';
constexpr char value_line_end = '\x03';

std::string filled(const std::string& text, const mustache::data& values) {
  std::string hidden = text;
  std::ranges::replace(hidden, '\n', hidden_line_end);
  mustache::mustache filler(hidden);
  // Plain text: what HTML would escape stays as it is.
  filler.set_custom_escape([](const std::string& value) { return value; });
  std::string out = filler.render(values);
  if (!filler.is_valid())
    throw Failure({Scope::message, Again::person, Exit::configuration,
                   "a receipt's template could not be filled: " + filler.error_message()});
  std::ranges::replace(out, hidden_line_end, '\n');
  return out;
}

std::string marked(std::string text) {
  if (text.find('\n') == std::string::npos) return text;
  std::ranges::replace(text, '\n', value_line_end);
  return value_begin + text;
}

// Puts what stands before a value of several lines (blanks and `>`) before each of its lines.
std::string with_prefixes(std::string_view text) {
  std::string out;
  std::string prefix;
  std::size_t line_begin = 0;
  for (const char c : text) {
    if (c == value_begin) {
      prefix = out.substr(line_begin);
      if (prefix.find_first_not_of("> ") != std::string::npos) prefix.clear();
    } else if (c == value_line_end || c == '\n') {
      out += '\n';
      line_begin = out.size();
      if (c == value_line_end) out += prefix;
    } else {
      out += c;
    }
  }
  return out;
}

mustache::data values_of(const ReceiptView& view) {
  mustache::data values;
  for (const auto& [name, text] : view.values) {
    if (text.empty())
      values.set(name, mustache::data(mustache::data::type::bool_false));
    else
      values.set(name, mustache::data(marked(many_lines(text))));
  }
  return values;
}

// A header's value is one line, whatever the values hold (CR and LF in it would be further headers).
std::string as_subject(std::string_view text) {
  std::string line = one_line(text);
  std::string out;
  for (const char c : line)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  while (out.ends_with(' '))
    out.pop_back();
  return out;
}

// LF at line ends, no byte order mark, as editors on other systems leave them.
std::string unix_text(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  return out;
}

// Only tags and blanks: such a subject could come out empty.
bool holds_no_words(std::string_view text) {
  while (!text.empty()) {
    if (text.starts_with("{{")) {
      text.remove_prefix(std::min(text.find("}}"), text.size() - 2) + 2);
      continue;
    }
    if (text.front() != ' ') return false;
    text.remove_prefix(1);
  }
  return true;
}

void check_characters(std::string_view text, const std::string& file) {
  int line = 1;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view part = text.substr(0, end);
    if (valid_utf8(part) != part)
      template_failure(file, line, "this line is not UTF-8; save the file as UTF-8");
    const auto control = [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; };
    if (std::ranges::any_of(part, control))
      template_failure(file, line, "this line holds a control character; take it out");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++line;
  }
}

}  // namespace

ReceiptTemplates::Template ReceiptTemplates::read(const std::string& given, const std::string& file) {
  const std::string text = unix_text(given);
  check_characters(text, file);

  const std::size_t first_end = std::min(text.find('\n'), text.size());
  const std::string_view first = std::string_view(text).substr(0, first_end);
  if (!first.starts_with(subject_field))
    template_failure(file, 1, "the first line is the subject; write \"Subject: ...\"");
  const std::string_view subject = first.substr(subject_field.size());
  check_tags(subject, {file, 1}, receipt_view_names());
  if (holds_no_words(subject))
    template_failure(file, 1, "the subject has no words of its own and could come out empty; add some");

  const std::string_view rest = std::string_view(text).substr(std::min(first_end + 1, text.size()));
  const std::size_t second_end = std::min(rest.find('\n'), rest.size());
  if (rest.substr(0, second_end).find_first_not_of(" \t") != std::string_view::npos)
    template_failure(file, 2, "the second line must be empty; the text begins after it");
  const std::string_view body = rest.substr(std::min(second_end + 1, rest.size()));
  if (body.find_first_not_of(" \t\n") == std::string_view::npos)
    template_failure(file, 3, "the text is missing; write it after the subject and an empty line");
  check_tags(body, {file, 3}, receipt_view_names());
  return {.subject = std::string(subject), .body = without_standalone_lines(body)};
}

ReceiptTemplates ReceiptTemplates::parse(const std::map<std::string, std::string>& texts,
                                         const std::string& folder) {
  ReceiptTemplates parsed;
  for (const ReceiptKind kind : all_receipt_kinds) {
    const std::string name{receipt_kind_name(kind)};
    const std::string file = folder + "/" + name + ".txt";
    const auto found = texts.find(name);
    if (found == texts.end() && is_later_receipt_kind(kind)) continue;
    if (found == texts.end()) {
      std::vector<std::string> others;
      for (const auto& [other, text] : texts)
        others.push_back(other);
      const std::string nearest = nearest_word(name, others);
      template_failure(
          file, 1,
          "this template is missing; " + (nearest.empty() ? "copy it from the sample rules"
                                                          : "should " + nearest + ".txt be named so?"));
    }
    parsed.templates_.emplace(name, read(found->second, file));
  }
  for (const auto& [name, text] : texts)
    if (own_letter_name(name)) parsed.templates_.emplace(name, read(text, folder + "/" + name + ".txt"));
  return parsed;
}

RenderedReceipt ReceiptTemplates::render(const std::string& name, const ReceiptView& view) const {
  const Template& chosen = templates_.at(name);
  const mustache::data values = values_of(view);
  RenderedReceipt receipt;
  receipt.subject = as_subject(with_prefixes(filled(chosen.subject, values)));
  const std::string lines = with_prefixes(filled(chosen.body, values));
  receipt.text = wrap_mail(lines, mail_width);
  receipt.html = letter_html(receipt.subject, lines);
  return receipt;
}

}  // namespace papertray
