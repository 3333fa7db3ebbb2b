#include "inspect/pdf_lines_out.h"

#include "inspect/json_line.h"

namespace papertray {
namespace {

JsonLine begun(std::string_view stage) {
  JsonLine line;
  line.open('{').key("stage").text(stage).key("values").open('[');
  return line;
}

std::string ended(JsonLine& line) {
  return line.close(']').close('}').take() + "\n";
}

}  // namespace

std::string ready_line(const Layers& layers) {
  JsonLine line = begun("ready");
  line.number(layers.bits()).number(layers.landlock_abi);
  return ended(line);
}

std::string stage_line(const PdfOpen& open) {
  JsonLine line = begun("open");
  line.number(static_cast<int>(open.kind)).number(static_cast<std::int64_t>(open.size));
  line.flag(open.too_large).flag(open.end_missing).number(static_cast<std::int64_t>(open.nuls_cut));
  return ended(line);
}

std::string stage_line(const PdfStructure& structure) {
  JsonLine line = begun("structure");
  line.number(static_cast<int>(structure.lock)).number(structure.page_count);
  line.number(structure.javascript).number(structure.launch);
  line.number(structure.embedded_files).number(structure.media);
  line.flag(structure.forms)
      .flag(structure.signature)
      .text(structure.bomb)
      .flag(structure.all_looked_at);
  line.open('[');
  for (const PdfPage& page : structure.pages)
    line.length(page.width).length(page.height).number(page.rotate).flag(page.cropped);
  line.close(']').open('[');
  for (const PdfFont& font : structure.fonts)
    line.text(font.name).flag(font.embedded).flag(font.type3);
  line.close(']');
  return ended(line);
}

std::string stage_line(const PdfText& text) {
  JsonLine line = begun("text");
  line.number(text.page_count).number(text.letters).number(text.body_letters);
  line.length(text.body_size).text(text.body_font).flag(text.body_type3).length(text.leading);
  line.open('[');
  for (const PdfPageText& page : text.pages) {
    line.number(page.lines).number(page.body_lines).number(page.columns);
    line.length(page.left).length(page.right).length(page.top).length(page.bottom);
    line.length(page.least).length(page.most).flag(page.line_numbers);
  }
  line.close(']').open('[');
  for (const PdfHeading& heading : text.headings)
    line.number(heading.page).number(heading.lines_above).flag(heading.styled).text(heading.text);
  line.close(']').text(text.sketch);
  return ended(line);
}

std::string stage_line(const PdfTitle& title) {
  JsonLine line = begun("title");
  line.text(title.title).text(title.authors).text(title.meta_title).text(title.meta_author);
  line.text(title.producer);
  return ended(line);
}

std::string stage_line(const PdfInk& ink) {
  JsonLine line = begun("ink");
  line.open('[');
  for (const PdfInkPage& page : ink.pages)
    line.length(page.left).length(page.top).length(page.right).length(page.bottom);
  line.close(']');
  return ended(line);
}

std::string failed_line(const PdfFailure& failure) {
  JsonLine line = begun("failed");
  line.number(static_cast<int>(failure.stage))
      .number(static_cast<int>(failure.end))
      .text(failure.detail);
  return ended(line);
}

std::string picture_line(const PdfPicture& picture) {
  JsonLine line = begun("picture");
  line.number(picture.width).number(picture.height).length(picture.left).length(picture.top);
  line.length(picture.points_wide).length(picture.points_high);
  return ended(line);
}

std::string end_line() {
  JsonLine line = begun("end");
  return ended(line);
}

}  // namespace papertray
