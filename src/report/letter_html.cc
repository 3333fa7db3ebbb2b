#include "report/letter_html.h"

#include <algorithm>
#include <utility>

#include "report/html.h"

namespace papertray {
namespace {

constexpr std::size_t longest_line = 76;

// Kept readable on a phone and in print; colours are the reader's own.
constexpr std::string_view head =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>\n";
constexpr std::string_view body =
    "</title>\n</head>\n<body style=\"font-family: sans-serif; max-width: 42em\">\n";
constexpr std::string_view end = "</body>\n</html>\n";

// Writes HTML source, breaking lines at blanks.
class Source {
 public:
  void raw(std::string_view text) { out_ += text; }

  void start_line() { line_ = out_.size(); }

  void word(std::string_view text) {
    const std::size_t before = out_.size();
    for (const char c : text) {
      const std::string_view escaped = html_entity(c);
      if (escaped.empty())
        out_ += c;
      else
        out_ += escaped;
    }
    if (out_.size() - line_ <= longest_line || blank_ <= line_ || blank_ >= before) return;
    out_[blank_] = '\n';
    line_ = blank_ + 1;
  }

  void blank() {
    blank_ = out_.size();
    out_ += ' ';
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t line_ = 0;   // where the line begins
  std::size_t blank_ = 0;  // its last blank
};

enum class Kind { paragraph, table, quotation };

Kind kind_of(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') return Kind::table;
  return line.front() == '>' ? Kind::quotation : Kind::paragraph;
}

std::string_view opening(Kind kind) {
  switch (kind) {
    case Kind::table:
      return "<pre>";
    case Kind::quotation:
      return "<blockquote>";
    case Kind::paragraph:
      break;
  }
  return "<p>";
}

std::string_view closing(Kind kind) {
  switch (kind) {
    case Kind::table:
      return "</pre>\n";
    case Kind::quotation:
      return "</blockquote>\n";
    case Kind::paragraph:
      break;
  }
  return "</p>\n";
}

void write_words(Source& to, std::string_view line) {
  while (!line.empty()) {
    const std::size_t end_of_word = std::min(line.find(' '), line.size());
    to.word(line.substr(0, end_of_word));
    line.remove_prefix(end_of_word);
    if (line.empty()) break;
    line.remove_prefix(1);
    to.blank();
  }
}

void write_line(Source& to, std::string_view line, Kind kind) {
  if (kind == Kind::table) return to.word(line);  // its blanks are its columns
  if (kind == Kind::quotation)
    while (!line.empty() && (line.front() == '>' || line.front() == ' '))
      line.remove_prefix(1);
  write_words(to, line);
}

}  // namespace

std::string letter_html(std::string_view title, std::string_view text) {
  Source to;
  to.raw(head);
  to.start_line();
  write_words(to, title);
  to.raw("\n");
  to.raw(body);
  bool open = false;
  Kind kind = Kind::paragraph;
  while (!text.empty()) {
    const std::size_t end_of_line = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end_of_line);
    text.remove_prefix(std::min(end_of_line + 1, text.size()));
    const bool empty = line.find_first_not_of(" \t") == std::string_view::npos;
    if (open && (empty || kind_of(line) != kind)) {
      to.raw(closing(kind));
      open = false;
    }
    if (empty) continue;
    if (open) {
      to.raw(kind == Kind::table ? "\n" : "<br>\n");
      to.start_line();
    } else {
      kind = kind_of(line);
      to.start_line();
      to.raw(opening(kind));
      open = true;
    }
    write_line(to, line, kind);
  }
  if (open) to.raw(closing(kind));
  to.raw(end);
  return to.take();
}

}  // namespace papertray
