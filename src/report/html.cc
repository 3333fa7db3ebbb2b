#include "report/html.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/page_text.h"

namespace papertray {
namespace {

// Those within a line of text; all others begin a line of the source.
constexpr std::array<std::string_view, 13> inline_tags = {
    "a", "span", "time", "strong", "em", "b", "i", "code", "bdi", "abbr", "small", "title", "tspan"};

bool is_inline(std::string_view tag) {
  return std::ranges::find(inline_tags, tag) != inline_tags.end();
}

void add_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const std::string_view entity = html_entity(c);
    if (entity.empty())
      out += c;
    else
      out += entity;
  }
}

}  // namespace

std::string_view html_entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "";
  }
}

std::string with_entities(std::string_view text) {
  std::string out;
  add_escaped(out, text);
  return out;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  add_escaped(out, page_line(text));
  return out;
}

HtmlWriter HtmlWriter::page(std::string_view title, std::string_view style) {
  HtmlWriter html;
  html.out_ = "<!DOCTYPE html>";
  html.open("html", {{"lang", "en"}}).open("head");
  html.empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                      {"content",
                       "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
                       "form-action 'none'"}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.start_line("");
  html.element("title", title);
  html.empty("link", {{"rel", "stylesheet"}, {"href", style}});
  // Without an icon of the page browsers ask the server for one that is not there.
  html.empty("link", {{"rel", "icon"}, {"href", "data:,"}});
  return html;
}

void HtmlWriter::start_line(std::string_view tag) {
  if (!out_.empty() && out_.back() != '\n' && !is_inline(tag)) out_ += '\n';
}

void HtmlWriter::attribute(std::string_view name, std::string_view value) {
  if (value.empty() && name != "alt") return;
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  add_escaped(out_, page_line(value));
  out_ += '"';
}

HtmlWriter& HtmlWriter::empty(std::string_view tag, Attributes attributes) {
  if (tag != "br") start_line(tag);
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes)
    attribute(name, value);
  out_ += '>';
  return *this;
}

HtmlWriter& HtmlWriter::open(std::string_view tag, Attributes attributes) {
  empty(tag, attributes);
  open_.emplace_back(tag);
  return *this;
}

HtmlWriter& HtmlWriter::close() {
  if (open_.empty()) throw std::logic_error("more was closed than opened");
  const std::string tag = std::move(open_.back());
  open_.pop_back();
  out_ += "</" + tag + ">";
  if (!is_inline(tag)) out_ += '\n';
  return *this;
}

HtmlWriter& HtmlWriter::text(std::string_view text) {
  // The blanks at the ends are the caller's own, between words and tags.
  if (text.starts_with(' ')) out_ += ' ';
  add_escaped(out_, page_line(text));
  if (text.size() > 1 && text.ends_with(' ')) out_ += ' ';
  return *this;
}

HtmlWriter& HtmlWriter::lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // Blanks stay: they are what stands under what.
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t word = std::min(line.find_first_not_of(' ', at), line.size());
      const std::size_t blank = std::min(line.find(' ', word), line.size());
      out_.append(word - at, ' ');
      add_escaped(out_, page_line(line.substr(word, blank - word)));
      at = blank;
    }
    out_ += '\n';
  }
  return *this;
}

HtmlWriter& HtmlWriter::paragraphs(std::string_view text, Attributes attributes) {
  const std::string clean = page_lines(text);
  for (std::string_view rest = clean; !rest.empty();) {
    const std::size_t end = std::min(rest.find("\n\n"), rest.size());
    std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    open("p", attributes);
    while (!one.empty()) {
      const std::size_t line = std::min(one.find('\n'), one.size());
      add_escaped(out_, one.substr(0, line));
      one.remove_prefix(std::min(line + 1, one.size()));
      if (!one.empty()) empty("br");
    }
    close();
  }
  return *this;
}

HtmlWriter& HtmlWriter::element(std::string_view tag, Attributes attributes, std::string_view text) {
  return open(tag, attributes).text(text).close();
}

HtmlWriter& HtmlWriter::link(std::string_view url, std::string_view text, Attributes attributes) {
  out_ += "<a";
  attribute("href", url);
  for (const auto& [name, value] : attributes)
    attribute(name, value);
  out_ += '>';
  this->text(text);
  out_ += "</a>";
  return *this;
}

std::string HtmlWriter::take() {
  while (!open_.empty())
    close();
  return std::move(out_);
}

}  // namespace papertray
