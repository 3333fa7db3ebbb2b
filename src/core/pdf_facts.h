// What was measured of one PDF: plain data, as the sandboxed reader tells it. Nothing here judges;
// core/paper_check.h does.
//
// Lengths are points (1/72 in) as a reader sees the page: after UserUnit and Rotate, from the top left
// corner of the MediaBox, y downwards. Pages count from 1. Texts are valid UTF-8 and still a stranger's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// What the first bytes say.
enum class PdfKind {
  pdf,
  empty,
  word,
  office_zip,
  old_office,
  rtf,
  postscript,
  html,
  image,
  tex,
  other
};

// The stages of a reading, in their order; each is told as soon as it ends.
enum class PdfStage { open, structure, text, title, ink };
inline constexpr int pdf_stages = 5;
std::string_view pdf_stage_name(PdfStage stage);

enum class PdfLock { none, owner, user };  // owner: opens without a password; user: does not

struct PdfOpen {
  PdfKind kind = PdfKind::other;
  std::uint64_t size = 0;      // bytes
  bool too_large = false;      // over the limit; nothing else was looked at
  bool end_missing = false;    // no %%EOF: cut off on its way, or written by a careless program
  std::uint64_t nuls_cut = 0;  // NUL bytes after the last %%EOF, which were left out
};

struct PdfPage {
  double width = 0, height = 0;  // of the MediaBox
  int rotate = 0;                // 0, 90, 180, 270
  bool cropped = false;          // the CropBox leaves some of it out
};

struct PdfFont {
  std::string name;  // without the subset's prefix
  bool embedded = false;
  bool type3 = false;
};

struct PdfStructure {
  PdfLock lock = PdfLock::none;
  int page_count = 0;          // 0: no page could be found
  std::vector<PdfPage> pages;  // the first pdf_caps::pages of them
  std::vector<PdfFont> fonts;  // each once
  // What a paper has no use for, and organizers may want to know.
  int javascript = 0, launch = 0, embedded_files = 0, media = 0;
  bool forms = false;         // fields to fill in; a signature is one
  bool signature = false;     // has a signature field that is signed
  std::string bomb;           // what unpacks to more than is taken ("page 2"); "" when nothing does
  bool all_looked_at = true;  // false: too many objects, some were not searched for the above
};

// A line that may be a heading: short and alone.
struct PdfHeading {
  int page = 0;
  int lines_above = 0;  // lines of text above it on its page, in reading order
  bool styled = false;  // bold, larger or in another font than the text
  std::string text;
};

struct PdfPageText {
  int lines = 0;               // without head, foot and line numbers
  int body_lines = 0;          // of these, in the body's size
  int columns = 0;             // 1 or 2; 0: too little text to say
  double left = 0, right = 0;  // the block: 10% quantiles over the body's lines; both 0 without
  double top = 0, bottom = 0;  // of the first and last line, without head and foot
  double least = 0, most = 0;  // the outermost edges of any text; both 0 without
  bool line_numbers = false;   // in the margin; counted nowhere
};

struct PdfText {
  int page_count = 0;             // as poppler counts, which is what people's viewers show
  std::int64_t letters = 0;       // of the whole document
  std::int64_t body_letters = 0;  // in the part that was measured (before the references)
  double body_size = 0;           // the size of most letters; 0: no text
  std::string body_font;          // the font of most letters in that size
  bool body_type3 = false;        // such fonts have no size that could be told
  double leading = 0;             // the commonest distance of two baselines; 0: too few lines
  std::vector<PdfPageText> pages;
  std::vector<PdfHeading> headings;
  std::string sketch;  // of all its words (core/text_sketch.h); "" without
};

struct PdfTitle {
  std::string title;       // the largest text of page 1, on one line
  std::string authors;     // what stands between it and the abstract, lines
  std::string meta_title;  // what the file says of itself
  std::string meta_author;
  std::string producer;
};

struct PdfInkPage {
  double left = 0, top = 0, right = 0, bottom = 0;  // of all that is not white; all 0: a white page
};

struct PdfInk {
  std::vector<PdfInkPage> pages;
};

// Page 1, drawn; not part of the facts.
struct PdfPicture {
  int width = 0, height = 0;  // pixels
  double left = 0, top = 0;   // of its corner within the MediaBox, points
  double points_wide = 0, points_high = 0;
  std::string pixels;  // red, green, blue, row by row from the top left
};

// Why a stage did not end.
enum class PdfEnd {
  unreadable,  // the library gave up
  memory,      // wanted more than it may have
  time,        // took longer than it may
  crash,       // the reader died of it
  bomb,        // was not begun: what it would unpack is too large
  locked,      // was not begun: a password is needed
  garbage,     // the reader's answer made no sense
};
std::string_view pdf_end_name(PdfEnd end);

struct PdfFailure {
  PdfStage stage = PdfStage::open;
  PdfEnd end = PdfEnd::unreadable;
  std::string detail;  // for organizers and the log, never for authors
};

struct PdfFacts {
  std::optional<PdfOpen> open;
  std::optional<PdfStructure> structure;
  std::optional<PdfText> text;
  std::optional<PdfTitle> title;
  std::optional<PdfInk> ink;         // only when asked for
  std::vector<PdfFailure> failures;  // at most one a stage

  const PdfFailure* failure(PdfStage stage) const;
  // Of whoever could count; 0 when nobody could.
  int page_count() const;
};

}  // namespace papertray
