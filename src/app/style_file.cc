#include "app/style_file.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "app/config.h"
#include "app/toml_table.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"
#include "log/sha256.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t style_cap = 64 * 1024;  // a page of fields and their comments
constexpr double longest = 14'400;            // points: the largest page of a PDF
constexpr std::size_t version_digits = 16;

struct Unit {
  std::string_view name;
  double points;
};
constexpr Unit units[] = {{"pt", 1}, {"in", 72}, {"cm", 72 / 2.54}, {"mm", 72 / 25.4}};

// "5.5in" in points; required.
double length(TomlTable& table, std::string_view key) {
  const std::string text = table.text(key);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error == std::errc() && number >= 0)
    for (const Unit& known : units)
      if (unit == known.name && number * known.points <= longest) return number * known.points;
  table.fail(key,
             "wants a length with its unit: \"5.5in\", \"14cm\", \"210mm\" or \"9.963pt\" (1/72 in)");
}

TomlTable part(TomlTable& whole, const std::string& key) {
  std::optional<TomlTable> table = whole.table(key, "[" + key + "]");
  if (!table) whole.missing(key, "is missing: add [" + key + "]; docs/styles.md explains it");
  return *table;
}

std::vector<std::string> plain_words(TomlTable& table, std::string_view key) {
  std::vector<std::string> words = table.texts(key, {});
  for (const std::string& word : words)
    if (word.empty() ||
        std::ranges::any_of(word, [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); }))
      table.fail(key, "holds \"" + one_line(word) + "\"; write small letters without blanks");
  return words;
}

void read_block(TomlTable& block, PaperStyle& style) {
  style.left = length(block, "left");
  style.top = length(block, "top");
  style.block_width = length(block, "width");
  style.block_height = length(block, "height");
  style.width_tolerance = length(block, "width_tolerance");
  style.left_tolerance = length(block, "left_tolerance");
  style.height_tolerance = length(block, "height_tolerance");
  style.first_page_more = length(block, "first_page_more");
  style.height_error = length(block, "height_error");
  style.height_error_lines = block.number("height_error_lines", 3, 1, 100);
  style.columns = block.number("columns", 1, 1, 2);
  block.finish();
}

void read_body(TomlTable& body, PaperStyle& style) {
  style.size = length(body, "size");
  style.leading = length(body, "leading");
  style.size_error_below = length(body, "size_error_below");
  style.size_warn_above = length(body, "size_warn_above");
  style.leading_warn_below = length(body, "leading_warn_below");
  style.leading_error_below = length(body, "leading_error_below");
  style.family = body.text("family", "");
  style.family_fonts = plain_words(body, "fonts");
  if (!style.family_fonts.empty() && style.family.empty())
    body.missing("family", "is missing: what are authors to call these fonts?");
  body.finish();
}

bool is_file(const std::string& name) {
  return name.find('/') != std::string::npos || name.ends_with(".toml");
}

// Where a style's text is, and the text.
struct FoundStyle {
  std::string text, path, id;
};

FoundStyle from_file(const std::string& path) {
  return {read_text_file(path, style_cap), path, fs::path(path).stem().string()};
}

const BuiltInStyle* built_in(const std::string& name) {
  const auto found = std::ranges::find_if(built_in_styles(),
                                          [&](const BuiltInStyle& style) { return name == style.id; });
  return found == built_in_styles().end() ? nullptr : &*found;
}

FoundStyle find_style(const std::string& name_or_file, const std::string& rules_file) {
  if (is_file(name_or_file)) return from_file(name_or_file);
  if (!rules_file.empty()) {
    const fs::path path = fs::path(rules_file).parent_path() / "styles" / (name_or_file + ".toml");
    if (std::error_code error; fs::exists(path, error)) return from_file(path.string());
  }
  if (const BuiltInStyle* found = built_in(name_or_file))
    return {found->toml, "styles/" + name_or_file + ".toml", name_or_file};
  std::vector<std::string> names;
  for (const BuiltInStyle& known : built_in_styles())
    names.emplace_back(known.id);
  const std::string nearest = nearest_word(name_or_file, names);
  throw Failure(
      {Scope::program, Again::person, Exit::configuration,
       fmt::format("no style is called \"{}\"{}; built in are {}, others are files in the folder styles "
                   "beside the rules",
                   one_line(name_or_file), nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?",
                   fmt::join(names, ", "))});
}

PaperStyle without_style() {
  PaperStyle style;
  style.id = "any";
  style.name = "any";
  style.version = "any";
  style.stop_headings = {"references",    "bibliography", "acknowledgments", "acknowledgements",
                         "supplementary", "supplemental", "appendix",        "appendices"};
  return style;
}

PaperStyle with_format(PaperStyle style, const Track& track) {
  apply_format(style, track);
  // Another limit judges otherwise: what is kept of earlier checks is theirs.
  style.version = fmt::format("{}-{}-{}", style.version, style.pages, style.paper);
  return style;
}

}  // namespace

PaperStyle parse_style(const std::string& text, const std::string& path, const std::string& id) {
  TomlTable whole = TomlTable::parse(text, path);
  PaperStyle style;
  style.id = id;
  style.version = sha256_hex(text).substr(0, version_digits);
  style.name = whole.text("name");
  TomlTable page = part(whole, "page");
  style.paper = page.text("paper");
  style.width = length(page, "width");
  style.height = length(page, "height");
  style.size_tolerance = length(page, "tolerance");
  page.finish();
  TomlTable block = part(whole, "block");
  read_block(block, style);
  TomlTable body = part(whole, "body");
  read_body(body, style);
  TomlTable limit = part(whole, "limit");
  style.pages = limit.number("pages", 0, 0, 1000);
  style.count_all = limit.word("count", {"main", "all"}, "main") == "all";
  style.stop_headings = plain_words(limit, "stop_headings");
  if (!style.count_all && style.stop_headings.empty())
    limit.missing("stop_headings", "wants at least one heading, or count = \"all\"");
  style.lines_over = limit.number("lines_over", 3, 0, 100);
  limit.finish();
  TomlTable margin = part(whole, "margin");
  style.margin_note = length(margin, "note");
  style.margin_warn = length(margin, "warn");
  margin.finish();
  whole.finish();
  return style;
}

PaperStyle load_style(const std::string& name_or_file, const std::string& rules_file) {
  const FoundStyle found = find_style(name_or_file, rules_file);
  return parse_style(found.text, found.path, found.id);
}

std::string style_text(const std::string& name_or_file, const std::string& rules_file) {
  return find_style(name_or_file, rules_file).text;
}

PaperStyle style_of(const Track& track, const std::string& rules_file) {
  return with_format(track.style.empty() ? without_style() : load_style(track.style, rules_file), track);
}

PaperStyle style_of(const Track& track, const std::vector<std::pair<std::string, std::string>>& loaded) {
  const std::string id = is_file(track.style) ? fs::path(track.style).stem().string() : track.style;
  for (const auto& [name, text] : loaded)
    if (name == track.style) return with_format(parse_style(text, "style " + name, id), track);
  if (const BuiltInStyle* known = built_in(track.style))
    return with_format(parse_style(known->toml, "style " + id, id), track);
  return with_format(without_style(), track);
}

void apply_format(PaperStyle& style, const Track& track) {
  if (track.pages > 0) style.pages = track.pages;
  if (track.paper == "letter") {
    style.paper = "US Letter";
    style.width = 612;
    style.height = 792;
  } else if (track.paper == "a4") {
    style.paper = "A4";
    style.width = 595.276;
    style.height = 841.89;
  }
}

}  // namespace papertray
