// libxml2's SAX interface: no tree is built, so 585 KB of nested elements take 0.02 s and 5 MB.
#include "inspect/html_text.h"

#include <algorithm>
#include <array>
#include <memory>

#include <libxml/HTMLparser.h>

#include "inspect/caps.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

constexpr std::size_t chunk = 4096;
constexpr std::size_t longest_style = 512;  // of an attribute that we look into

constexpr std::array<std::string_view, 8> silent = {"script", "style",  "head", "title",
                                                    "select", "object", "svg",  "template"};
constexpr std::array<std::string_view, 36> blocks = {
    "address", "article", "aside",    "blockquote", "body",   "center", "dd",   "dir",    "div",
    "dl",      "dt",      "fieldset", "figcaption", "figure", "footer", "form", "h1",     "h2",
    "h3",      "h4",      "h5",       "h6",         "header", "hr",     "li",   "main",   "nav",
    "ol",      "p",       "pre",      "section",    "table",  "tr",     "ul",   "legend", "caption"};
// Blocks that people set apart by an empty line.
constexpr std::array<std::string_view, 9> paragraphs = {"p",  "h1", "h2",         "h3", "h4",
                                                        "h5", "h6", "blockquote", "pre"};

template <std::size_t n>
bool among(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view attribute(const xmlChar** attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2)
    if (view(attributes[0]) == name) return view(attributes[1]);
  return {};
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

bool may_hold_quote(std::string_view name) {
  return name == "blockquote" || name == "div";
}

// A mail that is answered, or the line that introduces it: Yahoo's, Thunderbird's and Gmail's classes.
bool holds_quote(std::string_view name, const xmlChar** attributes) {
  const std::string_view classes = attribute(attributes, "class");
  if (name != "blockquote")
    return has_word(classes, "yahoo_quoted") || has_word(classes, "moz-cite-prefix") ||
           has_word(classes, "gmail_attr");
  // Gmail and Outlook indent with it, too: then it has no border, which a quote's has.
  const std::string style = lower_ascii(attribute(attributes, "style").substr(0, longest_style));
  const bool indents =
      style.find("border:none") != std::string::npos || style.find("border: none") != std::string::npos;
  return !indents || attribute(attributes, "type") == "cite" || !classes.empty();
}

// Where Outlook, Hotmail and Zimbra put the mail that is answered or passed on.
bool begins_other_mail(std::string_view name, const xmlChar** attributes) {
  const std::string_view id = attribute(attributes, "id");
  if (name == "hr")
    return id == "zwchr" || id == "stopSpelling" || id == "EC_stopSpelling" ||
           attribute(attributes, "tabindex") == "-1" ||
           attribute(attributes, "data-marker") == "__DIVIDER__";
  if (name == "div")
    return id == "divRplyFwdMsg" || has_word(attribute(attributes, "class"), "OutlookMessageHeader");
  return name == "span" && id == "OLK_SRC_BODY_SECTION";
}

// Gathers text while libxml2 calls back.
class Writer {
 public:
  HtmlText result;

  void start(std::string_view name, const xmlChar** attributes) {
    if (among(silent, name)) ++silent_depth_;
    if (silent_depth_ > 0) return;
    if (may_hold_quote(name)) open(holds_quote(name, attributes));
    if (begins_other_mail(name, attributes)) rule();
    if (name == "br") return line_break();
    if (name == "pre") ++pre_depth_;
    if (among(blocks, name)) block(among(paragraphs, name));
    if (name == "li") add("- ");
    if (name == "td" || name == "th") blank_ = true;
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
      const std::string_view key = view(attributes[0]);
      if (key == "href" && result.links.size() < caps::links)
        result.links.emplace_back(view(attributes[1]));
      if (key == "alt" && name == "img") characters(view(attributes[1]));
    }
  }

  void end(std::string_view name) {
    if (among(silent, name)) {
      if (silent_depth_ > 0) --silent_depth_;
      return;
    }
    if (silent_depth_ > 0) return;
    if (name == "pre" && pre_depth_ > 0) --pre_depth_;
    if (among(blocks, name)) block(among(paragraphs, name));
    if (may_hold_quote(name)) close();
  }

  void characters(std::string_view text) {
    if (silent_depth_ > 0 || full()) return;
    if (pre_depth_ > 0) {
      for (const char c : text) {
        if (c == '\n')
          line_break();
        else if (c != '\r')
          add({&c, 1});
      }
      return;
    }
    while (!text.empty()) {
      const auto blanks = text.find_first_not_of(" \t\r\n\f");
      if (blanks != 0) blank_ = true;
      if (blanks == std::string_view::npos) return;
      text.remove_prefix(blanks);
      const auto end = std::min(text.find_first_of(" \t\r\n\f"), text.size());
      // Outlook writes an empty line as a paragraph with a no-break space.
      if (is_blank_text(text.substr(0, end)) && (breaks_ > 0 || result.text.empty()))
        hollow_ = true;
      else
        add(text.substr(0, end));
      text.remove_prefix(end);
    }
  }

  bool full() const { return result.text.size() > caps::text_bytes; }

  void finish() {
    auto& text = result.text;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
      text.pop_back();
    if (!text.empty()) text += '\n';
  }

 private:
  void add(std::string_view word) {
    auto& text = result.text;
    const std::size_t depth = std::min(quotes_, deepest_shown);
    if (text.empty()) {
      mark(depth);
    } else if (breaks_ > 0) {
      if (breaks_ > 1) {
        text += '\n';
        text.append(std::min(depth, depth_before_), '>');
      }
      text += '\n';
      mark(depth);
    } else if (blank_ && text.back() != '\n' && text.back() != ' ') {
      text += ' ';
    }
    breaks_ = 0;
    blank_ = hollow_ = false;
    depth_before_ = depth;
    text += word;
  }
  // RFC 3676 section 4.5, as plain text has it.
  void mark(std::size_t depth) {
    if (depth == 0) return;
    result.text.append(depth, '>');
    result.text += ' ';
  }
  void open(bool quote) {
    open_.push_back(quote);
    quotes_ += quote ? 1 : 0;
  }
  void close() {
    if (open_.empty()) return;
    quotes_ -= open_.back() ? 1 : 0;
    open_.pop_back();
  }
  // What Outlook shows as a line across, and writes as underscores in plain text.
  void rule() {
    constexpr std::string_view underscores = "________________________________";
    block(false);
    if (result.text.ends_with(underscores)) return;
    add(underscores);
    block(false);
  }
  // A block begins or ends: the next word stands on a new line.
  void block(bool paragraph) {
    breaks_ = std::max(breaks_, paragraph || hollow_ ? 2 : 1);
    blank_ = hollow_ = false;
  }
  void line_break() {
    ++breaks_;
    blank_ = hollow_ = false;
  }

  static constexpr std::size_t deepest_shown = 9;  // a hostile nesting must not make each line long

  std::vector<bool> open_;        // elements that may hold a quote: whether they do
  std::size_t quotes_ = 0;        // of them
  std::size_t depth_before_ = 0;  // of the word before
  int silent_depth_ = 0;
  int pre_depth_ = 0;
  int breaks_ = 0;       // line ends before the next word
  bool blank_ = false;   // a blank before the next word
  bool hollow_ = false;  // the line has no-break spaces and nothing else so far
};

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

// Where an element begins that has more attributes than caps::html_attributes; npos: nowhere. Counts
// what separates attributes, quoted values left out: at least as many as libxml2 will find.
std::size_t attribute_bomb(std::string_view html) {
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    std::size_t i = at + 1;
    if (i >= html.size() || !begins_name(html[i])) continue;
    std::size_t attributes = 0;
    while (i < html.size() && html[i] != '>') {
      const char c = html[i++];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/') ++attributes;
      if (c != '=') continue;
      while (i < html.size() &&
             (html[i] == ' ' || html[i] == '\n' || html[i] == '\t' || html[i] == '\r'))
        ++i;
      if (i >= html.size() || (html[i] != '"' && html[i] != '\'')) continue;
      const auto close = html.find(html[i], i + 1);
      if (close == std::string_view::npos) break;
      i = close + 1;
      ++attributes;
    }
    if (attributes > caps::html_attributes) return at;
    at = i;  // each byte is looked at once
    if (at >= html.size()) break;
  }
  return std::string_view::npos;
}

std::uint64_t end_tags(std::string_view html) {
  std::uint64_t count = 0;
  for (auto at = html.find("</"); at != std::string_view::npos; at = html.find("</", at + 2))
    ++count;
  return count;
}

// libxml2 would print what it thinks of a stranger's HTML.
void no_message(void*, const char*, ...) {}

struct FreeContext {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

htmlSAXHandler handler() {
  htmlSAXHandler sax{};
  sax.initialized = 1;  // SAX1: libxml2's HTML parser knows no other
  sax.startElement = [](void* writer, const xmlChar* name, const xmlChar** attributes) {
    static_cast<Writer*>(writer)->start(view(name), attributes);
  };
  sax.endElement = [](void* writer, const xmlChar* name) {
    static_cast<Writer*>(writer)->end(view(name));
  };
  sax.characters = [](void* writer, const xmlChar* text, int size) {
    static_cast<Writer*>(writer)->characters(view(text).substr(0, static_cast<std::size_t>(size)));
  };
  sax.ignorableWhitespace = sax.characters;  // between inline elements it is a blank
  return sax;
}

}  // namespace

void prepare_html() {
  xmlInitParser();
  xmlSetGenericErrorFunc(nullptr, no_message);
}

HtmlText html_to_text(std::string_view html) {
  Writer writer;
  if (html.size() > caps::html_bytes) {
    html = html.substr(0, caps::html_bytes);
    writer.result.note = "the HTML text is cut after " + std::to_string(caps::html_bytes) + " bytes";
  }
  if (const auto bomb = attribute_bomb(html); bomb != std::string_view::npos) {
    html = html.substr(0, bomb);
    writer.result.note = "the HTML text is cut at an element with over " +
                         std::to_string(caps::html_attributes) + " attributes";
  }
  htmlSAXHandler sax = handler();
  const std::unique_ptr<htmlParserCtxt, FreeContext> context(
      htmlCreatePushParserCtxt(&sax, &writer, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
  if (context == nullptr) return std::move(writer.result);
  htmlCtxtUseOptions(context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                        HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  std::uint64_t comparisons = 0;
  while (!html.empty() && !writer.full()) {
    const std::string_view piece = html.substr(0, chunk);
    html.remove_prefix(piece.size());
    htmlParseChunk(context.get(), piece.data(), static_cast<int>(piece.size()), 0);
    comparisons += static_cast<std::uint64_t>(std::max(0, context->nameNr)) * end_tags(piece);
    if (comparisons > caps::html_comparisons) {
      writer.result.note = "the HTML text is cut: its elements are nested too deep";
      break;
    }
  }
  htmlParseChunk(context.get(), nullptr, 0, 1);
  writer.finish();
  return std::move(writer.result);
}

std::string charset_in_html(std::string_view bytes) {
  const std::string head = lower_ascii(bytes.substr(0, 1024));
  auto at = head.find("<meta");
  if (at == std::string::npos) return {};
  at = head.find("charset=", at);
  if (at == std::string::npos) return {};
  std::string_view rest = std::string_view(head).substr(at + 8);
  if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
  return std::string(rest.substr(0, rest.find_first_of("\"' />;")));
}

}  // namespace papertray
