#include "report/template_check.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::string_view open_tag = "{{";
constexpr std::string_view close_tag = "}}";

// The Mustache library recurses over sections within sections; nobody writes more by hand.
constexpr std::size_t deepest_section = 8;

struct Tag {
  char kind = 0;  // # ^ / ! or 0 for a variable
  std::string_view name;
  std::size_t begin = 0, end = 0;  // bytes in the text
};

struct OpenSection {
  std::string_view name;
  int line = 1;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

std::string quoted(std::string_view text) {
  return "\"" + cut_to(one_line(text), 40) + "\"";
}

// The next tag at or after `from`; nullopt when there is none.
std::optional<Tag> next_tag(std::string_view text, std::size_t from) {
  Tag tag;
  tag.begin = text.find(open_tag, from);
  if (tag.begin == std::string_view::npos) return std::nullopt;
  const std::size_t inside = tag.begin + open_tag.size();
  const std::size_t close = text.find(close_tag, inside);
  tag.end = close == std::string_view::npos ? close : close + close_tag.size();
  const std::size_t line_end = std::min(text.find('\n', inside), text.size());
  tag.name = trimmed(text.substr(inside, std::min(close, line_end) - inside));
  if (!tag.name.empty() && std::string_view("#^/!").find(tag.name.front()) != std::string_view::npos) {
    tag.kind = tag.name.front();
    tag.name = trimmed(tag.name.substr(1));
  }
  return tag;
}

class Checker {
 public:
  Checker(std::string_view text, const TemplatePlace& place, const std::vector<std::string>& names)
      : text_(text), file_(place.file), line_(place.line), names_(names) {}

  void run() {
    std::size_t at = 0;
    while (const std::optional<Tag> tag = next_tag(text_, at)) {
      between(at, tag->begin);
      one(*tag);
      at = tag->end;
    }
    between(at, text_.size());
    if (!sections_.empty())
      fail(sections_.back().line,
           fmt::format("{{{{#{0}}}}} is never closed; write {{{{/{0}}}}} where it ends",
                       sections_.back().name));
  }

 private:
  [[noreturn]] void fail(int line, const std::string& what) const {
    template_failure(file_, line, what);
  }

  // Text outside tags: its lines are counted, and a close without an open is a slip.
  void between(std::size_t begin, std::size_t end) {
    const std::string_view text = text_.substr(begin, end - begin);
    const std::size_t stray = text.find(close_tag);
    const auto lines = [](std::string_view part) {
      return static_cast<int>(std::ranges::count(part, '\n'));
    };
    if (stray != std::string_view::npos)
      fail(line_ + lines(text.substr(0, stray)),
           "}} closes a tag that was never opened; write {{name}}");
    line_ += lines(text);
  }

  void one(const Tag& tag) {
    const std::string_view inside = text_.substr(tag.begin, std::min(tag.end, text_.size()) - tag.begin);
    if (tag.end == std::string_view::npos || inside.find('\n') != std::string_view::npos)
      fail(line_, "{{ is not closed on its line; write }} after the name");
    if (tag.kind == '!') return;
    if (tag.kind == 0 && !tag.name.empty()) refuse_other_tags(tag);
    check_name(tag);
    if (tag.kind == '#' || tag.kind == '^') {
      if (sections_.size() >= deepest_section)
        fail(line_, fmt::format("more than {} sections stand within each other; flatten them",
                                deepest_section));
      sections_.push_back({tag.name, line_});
    }
    if (tag.kind == '/') close(tag);
  }

  void refuse_other_tags(const Tag& tag) const {
    switch (tag.name.front()) {
      case '{':
      case '&':
        fail(line_, "values are never escaped here; write {{name}} with two braces and no &");
      case '>':
        fail(line_, "a template cannot include another ({{>name}}); write its text out");
      case '=':
        fail(line_, "the tags' delimiters cannot be changed ({{=...=}}); keep {{ and }}");
      default:
        break;
    }
  }

  void check_name(const Tag& tag) const {
    if (tag.name.empty()) fail(line_, "the tag has no name; write {{name}}");
    if (std::ranges::find(names_, tag.name) != names_.end()) return;
    const std::string nearest = nearest_word(tag.name, names_);
    fail(line_,
         "there is no " + quoted(tag.name) + "; " +
             (nearest.empty() ? "docs/rules.md lists the names" : "did you mean \"" + nearest + "\"?"));
  }

  void close(const Tag& tag) {
    if (sections_.empty())
      fail(line_, fmt::format("{{{{/{0}}}}} closes nothing; write {{{{#{0}}}}} where the section begins",
                              tag.name));
    const OpenSection& open = sections_.back();
    if (open.name != tag.name)
      fail(line_, fmt::format("{{{{/{}}}}} stands where {{{{/{}}}}} is due, for the section of line {}",
                              tag.name, open.name, open.line));
    sections_.pop_back();
  }

  std::string_view text_;
  const std::string& file_;
  int line_;
  const std::vector<std::string>& names_;
  std::vector<OpenSection> sections_;
};

// Whether nothing but one section tag or remark stands on the line.
bool standalone(std::string_view line) {
  line = trimmed(line);
  const std::optional<Tag> tag = next_tag(line, 0);
  return tag && tag->kind != 0 && tag->begin == 0 && tag->end == line.size();
}

}  // namespace

void template_failure(const std::string& file, int line, const std::string& what) {
  throw Failure(
      {Scope::program, Again::person, Exit::configuration, fmt::format("{}:{}: {}", file, line, what)});
}

void check_tags(std::string_view text, const TemplatePlace& place,
                const std::vector<std::string>& names) {
  Checker(text, place, names).run();
}

std::string without_standalone_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (standalone(line)) {
      out += trimmed(line);
      continue;
    }
    out += line;
    if (end != std::string_view::npos) out += '\n';
  }
  return out;
}

}  // namespace papertray
