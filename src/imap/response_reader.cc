#include "imap/response_reader.h"

#include <array>
#include <utility>

#include "net/text.h"

namespace papertray {
namespace {

using protocol::equal_nocase;

// One SEARCH line names every UID of the folder: 4 million of them.
constexpr std::uint64_t longest_search = 48ULL * 1024 * 1024;
// Before our own tag there is the rest of the login's answer, a capability list at most.
constexpr int most_lines_before_tag = 100;

struct StatusName {
  std::string_view word;
  Status status;
};
constexpr std::array<StatusName, 5> status_names{{{"OK", Status::ok},
                                                  {"NO", Status::no},
                                                  {"BAD", Status::bad},
                                                  {"BYE", Status::bye},
                                                  {"PREAUTH", Status::preauth}}};

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// The position of the ']' that ends a code; a quoted argument may hold one itself.
std::size_t code_end(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quoted && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && text[i] == ']')
      return i;
  }
  return std::string_view::npos;
}

template <typename Value>
void set_once(const Input& input, std::optional<Value>& item, Value value) {
  if (item && *item != value) input.bad("one response says two things of one message");
  item = std::move(value);
}

}  // namespace

std::string_view status_word(Status status) {
  for (const StatusName& name : status_names)
    if (name.status == status) return name.word;
  return "";
}

std::optional<Status> status_from_word(std::string_view word) {
  for (const StatusName& name : status_names)
    if (equal_nocase(name.word, word)) return name.status;
  return std::nullopt;
}

StatusLine split_code(Status status, std::string text) {
  StatusLine line;
  line.status = status;
  if (const std::size_t end = text.starts_with('[') ? code_end(text) : std::string::npos;
      end != std::string::npos) {
    const std::string inner = text.substr(1, end - 1);
    const std::size_t blank = inner.find(' ');
    line.code = upper(inner.substr(0, blank));
    if (blank != std::string::npos) line.arguments = inner.substr(blank + 1);
    text.erase(0, text.find_first_not_of(' ', end + 1) == std::string::npos
                      ? text.size()
                      : text.find_first_not_of(' ', end + 1));
  }
  line.text = std::move(text);
  return line;
}

ReadResponse ResponseReader::read(ResponseHandler& to) {
  lexer_.input().begin_line();
  ReadResponse response;
  const std::string first = lexer_.word();
  lexer_.blanks();
  if (first == "*") {
    read_untagged(response, to);
  } else if (first == "+") {
    response.kind = ReadResponse::Kind::continuation;
    response.line.text = lexer_.rest();
  } else {
    const std::optional<Status> status = status_from_word(lexer_.word());
    if (!status || *status == Status::bye || *status == Status::preauth)
      lexer_.input().bad("a line begins with neither a star nor an answer to a command");
    lexer_.blanks();
    response.kind = ReadResponse::Kind::tagged;
    response.tag = first;
    response.line = split_code(*status, lexer_.rest());
  }
  return response;
}

StatusLine ResponseReader::skip_to(const std::string& tag) {
  for (int lines = 0; lines < most_lines_before_tag; ++lines) {
    lexer_.input().begin_line();
    const std::string line = lexer_.rest();
    if (!line.starts_with(tag + " ")) continue;
    const std::string answer = line.substr(tag.size() + 1);
    const std::size_t blank = answer.find(' ');
    if (const std::optional<Status> status = status_from_word(answer.substr(0, blank)))
      return split_code(*status, blank == std::string::npos ? "" : answer.substr(blank + 1));
  }
  lexer_.input().bad("the first command gets no answer");
}

void ResponseReader::read_untagged(ReadResponse& response, ResponseHandler& to) {
  if (protocol::is_digit(lexer_.peek())) return read_numbered(response, to);
  const std::string name = upper(lexer_.word());
  if (const std::optional<Status> status = status_from_word(name)) {
    lexer_.blanks();
    response.kind = ReadResponse::Kind::status;
    response.line = split_code(*status, lexer_.rest());
    return;
  }
  if (name == "CAPABILITY") {
    std::vector<std::string> words;
    for (lexer_.blanks(); !lexer_.at_line_end(); lexer_.blanks())
      words.push_back(upper(lexer_.word()));
    lexer_.line_end();
    to.capability(words);
  } else if (name == "FLAGS") {
    lexer_.blanks();
    const std::vector<std::string> flags = lexer_.flag_list();
    lexer_.line_end();
    to.flags(flags);
  } else if (name == "SEARCH") {
    read_search(to);
  } else if (name == "ESEARCH") {
    read_esearch(to);
  } else if (name == "LIST") {
    read_list(to);
  } else {
    lexer_.skip_rest();
  }
}

void ResponseReader::read_numbered(ReadResponse& response, ResponseHandler& to) {
  const std::uint32_t number = lexer_.number();
  lexer_.blanks();
  const std::string name = upper(lexer_.word());
  if (name == "FETCH") {
    lexer_.blanks();
    read_fetch(number, to);
  } else if (name == "EXISTS" || name == "RECENT" || name == "EXPUNGE") {
    lexer_.line_end();
    if (name == "EXISTS") response.exists = number;
    if (name == "EXPUNGE") response.expunged = true;
    if (name == "EXISTS")
      to.exists(number);
    else if (name == "RECENT")
      to.recent(number);
    else
      to.expunge(number);
  } else {
    lexer_.skip_rest();
  }
}

namespace {

// Asked for a part of it (`<0.65536>`) a server names where that begins (RFC 3501 section 7.4.2).
bool is_header(std::string_view name) {
  return name == "BODY[HEADER]" || name == "BODY[HEADER]<0>";
}

}  // namespace

void ResponseReader::read_fetch(std::uint32_t number, ResponseHandler& to) {
  const Input& input = lexer_.input();
  FetchItems items;
  items.number = number;
  lexer_.expect('(');
  for (lexer_.blanks(); lexer_.peek() != ')'; lexer_.blanks()) {
    const std::string name = upper(lexer_.item_name());
    lexer_.blanks();
    if (name == "UID") {
      set_once(input, items.uid, lexer_.number());
    } else if (name == "RFC822.SIZE") {
      set_once(input, items.size, lexer_.number64());
    } else if (name == "X-GM-MSGID") {
      set_once(input, items.gmail_id, lexer_.number64());
    } else if (name == "FLAGS") {
      items.flags = lexer_.flag_list();
    } else if (name == "INTERNALDATE") {
      // A date that cannot be read is no date: the next clock counts.
      if (const std::optional<std::string> text = lexer_.nstring())
        items.internaldate = parse_imap_date_time(*text);
    } else if (name == "BODY[]" || is_header(name)) {
      items.header = name != "BODY[]";
      read_body(items, to);
    } else {
      lexer_.skip_value();
    }
  }
  lexer_.expect(')');
  lexer_.line_end();
  to.fetched(items);
}

void ResponseReader::read_body(FetchItems& items, ResponseHandler& to) {
  if (items.body_size) lexer_.input().bad("one response holds two mails");
  const char first = lexer_.peek();
  if (first == '{' || first == '~') {
    const std::uint64_t size = lexer_.literal_size();
    to.body_begin(items, size);
    items.body_size = size;
    lexer_.input().pass(size, [&to](std::span<const char> bytes) { to.body_bytes(bytes); });
  } else if (const std::optional<std::string> text =
                 lexer_.nstring()) {  // a server may quote a short mail
    to.body_begin(items, text->size());
    items.body_size = text->size();
    if (!text->empty()) to.body_bytes(*text);
  }
}

void ResponseReader::read_search(ResponseHandler& to) {
  lexer_.input().begin_line(longest_search);
  for (lexer_.blanks(); !lexer_.at_line_end(); lexer_.blanks()) {
    if (lexer_.peek() == '(') {  // (MODSEQ n), RFC 7162
      lexer_.skip_value();
      continue;
    }
    const std::uint32_t number = lexer_.number();
    to.found(number, number);
    // "1x" or "-1" are no numbers.
    if (lexer_.peek() != ' ' && !lexer_.at_line_end())
      lexer_.input().bad("a search finds what is no number");
  }
  lexer_.line_end();
}

// RFC 4731: `* ESEARCH (TAG "pt4") UID ALL 1:9,12 COUNT 10`.
void ResponseReader::read_esearch(ResponseHandler& to) {
  lexer_.input().begin_line(longest_search);
  for (lexer_.blanks(); !lexer_.at_line_end(); lexer_.blanks()) {
    if (lexer_.peek() == '(') {
      lexer_.skip_value();
      continue;
    }
    const std::string name = upper(lexer_.word());
    if (name == "UID") continue;
    lexer_.blanks();
    if (name == "ALL")
      read_ranges(to);
    else
      lexer_.skip_value();
  }
  lexer_.line_end();
}

void ResponseReader::read_ranges(ResponseHandler& to) {
  for (;;) {
    std::uint32_t first = lexer_.number();
    std::uint32_t last = first;
    if (lexer_.peek() == ':') {
      lexer_.expect(':');
      last = lexer_.number();
    }
    if (last < first) std::swap(first, last);  // RFC 3501: either order
    to.found(first, last);
    if (lexer_.peek() != ',') return;
    lexer_.expect(',');
  }
}

void ResponseReader::read_list(ResponseHandler& to) {
  ListedFolder folder;
  lexer_.blanks();
  folder.flags = lexer_.flag_list();
  lexer_.blanks();
  lexer_.nstring();  // the hierarchy's delimiter
  lexer_.blanks();
  folder.name = lexer_.astring();
  lexer_.skip_rest();  // extended data, RFC 5258
  to.listed(folder);
}

}  // namespace papertray
