#include "inspect/pdf_worker.h"

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/prctl.h>
#include <unistd.h>

#include "inspect/mend_text.h"
#include "inspect/pdf_asked.h"
#include "inspect/pdf_caps.h"
#include "inspect/pdf_ink.h"
#include "inspect/pdf_kind.h"
#include "inspect/pdf_layout.h"
#include "inspect/pdf_lines_out.h"
#include "inspect/pdf_structure.h"
#include "inspect/pdf_text.h"
#include "inspect/sandbox.h"

namespace papertray {
namespace {

constexpr int no_sandbox = 78;  // EX_CONFIG

// Read before the doors close: iconv's tables, poppler's and qpdf's own beginnings, all that is opened
// once. One page with a word outside ASCII, in a font of its own: for one that is not embedded
// fontconfig would look through the system's (8 ms).
constexpr std::string_view sample =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<"
    "</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 36>>stream\nBT /F 10 Tf 100 700 Td (aaaaa) Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/Char"
    "Procs<<>>/FirstChar 97/LastChar 97/Widths[1]/Encoding<</Differences[97/adieresis]>>>>endobj\n"
    "6 0 obj<</Title<FEFF00E4>>>endobj\n"
    "xref\n0 7\n0000000000 65535 f \n"
    "0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    "0000000210 00000 n \n0000000292 00000 n \n0000000464 00000 n \n"
    "trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n498\n%%EOF\n";

bool reads_the_sample() {
  const PdfStructure structure = read_structure(sample);
  const PopplerPaper paper(sample);
  PdfWords words = paper.words(&structure);
  PdfTitle title;
  paper.metadata(title);
  return words.pages.size() == 1 && words.pages[0].size() == 1 &&
         words.pages[0][0].text == "\u00e4\u00e4\u00e4\u00e4\u00e4";
}

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) ::_exit(0);  // nobody is there to hear of it
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

// All of descriptor 0, one byte more than is taken at most. By place where that is possible: the
// descriptor's own position may be somebody else's too.
std::string read_all() {
  std::string bytes;
  constexpr std::size_t piece = 256 * 1024;
  bool by_place = true;
  while (bytes.size() <= pdf_caps::file_bytes) {
    const std::size_t have = bytes.size();
    bytes.resize(have + piece);
    ssize_t got = -1;
    if (by_place) got = ::pread(STDIN_FILENO, bytes.data() + have, piece, static_cast<off_t>(have));
    if (by_place && got < 0 && errno == ESPIPE) by_place = false;
    if (!by_place) got = ::read(STDIN_FILENO, bytes.data() + have, piece);
    bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
  }
  return bytes;
}

struct Locked {};

class Reading {
 public:
  explicit Reading(unsigned asked) : asked_(asked) {}

  void all(std::string_view bytes) {
    std::string_view pdf;
    stage(PdfStage::open, [&] {
      const KindRead kind = read_kind(bytes);
      pdf = kind.pdf;
      return stage_line(kind.open);
    });
    if (pdf.empty()) return;
    stage(PdfStage::structure, [&] {
      structure_ = read_structure(pdf);
      return stage_line(*structure_);
    });
    if (structure_ && !structure_->bomb.empty()) return skip(PdfEnd::bomb, structure_->bomb);
    read_text(pdf);
  }

 private:
  void read_text(std::string_view pdf) {
    std::optional<PopplerPaper> paper;
    const PdfStructure* structure = structure_ ? &*structure_ : nullptr;
    // Locked to qpdf may be a file of which only the attachments are: poppler reads its pages.
    PdfWords words;
    double body_size = 0;
    stage(PdfStage::text, [&] {
      paper.emplace(pdf);
      if (paper->locked()) throw Locked();
      words = paper->words(structure);
      const PdfText text = lay_out(words);
      body_size = text.body_size;
      return stage_line(text);
    });
    if (!paper || paper->locked()) return;  // the title's failure is the text's
    stage(PdfStage::title, [&] {
      PdfTitle title = find_title(words, body_size);
      paper->metadata(title);
      return stage_line(title);
    });
    if ((asked_ & pdf_asked_picture) != 0) picture(*paper, structure);
    if ((asked_ & pdf_asked_ink) != 0)
      stage(PdfStage::ink, [&] { return stage_line(read_ink(*paper, structure)); });
  }

  void picture(const PopplerPaper& paper, const PdfStructure* structure) {
    stage(PdfStage::ink, [&] {
      const PdfPicture picture = draw_first_page(paper, structure);
      return picture_line(picture) + picture.pixels;
    });
  }

  // qpdf and poppler throw whatever their parts throw.
  template <typename Work>
  void stage(PdfStage which, const Work& work) {
    PdfFailure failure{which, PdfEnd::unreadable, ""};
    try {
      write_all(work());
      return;
    } catch (const Locked&) {
      failure.end = PdfEnd::locked;
    } catch (const std::bad_alloc&) {
      failure.end = PdfEnd::memory;
    } catch (const std::length_error&) {
      failure.end = PdfEnd::memory;
    } catch (const std::exception& error) {
      failure.detail = cut_bytes(mended(error.what()), pdf_caps::detail_bytes);
    } catch (...) {
      failure.detail = "an exception of no known kind";
    }
    write_all(failed_line(failure));
  }

  static void skip(PdfEnd end, const std::string& detail) {
    write_all(failed_line({PdfStage::text, end, detail}));
    write_all(failed_line({PdfStage::title, end, detail}));
  }

  unsigned asked_;
  std::optional<PdfStructure> structure_;
};

}  // namespace

bool prepare_pdf_reading() {
  std::setlocale(LC_ALL, "C.UTF-8");
  return reads_the_sample();
}

int read_one_pdf(unsigned asked) {
  const Layers layers = apply_sandbox(Work::paper);
  write_all(ready_line(layers));
  if (!layers.seccomp && (asked & pdf_asked_unsafe) == 0) return no_sandbox;
  Reading(asked).all(read_all());
  write_all(end_line());
  return 0;
}

int run_pdf_worker(std::span<char* const> words) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  unsigned asked = 0;
  for (const std::string_view word : words) {
    if (word == "ink") asked |= pdf_asked_ink;
    if (word == "picture") asked |= pdf_asked_picture;
    if (word == "unsafe") asked |= pdf_asked_unsafe;
  }
  if (!prepare_pdf_reading()) return pdf_self_test_failed;
  return read_one_pdf(asked);
}

}  // namespace papertray
