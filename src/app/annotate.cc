#include "app/annotate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/png.h"

namespace papertray {
namespace {

using Colour = std::array<unsigned char, 3>;
constexpr Colour expected = {0, 150, 60};
constexpr Colour measured = {220, 30, 30};
constexpr int thick = 2;

struct Canvas {
  PdfPicture& picture;

  int x_of(double points) const {
    return place(points - picture.left, picture.points_wide, picture.width);
  }
  int y_of(double points) const {
    return place(points - picture.top, picture.points_high, picture.height);
  }

  void frame(double left, double top, double right, double bottom, const Colour& colour, bool dashed) {
    const int x1 = x_of(left), x2 = x_of(right), y1 = y_of(top), y2 = y_of(bottom);
    for (int i = 0; i < thick; ++i) {
      for (int x = x1; x <= x2; ++x)
        if (!dashed || x / 6 % 2 == 0) {
          dot(x, y1 - i, colour);
          dot(x, y2 + i, colour);
        }
      for (int y = y1; y <= y2; ++y)
        if (!dashed || y / 6 % 2 == 0) {
          dot(x1 - i, y, colour);
          dot(x2 + i, y, colour);
        }
    }
  }

 private:
  // Off the page is drawn at its edge, so that it can be seen.
  static int place(double points, double all, int pixels) {
    const double at = all > 0 ? points / all * pixels : 0;
    return static_cast<int>(std::lround(std::clamp(at, 1.0, std::max(1.0, pixels - 2.0))));
  }
  void dot(int x, int y, const Colour& colour) {
    if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return;
    const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                     static_cast<std::size_t>(x)) *
                    colour.size();
    std::ranges::copy(colour, reinterpret_cast<unsigned char*>(picture.pixels.data()) + at);
  }
};

}  // namespace

std::string annotated_png(PdfPicture picture, const PdfFacts& facts, const PaperStyle& style) {
  Canvas canvas{picture};
  canvas.frame(style.left, style.top, style.left + style.block_width, style.top + style.block_height,
               expected, false);
  if (facts.text && !facts.text->pages.empty()) {
    const PdfPageText& page = facts.text->pages.front();
    if (page.right > page.left)
      canvas.frame(page.left, page.top, page.right, page.bottom, measured, true);
  }
  return png_of(picture.pixels, picture.width, picture.height);
}

}  // namespace papertray
