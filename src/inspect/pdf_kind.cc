#include "inspect/pdf_kind.h"

#include <algorithm>

#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

// ISO 32000-1, annex H.3.4.1: viewers find the header within the first 1024 bytes.
constexpr std::size_t header_within = 1024;
// Annex H.3.4.4: and %%EOF within the last 1024.
constexpr std::size_t end_within = 1024;

bool has(std::string_view bytes, std::string_view what) {
  return bytes.find(what) != std::string_view::npos;
}

// "<!DOCTYPE html", "<html": in capitals or not, behind blanks.
bool is_html(std::string_view bytes) {
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos || bytes[begin] != '<') return false;
  std::string head(bytes.substr(begin, 14));
  std::ranges::transform(head, head.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return head.starts_with("<html") || head.starts_with("<!doctype html") || head.starts_with("<head");
}

PdfKind kind_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.find_first_not_of("\0 \t\r\n"sv) == std::string_view::npos) return PdfKind::empty;
  if (has(bytes.substr(0, header_within), "%PDF-")) return PdfKind::pdf;
  if (bytes.starts_with("PK\x03\x04"))
    return has(bytes, "word/document.xml") ? PdfKind::word : PdfKind::office_zip;
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) return PdfKind::old_office;
  if (bytes.starts_with("{\\rtf")) return PdfKind::rtf;
  if (bytes.starts_with("%!PS") || bytes.starts_with("\xC5\xD0\xD3\xC6")) return PdfKind::postscript;
  if (is_html(bytes)) return PdfKind::html;
  if (bytes.starts_with("\x89PNG") || bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("GIF8") ||
      bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv))
    return PdfKind::image;
  if (has(bytes.substr(0, 64 * 1024), "\\documentclass") ||
      has(bytes.substr(0, 64 * 1024), "\\begin{document}"))
    return PdfKind::tex;
  return PdfKind::other;
}

}  // namespace

KindRead read_kind(std::string_view bytes) {
  KindRead read;
  read.open.size = bytes.size();
  if (bytes.size() > pdf_caps::file_bytes) {
    read.open.kind = kind_of(bytes.substr(0, pdf_caps::file_bytes));
    read.open.too_large = true;
    return read;
  }
  read.open.kind = kind_of(bytes);
  if (read.open.kind != PdfKind::pdf) return read;
  // qpdf looks for the end within the last bytes and gives up when these are NULs.
  std::string_view pdf = bytes;
  const std::size_t last = pdf.find_last_not_of('\0');
  read.open.nuls_cut = pdf.size() - (last + 1);
  pdf = pdf.substr(0, last + 1);
  const std::size_t tail = pdf.size() > end_within ? pdf.size() - end_within : 0;
  read.open.end_missing = !has(pdf.substr(tail), "%%EOF");
  read.pdf = pdf;
  return read;
}

}  // namespace papertray
