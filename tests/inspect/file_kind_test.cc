// What a file is, by how it begins; and whether a PDF has an end.
#include "inspect/file_kind.h"

#include <doctest/doctest.h>

#include "inspect/part_writer.h"

using namespace papertray;
using namespace std::string_view_literals;

namespace {

class Bytes : public Output {
 public:
  void write(std::string_view bytes) override { all += bytes; }
  std::uint64_t position() const override { return all.size(); }
  std::string all;
};

Part written(std::string_view bytes, std::size_t piece) {
  Bytes output;
  PartWriter writer;
  writer.reset(output);
  writer.begin();
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    writer.add(bytes.substr(at, piece));
  Part part;
  writer.finish(part);
  return part;
}

const std::string start = "%PDF-1.5\n1 0 obj<</Type/Page>>endobj\n";

}  // namespace

TEST_CASE("files are told by how they begin") {
  CHECK(file_kind("") == FileKind::empty);
  CHECK(file_kind("PK\x03\x04 word/"sv) == FileKind::archive);
  CHECK(file_kind("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x"sv) == FileKind::office);
  CHECK(file_kind("{\\rtf1\\ansi") == FileKind::rich_text);
  CHECK(file_kind("%!PS-Adobe-3.0") == FileKind::postscript);
  CHECK(file_kind(" \r\n<!DOCTYPE HTML>") == FileKind::html);
  CHECK(file_kind("\xef\xbb\xbf<html lang=en>") == FileKind::html);
  CHECK(file_kind("% my paper\n\\documentclass{article}") == FileKind::latex);
  CHECK(file_kind("\x89PNG\r\n\x1a\n....") == FileKind::picture);
  CHECK(file_kind("<htm") == FileKind::unknown);
  CHECK(file_kind("Dear organizers, I use \\LaTeX") == FileKind::unknown);
}

TEST_CASE("a PDF is damaged when nothing of an end is in it, however its bytes come") {
  for (const std::size_t piece : {1UL, 7UL, 1000UL, 100'000UL, 10'000'000UL}) {
    CAPTURE(piece);
    const auto kind = [&](const std::string& bytes) { return written(bytes, piece).kind; };
    CHECK(kind("%PDF-1.5\n") == FileKind::damaged_pdf);
    CHECK(kind(start) == FileKind::damaged_pdf);
    CHECK(kind(start + std::string(300'000, 'x')) == FileKind::damaged_pdf);
    CHECK(kind(start + std::string(300'000, 'x') + "trailer<</Root 2 0 R>>") == FileKind::pdf);
    CHECK(kind(start + std::string(300'000, 'x') + "startxref\n9\n%%EOF\n" +
               std::string(50'000, '\n')) == FileKind::pdf);
    CHECK(kind(start + "2 0 obj<</Type/Catalog>>endobj") == FileKind::pdf);
    CHECK(kind("%!PS-Adobe") == FileKind::postscript);
    CHECK(kind("") == FileKind::empty);
  }
  CHECK(written(start, 10).pdf);
  CHECK_FALSE(written("%!PS-Adobe", 10).pdf);
}
