#include "inspect/pdf_ink.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

constexpr unsigned char nearly_white = 245;  // antialiased edges and scanned paper are no ink
constexpr double points_per_inch = 72;

struct Drawn {
  poppler::image image;
  double scale = 1;           // pixels a point
  double left = 0, top = 0;   // of the picture within the MediaBox, points
  double wide = 0, high = 0;  // points
};

// The C++ interface has a document of its own: it is what draws.
std::unique_ptr<poppler::document> opened(std::string_view pdf) {
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
  if (!document) throw std::runtime_error("poppler cannot open it");
  return document;
}

Drawn draw(const poppler::document& document, const PageFrame& frame, int number, double dpi) {
  const std::unique_ptr<poppler::page> page(document.create_page(number));
  if (!page) throw std::runtime_error("poppler cannot open the page");
  Drawn drawn;
  double wide = page->page_rect(poppler::crop_box).width();
  double high = page->page_rect(poppler::crop_box).height();
  const bool upright = page->orientation() == poppler::page::portrait ||
                       page->orientation() == poppler::page::upside_down;
  if (!upright) std::swap(wide, high);
  const double longest = std::max(wide, high) / points_per_inch * dpi;
  if (!(longest > 0)) throw std::runtime_error("the page has no size");
  if (longest > pdf_caps::picture_side) dpi *= pdf_caps::picture_side / longest;
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  drawn.image = renderer.render_page(page.get(), dpi, dpi);
  const int sides[] = {drawn.image.width(), drawn.image.height()};
  if (!drawn.image.is_valid() || std::ranges::max(sides) > pdf_caps::picture_side + 2 ||
      drawn.image.format() != poppler::image::format_rgb24)
    throw std::runtime_error("poppler drew no picture");
  drawn.scale = dpi / points_per_inch / frame.unit;
  drawn.left = frame.left * frame.unit;
  drawn.top = frame.top * frame.unit;
  drawn.wide = wide * frame.unit;
  drawn.high = high * frame.unit;
  return drawn;
}

const unsigned char* row_of(const poppler::image& image, int y) {
  return reinterpret_cast<const unsigned char*>(image.const_data()) +
         static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
}

PdfInkPage ink_of(const Drawn& drawn) {
  int left = drawn.image.width(), right = -1, top = -1, bottom = -1;
  for (int y = 0; y < drawn.image.height(); ++y) {
    const unsigned char* row = row_of(drawn.image, y);
    for (int x = 0; x < drawn.image.width(); ++x) {
      const unsigned char* pixel = row + static_cast<std::ptrdiff_t>(x) * 3;
      if (std::min({pixel[0], pixel[1], pixel[2]}) >= nearly_white) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      if (top < 0) top = y;
      bottom = y;
    }
  }
  PdfInkPage page;
  if (right < 0) return page;
  page.left = drawn.left + left / drawn.scale;
  page.right = drawn.left + (right + 1) / drawn.scale;
  page.top = drawn.top + top / drawn.scale;
  page.bottom = drawn.top + (bottom + 1) / drawn.scale;
  return page;
}

}  // namespace

PdfInk read_ink(const PopplerPaper& paper, const PdfStructure* structure) {
  const std::unique_ptr<poppler::document> document = opened(paper.bytes());
  PdfInk ink;
  const int pages = std::min(document->pages(), static_cast<int>(pdf_caps::ink_pages));
  for (int i = 0; i < pages; ++i)
    ink.pages.push_back(ink_of(draw(*document, paper.frame(i, structure), i, pdf_caps::ink_dpi)));
  return ink;
}

PdfPicture draw_first_page(const PopplerPaper& paper, const PdfStructure* structure) {
  const std::unique_ptr<poppler::document> document = opened(paper.bytes());
  const Drawn drawn = draw(*document, paper.frame(0, structure), 0, pdf_caps::picture_dpi);
  PdfPicture picture;
  picture.width = drawn.image.width();
  picture.height = drawn.image.height();
  picture.left = drawn.left;
  picture.top = drawn.top;
  picture.points_wide = drawn.wide;
  picture.points_high = drawn.high;
  const auto row_bytes = static_cast<std::size_t>(picture.width) * 3;
  for (int y = 0; y < picture.height; ++y)
    picture.pixels.append(reinterpret_cast<const char*>(row_of(drawn.image, y)), row_bytes);
  return picture;
}

}  // namespace papertray
