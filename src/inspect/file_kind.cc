#include "inspect/file_kind.h"

#include <algorithm>
#include <string>

#include "core/ascii.h"

namespace papertray {
namespace {

using namespace std::string_view_literals;

struct Sign {
  std::string_view begin;
  FileKind kind;
};

// The formats' own marks: PKWARE's appnote, MS-CFB, RTF 1.9, Adobe's DSC 3.0, JPEG, PNG, GIF, TIFF.
constexpr Sign signs[] = {{"PK\x03\x04"sv, FileKind::archive},
                          {"PK\x05\x06"sv, FileKind::archive},
                          {"\x1f\x8b"sv, FileKind::archive},
                          {"7z\xbc\xaf\x27\x1c"sv, FileKind::archive},
                          {"Rar!\x1a\x07"sv, FileKind::archive},
                          {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, FileKind::office},
                          {"{\\rtf"sv, FileKind::rich_text},
                          {"%!PS"sv, FileKind::postscript},
                          {"\x04%!PS"sv, FileKind::postscript},
                          {"\xff\xd8\xff"sv, FileKind::picture},
                          {"\x89PNG\r\n\x1a\n"sv, FileKind::picture},
                          {"GIF8"sv, FileKind::picture},
                          {"II*\0"sv, FileKind::picture},
                          {"MM\0*"sv, FileKind::picture}};

// A web page saved under a paper's name: mostly the login of where the paper lies.
bool is_html(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  const std::string begin = ascii::lower(head.substr(0, 16));
  return begin.starts_with("<!doctype html") || begin.starts_with("<html");
}

}  // namespace

FileKind file_kind(std::string_view head) {
  if (head.empty()) return FileKind::empty;
  for (const Sign& sign : signs)
    if (head.starts_with(sign.begin)) return sign.kind;
  if (is_html(head)) return FileKind::html;
  if (head.find("\\documentclass") != std::string_view::npos) return FileKind::latex;
  return FileKind::unknown;
}

}  // namespace papertray
