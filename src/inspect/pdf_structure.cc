#include "inspect/pdf_structure.h"

#include <algorithm>
#include <cmath>
#include <qpdf/Pl_Discard.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>
#include <stdexcept>
#include <vector>

#include "core/paper_style.h"
#include "inspect/mend_text.h"
#include "inspect/pdf_active.h"
#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

using Object = QPDFObjectHandle;

constexpr double letter_width = 612, letter_height = 792;  // what viewers assume without a MediaBox
// ISO 32000-1 annex C.2: 14,400 units; with UserUnit 75,000 of them, 15 million inches.
constexpr double largest_side = 1e9;

// What a page inherits from the nodes above it (ISO 32000-1 table 30).
struct Inherited {
  Object media, crop, rotate, resources;
};

struct Node {
  Object object;
  Inherited from_above;
  std::size_t depth = 0;
};

struct TooMuch {};

// Counts what is unpacked, and ends it.
class Meter : public Pipeline {
 public:
  explicit Meter(std::uint64_t& left) : Pipeline("meter", nullptr), left_(left) {}
  void write(unsigned char const*, std::size_t size) override {
    if (size > left_) throw TooMuch();
    left_ -= size;
  }
  void finish() override {}

 private:
  std::uint64_t& left_;
};

Object own_or(Object dictionary, const char* key, const Object& inherited) {
  Object own = dictionary.getKey(key);
  return own.isNull() ? inherited : own;
}

struct Box {
  double left = 0, low = 0, right = 0, high = 0;
  bool good = false;
};

Box box_of(Object array) {
  Box box;
  if (!array.isArray() || array.getArrayNItems() != 4) return box;
  double values[4] = {};
  for (int i = 0; i < 4; ++i) {
    Object number = array.getArrayItem(i);
    if (!number.isNumber()) return box;
    values[i] = number.getNumericValue();
    if (!std::isfinite(values[i]) || std::abs(values[i]) > largest_side) return box;
  }
  box = {std::min(values[0], values[2]), std::min(values[1], values[3]), std::max(values[0], values[2]),
         std::max(values[1], values[3]), true};
  box.good = box.right > box.left && box.high > box.low;
  return box;
}

class Structure {
 public:
  explicit Structure(QPDF& pdf) : pdf_(pdf) {}

  PdfStructure read() {
    walk(pdf_.getRoot().getKey("/Pages"));
    find_active(pdf_, read_);
    return std::move(read_);
  }

 private:
  // The tree of pages with a stack of our own: qpdf recurses over it.
  void walk(const Object& root) {
    std::vector<Node> left{{root, {}, 0}};
    std::size_t nodes = 0;
    while (!left.empty()) {
      Node node = std::move(left.back());
      left.pop_back();
      if (++nodes > pdf_caps::tree_nodes || node.depth > pdf_caps::tree_depth)
        throw std::runtime_error("the tree of pages is too large or too deep");
      if (!node.object.isDictionary()) continue;
      if (node.object.isIndirect() && !seen_.insert(node.object.getObjectID()).second) continue;
      Inherited down{own_or(node.object, "/MediaBox", node.from_above.media),
                     own_or(node.object, "/CropBox", node.from_above.crop),
                     own_or(node.object, "/Rotate", node.from_above.rotate),
                     own_or(node.object, "/Resources", node.from_above.resources)};
      Object kids = node.object.getKey("/Kids");
      if (!kids.isArray()) {
        page(node.object, down);
        continue;
      }
      const int count = kids.getArrayNItems();
      if (static_cast<std::size_t>(count) > pdf_caps::tree_nodes - std::min(nodes, pdf_caps::tree_nodes))
        throw std::runtime_error("the tree of pages is too large");
      for (int i = count - 1; i >= 0; --i)
        left.push_back({kids.getArrayItem(i), down, node.depth + 1});
    }
  }

  void page(Object page, const Inherited& inherited) {
    ++read_.page_count;
    if (read_.pages.size() >= pdf_caps::pages) return;
    read_.pages.push_back(box(page, inherited));
    fonts(inherited.resources);
    meter(page.getKey("/Contents"));
  }

  static PdfPage box(Object page, const Inherited& inherited) {
    PdfPage told;
    Box media = box_of(inherited.media);
    if (!media.good) media = {0, 0, letter_width, letter_height, true};
    const Box crop = box_of(inherited.crop);
    double unit = 1;
    if (Object given = page.getKey("/UserUnit"); given.isNumber()) unit = given.getNumericValue();
    if (!(unit > 0 && unit < 1e5)) unit = 1;
    told.width = (media.right - media.left) * unit;
    told.height = (media.high - media.low) * unit;
    if (Object(inherited.rotate).isInteger()) {
      const long long turn = Object(inherited.rotate).getIntValue() % 360;
      told.rotate = static_cast<int>((turn + 360) % 360) / 90 * 90;
    }
    if (told.rotate % 180 != 0) std::swap(told.width, told.height);
    constexpr double slack = 1;
    told.cropped = crop.good && (crop.left > media.left + slack || crop.low > media.low + slack ||
                                 crop.right < media.right - slack || crop.high < media.high - slack);
    return told;
  }

  void fonts(Object resources) {
    if (!resources.isDictionary()) return;
    if (resources.isIndirect() && !seen_.insert(resources.getObjectID()).second) return;
    Object fonts = resources.getKey("/Font");
    if (!fonts.isDictionary()) return;
    for (const std::string& key : fonts.getKeys()) {
      if (read_.fonts.size() >= pdf_caps::fonts) return;
      font(fonts.getKey(key));
    }
  }

  void font(Object font) {
    if (!font.isDictionary()) return;
    if (font.isIndirect() && !seen_.insert(font.getObjectID()).second) return;
    PdfFont told;
    if (Object name = font.getKey("/BaseFont"); name.isName()) told.name = name.getName().substr(1);
    if (told.name.size() > 7 && told.name[6] == '+') told.name.erase(0, 7);
    told.name = cut_bytes(mended(told.name), pdf_caps::font_name_bytes);
    told.type3 = font.getKey("/Subtype").isNameAndEquals("/Type3");
    Object inner = font;
    if (Object below = font.getKey("/DescendantFonts"); below.isArray() && below.getArrayNItems() > 0)
      inner = below.getArrayItem(0);
    Object descriptor = inner.isDictionary() ? inner.getKey("/FontDescriptor") : Object::newNull();
    told.embedded = told.type3;
    if (descriptor.isDictionary())
      for (const char* key : {"/FontFile", "/FontFile2", "/FontFile3"})
        told.embedded = told.embedded || descriptor.getKey(key).isStream();
    const auto same = [&](const PdfFont& other) {
      return other.name == told.name && other.embedded == told.embedded && other.type3 == told.type3;
    };
    if (std::ranges::none_of(read_.fonts, same)) read_.fonts.push_back(std::move(told));
  }

  // Unpacks the page's contents into nothing. Figures within (forms) are not: poppler has its own
  // guards for them, and the processor's seconds are counted.
  void meter(Object contents) {
    if (!read_.bomb.empty()) return;
    std::vector<Object> streams;
    if (contents.isStream()) streams.push_back(contents);
    if (contents.isArray())
      for (int i = 0; i < contents.getArrayNItems(); ++i)
        streams.push_back(contents.getArrayItem(i));
    for (Object& stream : streams) {
      if (!stream.isStream()) continue;
      Meter meter(decoded_left_);
      try {
        stream.pipeStreamData(&meter, 0, qpdf_dl_generalized, true, false);
      } catch (const TooMuch&) {
        read_.bomb = "page " + std::to_string(read_.page_count);
        return;
      } catch (const std::bad_alloc&) {
        throw;
      } catch (const std::exception&) {
        // Broken contents: poppler reads what there is, and the text tells.
      }
    }
  }

  QPDF& pdf_;
  PdfStructure read_;
  std::set<int> seen_;
  std::uint64_t decoded_left_ = pdf_caps::decoded_bytes;
};

}  // namespace

namespace {

// qpdf warns of an object stream that it had no memory for, and goes on as if it were not there.
bool wanted_memory(QPDF& qpdf) {
  return std::ranges::any_of(qpdf.getWarnings(), [](const QPDFExc& warning) {
    return std::string_view(warning.what()).find("bad_alloc") != std::string_view::npos;
  });
}

}  // namespace

PdfStructure read_structure(std::string_view pdf) {
  QPDF qpdf;
  qpdf.setSuppressWarnings(true);
  PdfStructure read;
  try {
    qpdf.processMemoryFile("paper", pdf.data(), pdf.size());
    read = Structure(qpdf).read();
    if (qpdf.isEncrypted()) read.lock = PdfLock::owner;
    return read;
  } catch (const QPDFExc& refused) {
    if (wanted_memory(qpdf)) throw std::bad_alloc();
    if (refused.getErrorCode() != qpdf_e_password) throw;
  } catch (const std::runtime_error&) {
    if (wanted_memory(qpdf)) throw std::bad_alloc();
    throw;
  }
  read.lock = PdfLock::user;
  return read;
}

}  // namespace papertray
