#include "inspect/pdf_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

// First: it decides what the classes of the others hold.
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <TextOutputDev.h>
#include <UTF.h>
#include <poppler-config.h>
#include <utf8proc.h>

#include "inspect/mend_text.h"
#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

// What is no character, and NUL, is left out.
void append_utf8(std::string& out, Unicode c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto point = static_cast<utf8proc_int32_t>(c);
  if (point <= 0 || !utf8proc_codepoint_valid(point)) return;
  const utf8proc_ssize_t size = utf8proc_encode_char(point, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

std::size_t count_letters(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string without_prefix(std::string name) {
  if (name.size() > 7 && name[6] == '+') name.erase(0, 7);
  return cut_bytes(mended(name), pdf_caps::font_name_bytes);
}

// TeX's own fonts (OT1) hold ligatures at the codes of control characters, and a Type 3 font of them
// says no better.
std::string text_of(const TextWord& word) {
  static constexpr std::string_view ligatures[] = {"ff", "fi", "fl", "ffi", "ffl"};
  std::string out;
  for (int i = 0; i < word.getLength(); ++i) {
    const Unicode c = *word.getChar(i);
    if (c >= 0x0b && c <= 0x0f)
      out += ligatures[c - 0x0b];
    else
      append_utf8(out, c);
  }
  return mended(out);
}

// An entry of the document's information dictionary.
std::string entry(PDFDoc& document, const char* key) {
  const std::unique_ptr<GooString> raw = document.getDocInfoStringEntry(key);
  if (!raw) return "";
  Unicode* characters = nullptr;
  const int count = TextStringToUCS4(raw->toStr(), &characters);
  const std::unique_ptr<Unicode, decltype(&std::free)> hold(characters, &std::free);
  std::string out;
  for (int i = 0; i < count; ++i)
    append_utf8(out, characters[i]);
  return cut_bytes(mended(out), pdf_caps::title_bytes);
}

class FontNames {
 public:
  FontNames(PdfWords& words, const PdfStructure* structure) : words_(words) {
    if (!structure) return;
    for (const PdfFont& font : structure->fonts)
      if (font.type3)
        any_type3_ = true;
      else
        outlines_.insert(font.name);
  }

  int index(const std::string& name) {
    const auto known = known_.find(name);
    if (known != known_.end()) return known->second;
    if (words_.fonts.size() >= pdf_caps::fonts) return -1;
    const int index = static_cast<int>(words_.fonts.size());
    words_.fonts.push_back(without_prefix(name));
    // A Type 3 font has no BaseFont: what poppler calls it stands in no other font.
    words_.type3.push_back(any_type3_ && !outlines_.contains(words_.fonts.back()));
    known_.emplace(name, index);
    return index;
  }

 private:
  PdfWords& words_;
  std::map<std::string, int> known_;
  std::set<std::string> outlines_;
  bool any_type3_ = false;
};

PdfWord word_of(const TextWord& from, const PageFrame& place, FontNames& fonts) {
  PdfWord word;
  from.getBBox(&word.left, &word.top, &word.right, &word.bottom);
  word.left = (word.left + place.left) * place.unit;
  word.right = (word.right + place.left) * place.unit;
  word.top = (word.top + place.top) * place.unit;
  word.bottom = (word.bottom + place.top) * place.unit;
  word.turned = from.getRotation() != 0;
  word.text = text_of(from);
  word.letters = count_letters(word.text);
  if (word.letters > 0) {
    word.size = from.getFontSize() * place.unit;
    const GooString* font = from.getFontInfo(0)->getFontName();
    word.font = fonts.index(font ? font->toStr() : "");
  }
  return word;
}

bool is_sane(const PdfWord& word) {
  constexpr double far = 1e6;  // points; also keeps NaN out
  return word.left > -far && word.right < far && word.top > -far && word.bottom < far &&
         word.left <= word.right && word.top <= word.bottom && word.size > 0 && word.size < far;
}

}  // namespace

PopplerPaper::PopplerPaper(std::string_view pdf) : pdf_(pdf) {
  static const GlobalParamsIniter quiet([](ErrorCategory, Goffset, const char*) {});
  const std::optional<GooString> no_password{std::in_place};
  // The stream becomes the document's.
  document_ = std::make_unique<PDFDoc>(
      new MemStream(pdf.data(), 0, static_cast<Goffset>(pdf.size()), Object(objNull)), no_password,
      no_password);
  if (!document_->isOk() && !locked()) throw std::runtime_error("poppler cannot open it");
}

PopplerPaper::~PopplerPaper() = default;

bool PopplerPaper::locked() const {
  return document_->getErrorCode() == errEncrypted;
}

PageFrame PopplerPaper::frame(int number, const PdfStructure* structure) const {
  const auto at = static_cast<std::size_t>(number);
  const PdfPage* known = structure && at < structure->pages.size() ? &structure->pages[at] : nullptr;
  PageFrame place;
  const Page* page = document_->getPage(number + 1);
  if (!page) return place;
  // Neither is turned; y upwards, as the file has it.
  const PDFRectangle& media = *page->getMediaBox();
  const PDFRectangle& crop = *page->getCropBox();
  const double left = crop.x1 - media.x1, right = media.x2 - crop.x2;
  const double low = crop.y1 - media.y1, high = media.y2 - crop.y2;
  const int turn = page->getRotate();
  switch (turn) {
    case 90:
      place.left = low;
      place.top = left;
      break;
    case 180:
      place.left = right;
      place.top = low;
      break;
    case 270:
      place.left = high;
      place.top = right;
      break;
    default:
      place.left = left;
      place.top = high;
  }
  double width = media.x2 - media.x1, height = media.y2 - media.y1;
  if (turn == 90 || turn == 270) std::swap(width, height);
  if (known && width > 0) place.unit = known->width / width;
  place.height = height * place.unit;
  return place;
}

PdfWords PopplerPaper::words(const PdfStructure* structure) const {
  PdfWords words;
  words.page_count = document_->getNumPages();
  FontNames fonts(words, structure);
  std::size_t all = 0;
  const int pages = std::clamp(words.page_count, 0, static_cast<int>(pdf_caps::pages));
  // In reading order, as poppler's own programs ask by default.
  TextOutputDev device(nullptr, false, 0, false, false);
  for (int i = 0; i < pages && all < pdf_caps::words; ++i) {
    auto& page_words = words.pages.emplace_back();
    words.heights.push_back(0);
    if (!document_->getPage(i + 1)) continue;
    const PageFrame place = frame(i, structure);
    words.heights.back() = place.height;
    // Each page with a table of objects of its own: where a page makes poppler mend the table, what it
    // loses is still there for the next page and the metadata.
    constexpr double dots_per_inch = 72;
    constexpr bool media_box = false, crop = true, printing = false, own_table = true;
    document_->displayPageSlice(&device, i + 1, dots_per_inch, dots_per_inch, 0, media_box, crop,
                                printing, -1, -1, -1, -1, nullptr, nullptr, nullptr, nullptr, own_table);
    const std::unique_ptr<TextWordList> found = device.makeWordList();
    for (int k = 0; found && k < found->getLength() && page_words.size() < pdf_caps::words_of_page;
         ++k) {
      PdfWord word = word_of(*found->get(k), place, fonts);
      if (word.letters > 0 && is_sane(word)) page_words.push_back(std::move(word));
    }
    all += page_words.size();
  }
  return words;
}

void PopplerPaper::metadata(PdfTitle& title) const {
  title.meta_title = entry(*document_, "Title");
  title.meta_author = entry(*document_, "Author");
  title.producer = entry(*document_, "Producer");
}

}  // namespace papertray
