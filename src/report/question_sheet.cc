#include "report/question_sheet.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "core/alike.h"
#include "core/printable.h"
#include "report/html.h"
#include "report/words.h"
#include "report/wrap.h"

namespace papertray {
namespace {

using Group = std::vector<const QuestionRow*>;

std::vector<Group> groups_of(const QuestionSheet& sheet) {
  std::vector<std::string> texts;
  for (const QuestionRow& row : sheet.rows)
    texts.push_back(row.text);
  std::vector<Group> groups;
  for (const std::vector<std::size_t>& indices : alike_groups(texts)) {
    Group& group = groups.emplace_back();
    for (const std::size_t i : indices)
      group.push_back(&sheet.rows[i]);
  }
  return groups;
}

std::string title_of(const QuestionSheet& sheet) {
  return sheet.panel ? fmt::format("Questions for panel {}", *sheet.panel) : "Questions";
}

std::string counted(const QuestionSheet& sheet, std::size_t groups) {
  const std::size_t all = sheet.rows.size();
  std::string text = fmt::format("{} question{}", all, all == 1 ? "" : "s");
  if (groups < all) text += fmt::format(", {} of them alike an earlier one", all - groups);
  return text;
}

// A sheet lies on a table: the name, when it is wanted, and no address.
std::string asker_of(const QuestionSheet& sheet, const QuestionRow& row) {
  if (!sheet.askers) return "";
  return row.asker_name.empty() ? "(no name)" : row.asker_name;
}

void put_lines(std::string& out, std::string_view text, std::size_t indent, const Look& look) {
  const std::size_t width = std::max<std::size_t>(20, static_cast<std::size_t>(look.width) - indent);
  const std::string harmless = many_lines(text);
  for (std::size_t begin = 0; begin <= harmless.size();) {
    const std::size_t end = std::min(harmless.find('\n', begin), harmless.size());
    for (const std::string& line :
         wrap_line(std::string_view(harmless).substr(begin, end - begin), width, LongWord::split))
      out += line.empty() ? "\n" : std::string(indent, ' ') + line + "\n";
    begin = end + 1;
  }
}

// "Q-3", with who asks.
std::string label_of(const QuestionSheet& sheet, const QuestionRow& row) {
  const std::string asker = asker_of(sheet, row);
  return row.id + (asker.empty() ? "" : ", " + one_line(asker));
}

std::string paragraph(std::string_view text) {
  std::string out = "<p dir=\"auto\">";
  for (const char c : with_entities(many_lines(text)))
    out += c == '\n' ? "<br>\n" : std::string(1, c);
  return out + "</p>\n";
}

constexpr std::string_view style =
    "body { font: 13pt/1.4 sans-serif; max-width: 45em; margin: 2em auto; padding: 0 1em; "
    "color: #000; background: #fff }\n"
    "ol { padding-left: 2.2em }\n"
    "li { margin: 0 0 1.4em; break-inside: avoid; overflow-wrap: anywhere }\n"
    "li::marker { font-weight: bold }\n"
    "p { margin: 0 0 .3em }\n"
    ".label { color: #444; font-size: 80% }\n"
    ".alike { margin: .5em 0 0 1em; padding-left: 1em; border-left: 2px solid #666; font-size: 85% }\n"
    "@page { margin: 18mm }\n"
    "@media print { body { max-width: none; margin: 0; padding: 0 } }\n";

}  // namespace

std::string question_sheet_text(const QuestionSheet& sheet, const Look& look) {
  const std::vector<Group> groups = groups_of(sheet);
  std::string out;
  put_lines(out, sheet.workshop, 0, look);
  put_lines(out, title_of(sheet) + ": " + counted(sheet, groups.size()), 0, look);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const QuestionRow& first = *groups[i].front();
    out += "\n";
    out += fmt::format("{:>3}.  {}\n", i + 1, cut_to(label_of(sheet, first), 60));
    put_lines(out, first.text, 6, look);
    for (std::size_t j = 1; j < groups[i].size(); ++j) {
      out += "\n      alike: " + cut_to(label_of(sheet, *groups[i][j]), 60) + "\n";
      put_lines(out, groups[i][j]->text, 9, look);
    }
  }
  return out;
}

std::string question_sheet_html(const QuestionSheet& sheet, const Look& look) {
  const std::vector<Group> groups = groups_of(sheet);
  const std::string title = with_entities(one_line(title_of(sheet) + " - " + sheet.workshop));
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<title>" +
      title + "</title>\n<style>\n" + std::string(style) + "</style>\n</head>\n<body>\n<main>\n";
  out += "<h1>" + with_entities(title_of(sheet)) + "</h1>\n";
  out += "<p>" + with_entities(one_line(sheet.workshop)) + "<br>\n" +
         with_entities(counted(sheet, groups.size())) + ", as of " +
         with_entities(minute_text(look.now, look)) + "</p>\n<ol>\n";
  for (const Group& group : groups) {
    out += "<li>\n" + paragraph(group.front()->text) + "<p class=\"label\">" +
           with_entities(label_of(sheet, *group.front())) + "</p>\n";
    for (std::size_t j = 1; j < group.size(); ++j)
      out += "<div class=\"alike\">\n" + paragraph(group[j]->text) + "<p class=\"label\">" +
             with_entities(label_of(sheet, *group[j])) + "</p>\n</div>\n";
    out += "</li>\n";
  }
  return out + "</ol>\n</main>\n</body>\n</html>\n";
}

}  // namespace papertray
