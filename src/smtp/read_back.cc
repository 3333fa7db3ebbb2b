#include "smtp/read_back.h"

namespace papertray {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";

struct Piece {
  std::string_view head, body;
};

Piece split(std::string_view mail) {
  const auto end = mail.find(head_end);
  if (end == std::string_view::npos) return {mail, {}};
  return {mail.substr(0, end + line_end.size()), mail.substr(end + head_end.size())};
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string unquoted(std::string_view body) {
  std::string text;
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (body[at] != '=' || at + 2 >= body.size()) {
      text += body[at];
      continue;
    }
    const int high = hex(body[at + 1]), low = hex(body[at + 2]);
    if (high >= 0 && low >= 0) text += static_cast<char>(high * 16 + low);
    at += 2;  // a soft line break leaves nothing
  }
  return text;
}

std::string unix_lines(std::string text) {
  std::erase(text, '\r');
  return text;
}

}  // namespace

std::string text_of_composed(std::string_view mail) {
  Piece piece = split(mail);
  // The first part is the plain text.
  if (const auto at = piece.head.find("boundary=\""); at != std::string_view::npos) {
    const std::string_view rest = piece.head.substr(at + 10);
    const std::string delimiter = "--" + std::string(rest.substr(0, rest.find('"')));
    const auto begin = piece.body.find(delimiter);
    if (begin == std::string_view::npos) return "";
    const auto first = begin + delimiter.size();
    const auto end = piece.body.find(std::string(line_end) + delimiter, first);
    piece = split(piece.body.substr(first, end == std::string_view::npos ? end : end - first));
  }
  const bool quoted = piece.head.find("quoted-printable") != std::string_view::npos;
  return unix_lines(quoted ? unquoted(piece.body) : std::string(piece.body));
}

}  // namespace papertray
