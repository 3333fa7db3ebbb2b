// What a reader says of a PDF is believed no further than it makes sense.
#include "inspect/pdf_answer.h"

#include <doctest/doctest.h>

#include "inspect/mend_text.h"
#include "inspect/pdf_caps.h"
#include "inspect/pdf_kind.h"
#include "inspect/pdf_lines_out.h"

using namespace papertray;

namespace {

const std::string ready = "{\"stage\":\"ready\",\"values\":[31,7]}\n";
const std::string open_line = "{\"stage\":\"open\",\"values\":[0,100,false,false,0]}\n";

PdfText some_text() {
  PdfText text;
  text.page_count = 2;
  text.letters = 7000;
  text.body_letters = 6000;
  text.body_size = 9.963;
  text.body_font = "Nimbus \"Roman\"\\";
  text.leading = 10.909;
  text.pages.resize(2);
  text.pages[1] = {55, 50, 1, 108, 504, 72.5, 720, 100, 510, true};
  text.headings = {{2, 25, true, "R\u00e9f\u00e9rences"}};
  return text;
}

std::string wrong(const std::string& bytes) {
  PdfAnswer answer;
  answer.take(bytes);
  return answer.wrong();
}

}  // namespace

TEST_CASE("pdf answer: every stage comes through as it was told") {
  PdfStructure structure;
  structure.lock = PdfLock::owner;
  structure.page_count = 3;
  structure.pages = {{612, 792.5, 90, true}};
  structure.fonts = {{"CMR10", true, false}, {"", true, true}};
  structure.javascript = 1;
  structure.bomb = "page 2";
  PdfTitle title{"A Title", "Ada\nBob\n", "m", "a", "p"};
  PdfInk ink;
  ink.pages = {{1, 2, 3, 4}};
  const std::string whole =
      ready_line(Layers::from_bits(31, 7)) + stage_line(PdfOpen{PdfKind::pdf, 100, false, true, 3}) +
      stage_line(structure) + stage_line(some_text()) + stage_line(title) + stage_line(ink) + end_line();
  // Pipes cut where they like.
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, whole.size()}) {
    PdfAnswer answer;
    for (std::size_t at = 0; at < whole.size(); at += piece)
      REQUIRE(answer.take(std::string_view(whole).substr(at, piece)));
    CHECK(answer.ended());
    const PdfFacts& facts = answer.facts;
    REQUIRE((facts.open && facts.structure && facts.text && facts.title && facts.ink));
    CHECK(facts.open->nuls_cut == 3);
    CHECK(facts.open->end_missing);
    CHECK(facts.structure->lock == PdfLock::owner);
    CHECK(facts.structure->pages[0].height == 792.5);
    CHECK(facts.structure->fonts[1].type3);
    CHECK(facts.structure->bomb == "page 2");
    CHECK(facts.text->body_font == some_text().body_font);
    CHECK(facts.text->leading == 10.909);
    CHECK(facts.text->pages[1].most == 510);
    CHECK(facts.text->pages[1].line_numbers);
    CHECK(facts.text->headings[0].text == "R\u00e9f\u00e9rences");
    CHECK(facts.title->authors == "Ada\nBob\n");
    CHECK(facts.ink->pages[0].bottom == 4);
  }
}

TEST_CASE("pdf answer: a picture's pixels follow its line") {
  PdfPicture picture;
  picture.width = 2;
  picture.height = 1;
  PdfAnswer answer;
  const std::string bytes = ready + picture_line(picture) + "\n\n{}\"\x80" + end_line();
  for (const char c : bytes)
    REQUIRE(answer.take({&c, 1}));
  CHECK(answer.ended());
  CHECK(answer.picture.pixels == "\n\n{}\"\x80");
}

TEST_CASE("pdf answer: nonsense ends it, what came before stays") {
  CHECK(wrong(ready + open_line).empty());
  const std::string table[] = {
      open_line,  // not ready
      ready + ready,
      ready + open_line + open_line,
      ready + "x\n",
      ready + "{\"stage\":\"open\"}\n",
      ready + "{\"stage\":\"other\",\"values\":[]}\n",
      ready + "{\"stage\":\"open\",\"values\":[0,100,false,false]}\n",
      ready + "{\"stage\":\"open\",\"values\":[0,100,false,false,0,0]}\n",
      ready + "{\"stage\":\"open\",\"values\":[99,100,false,false,0]}\n",
      ready + "{\"stage\":\"open\",\"values\":[-1,100,false,false,0]}\n",
      ready + "{\"stage\":\"open\",\"values\":[0,1e300,false,false,0]}\n",
      ready + "{\"stage\":\"open\",\"values\":[0,99999999999,false,false,0]}\n",
      ready + "{\"stage\":\"title\",\"values\":[\"a\\u001bb\",\"\",\"\",\"\",\"\"]}\n",
      ready + "{\"stage\":\"title\",\"values\":[\"a\\nb\",\"\",\"\",\"\",\"\"]}\n",
      ready + "{\"stage\":\"title\",\"values\":[\"\x80\",\"\",\"\",\"\",\"\"]}\n",
      ready + "{\"stage\":\"title\",\"values\":[\"" + std::string(pdf_caps::title_bytes + 1, 'a') +
          "\",\"\",\"\",\"\",\"\"]}\n",
      ready + "{\"stage\":\"ink\",\"values\":[[1.0,2.0,3.0]]}\n",
      ready + "{\"stage\":\"ink\",\"values\":[[1.0,2.0,3.0,1e99]]}\n",
      ready + "{\"stage\":\"failed\",\"values\":[9,0,\"\"]}\n",
      ready + "{\"stage\":\"picture\",\"values\":[100000,1,0.0,0.0,1.0,1.0]}\n",
      ready + end_line() + "more",
      ready + std::string(pdf_caps::line_bytes + 1, ' '),
      ready + std::string(2000, '[') + "\n",
  };
  for (const std::string& bytes : table) {
    CAPTURE(bytes.substr(0, 200));
    CHECK_FALSE(wrong(bytes).empty());
  }
  PdfAnswer answer;
  answer.take(ready + open_line + "nonsense\n");
  CHECK(answer.facts.open);
  CHECK(answer.next() == PdfStage::structure);
}

TEST_CASE("pdf answer: a list over its limit is refused") {
  std::string line = "{\"stage\":\"ink\",\"values\":[[";
  for (std::size_t i = 0; i <= pdf_caps::ink_pages; ++i)
    line += i == 0 ? "1.0,1.0,1.0,1.0" : ",1.0,1.0,1.0,1.0";
  CHECK(wrong(ready + line + "]]}\n") == "a list over its limit");
}

TEST_CASE("text is mended as people would have typed it") {
  CHECK(mended("e\uFB03cient  \n\t di\uFB00erent") == "efficient different");
  CHECK(mended("cafe\u0301") == "caf\u00e9");
  CHECK(mended("a\u00ad\u200bb\x01"
               "c\u202e") == "ab c");
  CHECK(mended("\xff") == "\uFFFD");
  CHECK(mended("x\u00b2") == "x\u00b2");
  CHECK(joined_lines({"Deep learn-", "ing at scale"}) == "Deep learning at scale");
  CHECK(joined_lines({"Part-", "Two"}) == "Part- Two");
  CHECK(joined_lines({"", " a ", "b"}) == "a b");
  CHECK(cut_bytes("a\u00e9", 2) == "a");
}

TEST_CASE("a file's kind is told by its bytes") {
  CHECK(read_kind("").open.kind == PdfKind::empty);
  CHECK(read_kind(std::string(1000, ' ') + "%PDF-1.4 %%EOF").open.kind == PdfKind::pdf);
  CHECK(read_kind(std::string(1024, 'x') + "%PDF-1.4 %%EOF").open.kind == PdfKind::other);
  const std::string nuls = "%PDF-1.4 %%EOF" + std::string(9, '\0');
  CHECK(read_kind(nuls).open.nuls_cut == 9);
  CHECK(read_kind(nuls).pdf == "%PDF-1.4 %%EOF");
  CHECK(read_kind("%PDF-1.4").open.end_missing);
  CHECK(read_kind("%PDF-" + std::string(pdf_caps::file_bytes, ' ')).open.too_large);
  CHECK(read_kind("%PDF-" + std::string(pdf_caps::file_bytes, ' ')).pdf.empty());
}
