#include "inspect/pdf_answer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "core/text_sketch.h"
#include "inspect/pdf_caps.h"

namespace papertray {
namespace {

namespace json = simdjson::dom;

// Thrown and caught here: a reader that answers nonsense.
struct Nonsense {
  const char* why;
};

constexpr double far = 1e12;         // points; what json_line.cc writes at most
constexpr int many = 1'000'000'000;  // pages, lines, things

// The values of a list, taken one after the other.
class Values {
 public:
  explicit Values(json::array list) : at_(list.begin()), end_(list.end()) {}

  bool more() const { return at_ != end_; }
  std::int64_t number(std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    if (next().get(value) != simdjson::SUCCESS || value < least || value > most)
      throw Nonsense{"a wrong number"};
    return value;
  }
  int count() { return static_cast<int>(number(0, many)); }
  double length() {
    double value = 0;
    const json::element element = next();
    if (!element.is_double() || element.get(value) != simdjson::SUCCESS ||
        !(value > -far && value < far))
      throw Nonsense{"a wrong length"};
    return value;
  }
  bool flag() {
    bool value = false;
    if (next().get(value) != simdjson::SUCCESS) throw Nonsense{"no true or false"};
    return value;
  }
  std::string text(std::size_t most, bool lines = false) {
    std::string_view value;
    if (next().get(value) != simdjson::SUCCESS || value.size() > most) throw Nonsense{"a wrong text"};
    for (const char c : value)
      if (static_cast<unsigned char>(c) < 0x20 && !(lines && c == '\n'))
        throw Nonsense{"a control character"};
    return std::string(value);
  }
  Values list() {
    json::array array;
    if (next().get(array) != simdjson::SUCCESS) throw Nonsense{"no list"};
    return Values(array);
  }
  void end() const {
    if (more()) throw Nonsense{"too many values"};
  }

 private:
  json::element next() {
    if (!more()) throw Nonsense{"too few values"};
    const json::element value = *at_;
    ++at_;
    return value;
  }
  json::array::iterator at_, end_;
};

template <typename Rows, typename Row>
void take_rows(Values list, Rows& rows, std::size_t most, const Row& row) {
  while (list.more()) {
    if (rows.size() >= most) throw Nonsense{"a list over its limit"};
    row(list, rows.emplace_back());
  }
}

PdfOpen open_of(Values& values) {
  PdfOpen open;
  open.kind = static_cast<PdfKind>(values.number(0, static_cast<int>(PdfKind::other)));
  open.size = static_cast<std::uint64_t>(values.number(0, pdf_caps::file_bytes * 2));
  open.too_large = values.flag();
  open.end_missing = values.flag();
  open.nuls_cut = static_cast<std::uint64_t>(values.number(0, pdf_caps::file_bytes * 2));
  return open;
}

PdfStructure structure_of(Values& values) {
  PdfStructure structure;
  structure.lock = static_cast<PdfLock>(values.number(0, static_cast<int>(PdfLock::user)));
  structure.page_count = values.count();
  structure.javascript = values.count();
  structure.launch = values.count();
  structure.embedded_files = values.count();
  structure.media = values.count();
  structure.forms = values.flag();
  structure.signature = values.flag();
  structure.bomb = values.text(pdf_caps::detail_bytes);
  structure.all_looked_at = values.flag();
  take_rows(values.list(), structure.pages, pdf_caps::pages, [](Values& list, PdfPage& page) {
    page.width = list.length();
    page.height = list.length();
    page.rotate = static_cast<int>(list.number(0, 270));
    page.cropped = list.flag();
  });
  take_rows(values.list(), structure.fonts, pdf_caps::fonts, [](Values& list, PdfFont& font) {
    font.name = list.text(pdf_caps::font_name_bytes);
    font.embedded = list.flag();
    font.type3 = list.flag();
  });
  return structure;
}

PdfText text_of(Values& values) {
  PdfText text;
  text.page_count = values.count();
  text.letters = values.number(0, many);
  text.body_letters = values.number(0, many);
  text.body_size = values.length();
  text.body_font = values.text(pdf_caps::font_name_bytes);
  text.body_type3 = values.flag();
  text.leading = values.length();
  take_rows(values.list(), text.pages, pdf_caps::pages, [](Values& list, PdfPageText& page) {
    page.lines = list.count();
    page.body_lines = list.count();
    page.columns = static_cast<int>(list.number(0, 2));
    for (double* edge : {&page.left, &page.right, &page.top, &page.bottom, &page.least, &page.most})
      *edge = list.length();
    page.line_numbers = list.flag();
  });
  take_rows(values.list(), text.headings, pdf_caps::headings, [](Values& list, PdfHeading& heading) {
    heading.page = static_cast<int>(list.number(1, many));
    heading.lines_above = list.count();
    heading.styled = list.flag();
    heading.text = list.text(pdf_caps::heading_bytes * 2);
  });
  text.sketch = values.text(sketch_minima * sketch_digits);
  if (!is_sketch(text.sketch)) throw Nonsense{"no sketch"};
  return text;
}

PdfTitle title_of(Values& values) {
  PdfTitle title;
  title.title = values.text(pdf_caps::title_bytes);
  title.authors = values.text(pdf_caps::authors_bytes, true);
  title.meta_title = values.text(pdf_caps::title_bytes);
  title.meta_author = values.text(pdf_caps::title_bytes);
  title.producer = values.text(pdf_caps::title_bytes);
  return title;
}

PdfInk ink_of(Values& values) {
  PdfInk ink;
  take_rows(values.list(), ink.pages, pdf_caps::ink_pages, [](Values& list, PdfInkPage& page) {
    for (double* edge : {&page.left, &page.top, &page.right, &page.bottom})
      *edge = list.length();
  });
  return ink;
}

PdfPicture picture_of(Values& values) {
  PdfPicture picture;
  picture.width = static_cast<int>(values.number(1, pdf_caps::picture_side + 2));
  picture.height = static_cast<int>(values.number(1, pdf_caps::picture_side + 2));
  picture.left = values.length();
  picture.top = values.length();
  picture.points_wide = values.length();
  picture.points_high = values.length();
  return picture;
}

PdfFailure failure_of(Values& values) {
  PdfFailure failure;
  failure.stage = static_cast<PdfStage>(values.number(0, pdf_stages - 1));
  failure.end = static_cast<PdfEnd>(values.number(0, static_cast<int>(PdfEnd::garbage)));
  failure.detail = values.text(pdf_caps::detail_bytes);
  return failure;
}

template <typename Value>
void once(std::optional<Value>& slot, Value value) {
  if (slot) throw Nonsense{"a stage twice"};
  slot = std::move(value);
}

PdfStage after(PdfStage stage) {
  return static_cast<PdfStage>(std::min(static_cast<int>(stage) + 1, pdf_stages - 1));
}

}  // namespace

bool PdfAnswer::fail(std::string why) {
  if (wrong_.empty()) wrong_ = std::move(why);
  return false;
}

bool PdfAnswer::take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wrong_.empty() || ended_) return fail("more after its end");
    if (pixels_ > 0) {
      const std::size_t part = std::min(pixels_, bytes.size());
      picture.pixels.append(bytes.substr(0, part));
      bytes.remove_prefix(part);
      pixels_ -= part;
      continue;
    }
    const std::size_t end = bytes.find('\n');
    const std::size_t part = std::min(end, bytes.size());
    if (waiting_.size() + part > pdf_caps::line_bytes) return fail("a line over its limit");
    waiting_ += bytes.substr(0, part);
    if (end == std::string_view::npos) return true;
    bytes.remove_prefix(end + 1);
    if (!take_line(waiting_)) return false;
    waiting_.clear();
  }
  return true;
}

// simdjson checks the whole line (UTF-8 too) and does not recurse.
bool PdfAnswer::take_line(std::string_view line) {
  json::parser parser;
  json::element document;
  std::string_view stage;
  json::array list;
  if (parser.parse(line.data(), line.size()).get(document) != simdjson::SUCCESS ||
      document["stage"].get(stage) != simdjson::SUCCESS ||
      document["values"].get(list) != simdjson::SUCCESS)
    return fail("no valid JSON");
  try {
    Values values(list);
    if (!ready_) {
      if (stage != "ready") throw Nonsense{"it did not say that it is ready"};
      const auto bits = static_cast<std::uint32_t>(values.number(0, 1024));
      layers_ = Layers::from_bits(bits, static_cast<int>(values.number(0, 1000)));
      ready_ = true;
    } else if (stage == "open") {
      once(facts.open, open_of(values));
      next_ = PdfStage::structure;
    } else if (stage == "structure") {
      once(facts.structure, structure_of(values));
      next_ = PdfStage::text;
    } else if (stage == "text") {
      once(facts.text, text_of(values));
      next_ = PdfStage::title;
    } else if (stage == "title") {
      once(facts.title, title_of(values));
      next_ = PdfStage::ink;
    } else if (stage == "ink") {
      once(facts.ink, ink_of(values));
    } else if (stage == "picture") {
      if (picture.width > 0) throw Nonsense{"a picture twice"};
      picture = picture_of(values);
      pixels_ = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3;
    } else if (stage == "failed") {
      const PdfFailure failure = failure_of(values);
      if (facts.failure(failure.stage)) throw Nonsense{"a failure twice"};
      facts.failures.push_back(failure);
      next_ = after(failure.stage);
    } else if (stage == "end") {
      ended_ = true;
    } else {
      throw Nonsense{"an unknown stage"};
    }
    values.end();
    return true;
  } catch (const Nonsense& nonsense) {
    return fail(nonsense.why);
  }
}

}  // namespace papertray
