#include "inspect/pdf_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include "inspect/mend_text.h"
#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
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
std::string with_tex_ligatures(const std::string& text) {
  static constexpr std::string_view ligatures[] = {"ff", "fi", "fl", "ffi", "ffl"};
  std::string out;
  for (const char c : text)
    if (c >= 0x0b && c <= 0x0f)
      out += ligatures[c - 0x0b];
    else
      out += c;
  return out;
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

PdfWord word_of(const poppler::text_box& box, const PageFrame& place, FontNames& fonts) {
  PdfWord word;
  const poppler::rectf at = box.bbox();
  word.left = (at.left() + place.left) * place.unit;
  word.right = (at.right() + place.left) * place.unit;
  word.top = (at.top() + place.top) * place.unit;
  word.bottom = (at.bottom() + place.top) * place.unit;
  word.turned = box.rotation() != 0;
  word.text = mended(with_tex_ligatures(utf8(box.text())));
  word.letters = count_letters(word.text);
  if (word.letters > 0 && box.has_font_info()) {
    word.size = box.get_font_size() * place.unit;
    word.font = fonts.index(box.get_font_name(0));  // unchecked for any other than an existing glyph
  }
  return word;
}

bool is_sane(const PdfWord& word) {
  constexpr double far = 1e6;  // points; also keeps NaN out
  return word.left > -far && word.right < far && word.top > -far && word.bottom < far &&
         word.left <= word.right && word.top <= word.bottom && word.size > 0 && word.size < far;
}

}  // namespace

PopplerPaper::PopplerPaper(std::string_view pdf)
    : document_(poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size()))) {
  if (!document_) throw std::runtime_error("poppler cannot open it");
}

PopplerPaper::~PopplerPaper() = default;

bool PopplerPaper::locked() const {
  return document_->is_locked();
}

int PopplerPaper::page_count() const {
  return document_->pages();
}

PageFrame PopplerPaper::frame(const poppler::page& page, const PdfStructure* structure,
                              int number) const {
  const auto at = static_cast<std::size_t>(number);
  const PdfPage* known = structure && at < structure->pages.size() ? &structure->pages[at] : nullptr;
  PageFrame place;
  // Both turned as the page is, with y upwards as the file has it.
  const poppler::rectf media = page.page_rect(poppler::media_box);
  const poppler::rectf crop = page.page_rect(poppler::crop_box);
  const double left = crop.left() - media.left(), right = media.right() - crop.right();
  const double low = crop.top() - media.top(), high = media.bottom() - crop.bottom();
  const poppler::page::orientation_enum turn = page.orientation();
  switch (turn) {
    case poppler::page::landscape:
      place.left = low;
      place.top = left;
      break;
    case poppler::page::upside_down:
      place.left = right;
      place.top = low;
      break;
    case poppler::page::seascape:
      place.left = high;
      place.top = right;
      break;
    case poppler::page::portrait:
      place.left = left;
      place.top = high;
  }
  const bool upright = turn == poppler::page::portrait || turn == poppler::page::upside_down;
  const double width = upright ? media.width() : media.height();
  if (known && width > 0) place.unit = known->width / width;
  place.height = (upright ? media.height() : media.width()) * place.unit;
  return place;
}

PdfWords PopplerPaper::words(const PdfStructure* structure) const {
  PdfWords words;
  words.page_count = document_->pages();
  FontNames fonts(words, structure);
  std::size_t all = 0;
  const auto pages = std::min(pdf_caps::pages, static_cast<std::size_t>(std::max(0, words.page_count)));
  for (std::size_t i = 0; i < pages && all < pdf_caps::words; ++i) {
    auto& page_words = words.pages.emplace_back();
    words.heights.push_back(0);
    const std::unique_ptr<poppler::page> page(document_->create_page(static_cast<int>(i)));
    if (!page) continue;
    const PageFrame place = frame(*page, structure, static_cast<int>(i));
    words.heights.back() = place.height;
    for (const poppler::text_box& box : page->text_list(poppler::page::text_list_include_font)) {
      if (page_words.size() >= pdf_caps::words_of_page) break;
      PdfWord word = word_of(box, place, fonts);
      if (word.letters > 0 && is_sane(word)) page_words.push_back(std::move(word));
    }
    all += page_words.size();
  }
  return words;
}

void PopplerPaper::metadata(PdfTitle& title) const {
  title.meta_title = cut_bytes(mended(utf8(document_->get_title())), pdf_caps::title_bytes);
  title.meta_author = cut_bytes(mended(utf8(document_->get_author())), pdf_caps::title_bytes);
  title.producer = cut_bytes(mended(utf8(document_->get_producer())), pdf_caps::title_bytes);
}

}  // namespace papertray
