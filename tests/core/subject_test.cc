#include "core/subject.h"

#include <cstdint>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

const std::string papers = "NIPS Workshop Papers";
const std::string questions = "NIPS Workshop Questions";

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes)
    out += text;
  return out;
}

}  // namespace

TEST_CASE("texts are folded for comparing") {
  const std::pair<std::string, std::string> rows[] = {
      {"NIPS Workshop Papers", "nips workshop papers"},
      {"  nips \t workshop\r\n\vpapers ", "nips workshop papers"},
      {"\uff2e\uff29\uff30\uff33\u3000\uff30\uff41\uff50\uff45\uff52\uff53", "nips papers"},
      {"NI\u00adPS\u00a0Work\u200bshop\u2009Pa\u2060pers\ufeff", "nips workshop papers"},
      {"\u202eNIPS\u202c", "nips"},
      {"Stra\u00dfe \ufb01n", "strasse fin"},
      {"A\u030a", "\u00e5"},
      {"\xff\xfe!", "\ufffd\ufffd!"},
      {"\u200b \u200d", ""},
      {"", ""},
  };
  for (const auto& [text, folded] : rows) {
    CAPTURE(text);
    CHECK(fold_text(text) == folded);
    CHECK(fold_text(folded) == folded);
  }
}

TEST_CASE("ASCII alone is folded as it is among other letters, and gives back the same titles") {
  const std::string_view letters = "aZ 9\t-[\x01\x7F:]\r\n~\0 @";
  std::uint32_t state = 1;
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (int c = 0; c < 40; ++c) {
      state = state * 1'664'525 + 1'013'904'223;
      text += letters[(state >> 16) % letters.size()];
    }
    CAPTURE(text);
    const std::string folded = fold_text(text);
    CHECK(fold_text(text + " \u00e9") == (folded.empty() ? "\u00e9" : folded + " \u00e9"));
    const std::string title = subject_remainder(papers + ": " + text + "x", papers);
    CHECK(subject_remainder(papers + ": " + text + "x \u00e9", papers) == title + " \u00e9");
  }
}

TEST_CASE("reply, forward and list prefixes are no part of a subject") {
  for (const std::string prefix : {"Re: ",
                                   "RE:",
                                   "re : ",
                                   "Re[2]: ",
                                   "Re(3): ",
                                   "Re^2: ",
                                   "RE: RE: ",
                                   "AW: ",
                                   "Antwort: ",
                                   "SV: ",
                                   "VS: ",
                                   "Antw: ",
                                   "RIF: ",
                                   "R: ",
                                   "Odp: ",
                                   "TR: ",
                                   "FW: ",
                                   "Fwd: ",
                                   "WG: ",
                                   "I: ",
                                   "ENC: ",
                                   "Doorst: ",
                                   "VB: ",
                                   "\u56de\u590d: ",
                                   "\u7b54\u590d\uff1a",
                                   "\u8f6c\u53d1: ",
                                   "\u8fd4\u4fe1: ",
                                   "Ynt: ",
                                   "\u0130lt: ",
                                   "RES: ",
                                   "RV: ",
                                   "\u041e\u0442\u0432: ",
                                   "\u0391\u03a0: ",
                                   "[EXT] ",
                                   "[EXTERNAL] ",
                                   "[dl-list] ",
                                   "EXT: ",
                                   "\u3010\u5916\u90e8\u3011",
                                   "[P-7] ",
                                   "Re: AW: Fwd: [EXT] ",
                                   "[a][b] Re: [c]Fwd:",
                                   "\uff32\uff45\uff1a "}) {
    CAPTURE(prefix);
    CHECK(bare_subject(prefix + papers) == "nips workshop papers");
    CHECK(match_phrase(prefix + papers, papers) == PhraseMatch::exact);
  }
  CHECK(bare_subject("Reading: papers") == "reading: papers");
  CHECK(bare_subject("Re papers") == "re papers");
  CHECK(bare_subject("[never closed") == "[never closed");
  CHECK(bare_subject("[" + std::string(100, 'x') + "] y").front() == '[');
  CHECK(bare_subject("Re: ") == "");
  CHECK(bare_subject("") == "");
}

TEST_CASE("a phrase is exact, near or not there") {
  struct Row {
    const char* subject;
    PhraseMatch papers, questions;
  };
  constexpr auto exact = PhraseMatch::exact, near = PhraseMatch::near, no = PhraseMatch::no;
  const Row rows[] = {
      {"NIPS Workshop Papers", exact, no},
      {"nips  workshop\tPAPERS - My Title", exact, no},
      {"Re: AW: Fwd: [EXT] NIPS Workshop Papers", exact, no},
      {"My title (NIPS Workshop Papers)", exact, no},
      {"[NIPS Workshop Papers] My title", exact, no},
      {"NIPS Workshop Papers\u306e\u6295\u7a3f", exact, no},
      {"\uff2e\uff29\uff30\uff33 Workshop\u00a0Pap\u00aders", exact, no},
      {"NIPS Workshop Questions", no, exact},
      {"NIPS Workshop Papers / NIPS Workshop Questions", exact, exact},
      {"NIPS Workshop Paper", near, no},
      {"NIPS Workshop Paper: a title", near, no},
      {"NIPS Workshop Paper Submission", near, no},
      {"NeurIPS Workshop Papers", near, no},
      {"NeurIPS Workshop Paper", near, no},
      {"NIPS Workshops Papers", near, no},
      {"NIPS Papers", near, no},
      {"NIPS Paper", near, no},
      {"NIPS Worksop Papesr", near, no},
      {"NIPSWorkshop Papers", near, no},
      {"NIPS-Workshop-Papers", near, no},
      {"NIPS 2017 Workshop Papers", near, no},
      {"NIPS_Workshop_Question", no, near},
      {"NIPS question", no, near},
      {"NIPS Workshop Registration", no, no},
      {"NIPS Workshop", no, no},
      {"Workshop Papers", no, no},
      {"Papers", no, no},
      {"ICML Workshop Papers", no, no},
      {"XNIPS Workshop Papers2", no, no},
      {"Call for participation", no, no},
      {"", no, no},
  };
  for (const Row& row : rows) {
    CAPTURE(row.subject);
    CHECK(match_phrase(row.subject, papers) == row.papers);
    CHECK(match_phrase(row.subject, questions) == row.questions);
  }
}

TEST_CASE("other phrases") {
  CHECK(match_phrase("DLSC 2018 papers", "DLSC 2018 papers") == PhraseMatch::exact);
  CHECK(match_phrase("DLSC 2017 papers", "DLSC 2018 papers") == PhraseMatch::no);
  CHECK(match_phrase("DLSC 2018 paper", "DLSC 2018 papers") == PhraseMatch::near);
  CHECK(match_phrase("tapers", "papers") == PhraseMatch::near);
  CHECK(match_phrase("tapirs", "papers") == PhraseMatch::no);
  CHECK(match_phrase("NIPS dinner", "NIPS Workshop") == PhraseMatch::no);
  CHECK(match_phrase("xab", "ab") == PhraseMatch::no);
  CHECK(match_phrase("C++ talks, please", "C++ talks") == PhraseMatch::exact);
  CHECK(match_phrase("\u8ad6\u6587\u6295\u7a3f\u306e\u4ef6", "\u8ad6\u6587\u6295\u7a3f") ==
        PhraseMatch::exact);
  CHECK(match_phrase("anything", "") == PhraseMatch::no);
  CHECK(match_phrase("anything", "!!!") == PhraseMatch::no);
}

TEST_CASE("a title after the phrase is given back as written") {
  const std::pair<std::string, std::string> rows[] = {
      {"NIPS Workshop Papers", ""},
      {"NIPS Workshop Papers: Deep Nets AT Scale", "Deep Nets AT Scale"},
      {"Re: NIPS Workshop Papers - Deep Nets", "Deep Nets"},
      {"nips workshop papers \u2014 \u00dcber Stra\u00dfen", "\u00dcber Stra\u00dfen"},
      {"\uff2e\uff29\uff30\uff33 Workshop Papers\uff1a\u6df1\u5c64\u5b66\u7fd2",
       "\u6df1\u5c64\u5b66\u7fd2"},
      {"[NIPS Workshop Papers] (Almost) \"free\" FLOPs", "(Almost) \"free\" FLOPs"},
      {"\"NIPS Workshop Papers\" Deep Nets", "Deep Nets"},
      {"(NIPS Workshop Papers)", ""},
      {"NIPS Workshop Papers [P-7]", ""},
      {"Re: [P-7] NIPS Workshop Papers", ""},
      {"NIPS Workshop Papers: Deep Nets [P-7]", "Deep Nets"},
      {"NIPS Workshop Papers: Deep Nets (fwd)", "Deep Nets"},
      {"NIPS Workshop Paper: Deep Nets", "Deep Nets"},
      {"NI\u00adPS\u00a0Workshop Pap\u200bers\u00a0\u2013 Deep  Nets", "Deep  Nets"},
      {"NIPS Workshop Registration: no track", ""},
      {"", ""},
  };
  for (const auto& [subject, title] : rows) {
    CAPTURE(subject);
    CHECK(subject_remainder(subject, papers) == title);
  }
}

// 1 MB each: anything that takes time in the square of the length would not come back.
TEST_CASE("hostile subjects take linear time") {
  constexpr std::size_t megabyte = 1'000'000;
  for (const std::string piece : {"Re: ", "[", "[x]", "(", "nips ", "nips workshop ", "\u0301\u0327",
                                  "\ufdfa", "\xff", "a", " ", "\u200b", "\u3010", "P-1 "}) {
    CAPTURE(piece);
    const std::string subject = repeated(piece, megabyte);
    CHECK(match_phrase(subject, papers) == PhraseMatch::no);
    CHECK(bare_subject(subject).size() < 100'000);
    CHECK(subject_remainder(subject, papers) == "");
    CHECK(match_phrase("NIPS Workshop Papers " + subject, papers) == PhraseMatch::exact);
    CHECK(subject_remainder("NIPS Workshop Papers " + subject, papers).size() < 20'000);
  }
}
