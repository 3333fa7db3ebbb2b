#include "core/page_text.h"

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("a page shows a stranger's letters and nothing that steers it") {
  struct Row {
    std::string text, line, lines;
  };
  const Row rows[] = {
      {"plain", "plain", "plain"},
      {"Überraschung 論文 🎉", "Überraschung 論文 🎉", "Überraschung 論文 🎉"},
      {"\x1b[31mred\x7f", "[31mred", "[31mred"},
      {" a\n b\t c ", "a b c", "a\nb c"},
      {"a\r\n\r\n\r\n\r\nb", "a b", "a\n\nb"},
      {std::string("nul\0!", 5), "nul!", "nul!"},
      {"evil\u202efdp.exe", "evilfdp.exe", "evilfdp.exe"},
      {"\u2066x\u2069 a\u200bb\ufeff", "x ab", "x ab"},
      {"\u2028\u2029\u00a0", "", ""},
      {"👩‍💻", "👩‍💻", "👩‍💻"},  // its parts are joined
      {"x\uffff\ufdd0y", "xy", "xy"},
      {"\xff\xc3", "\ufffd\ufffd", "\ufffd\ufffd"},
      {"<script>&", "<script>&", "<script>&"},  // escaping is the writer's
      {"", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(page_line(row.text) == row.line);
    CHECK(page_lines(row.text) == row.lines);
  }
}

TEST_CASE("marks are not piled up") {
  std::string pile = "e";
  for (int i = 0; i < 3000; ++i)
    pile += "\u0301";
  CHECK(page_line(pile + "x") == "e\u0301\u0301\u0301\u0301x");
}

TEST_CASE("addresses are left out, other uses of @ are not") {
  const std::pair<const char*, const char*> rows[] = {
      {"Ada <ada@example.org>", "Ada "},
      {"ada@example.org", ""},
      {"Write to ada@example.org.", "Write to ."},
      {"{ada,bob}@example.org, Eve", ", Eve"},
      {"Ada (ada.l+x@mail.example.org) and Bob", "Ada  and Bob"},
      {"mailto:ada@example.org", ""},
      {"ada＠example.org", ""},
      {"a@localhost", ""},
      {"\"Ada L\"@example.org x", " x"},
      {"ada@example.org;bob@example.org", ";"},
      {"ünï@exämple.org", ""},
      {"a@b@example.org", ""},
      {"mAP@0.5 and top@k", "mAP@0.5 and top@k"},
      {"@ada at ada @ example.org", "@ada at ada @ example.org"},
      {"@", "@"},
  };
  for (const auto& [text, rest] : rows) {
    CAPTURE(text);
    CHECK(without_addresses(text) == rest);
  }
}

TEST_CASE("words for a file's name") {
  CHECK(file_words("Scaling SGD: 1,024 GPUs!") == "scaling-sgd-1-024-gpus");
  CHECK(file_words("../../etc/passwd") == "etc-passwd");
  CHECK(file_words("論文") == "");
  CHECK(file_words("Training very deep networks", 16) == "training-very");
  CHECK(file_words(std::string(10'000, 'x'), 16) == "xxxxxxxxxxxxxxxx");
}
