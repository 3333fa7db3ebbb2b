#include "smtp/header_text.h"

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("a header's text is encoded only where it must be") {
  const struct {
    std::string text;
    std::string value;
  } table[] = {
      {"", ""},
      {"NIPS Workshop Papers", "NIPS Workshop Papers"},
      {"100% of it: a=b, \"c\" <d> (e)", "100% of it: a=b, \"c\" <d> (e)"},
      {"Größe", "=?UTF-8?B?R3LDtsOfZQ==?="},
      {"Re: your Größe paper", "Re: your =?UTF-8?B?R3LDtsOfZQ==?= paper"},
      {"the ä and then also the ö too", "the =?UTF-8?Q?=C3=A4_and_then_also_the_=C3=B6?= too"},
      {"論文", "=?UTF-8?B?6KuW5paH?="},
      {"=?UTF-8?Q?not_ours?=", "=?UTF-8?B?PT9VVEYtOD9RP25vdF9vdXJzPz0=?="},
      {" leads", "=?UTF-8?Q?_leads?="},
      {"trails ", "=?UTF-8?Q?trails_?="},
      {"two  blanks", "=?UTF-8?Q?two__blanks?="},
      {" ", "=?UTF-8?Q?_?="},
      {"a\ttab", "=?UTF-8?Q?a=09tab?="},
      {"\x1b[31mred", "=?UTF-8?Q?=1B=5B31mred?="},
      {"\x7f", "=?UTF-8?Q?=7F?="},
  };
  for (const auto& row : table)
    CHECK(unstructured_value("Subject", row.text) == row.value);
}

TEST_CASE("a display name is atoms, a quoted string or encoded words") {
  const struct {
    std::string name;
    std::string value;
  } table[] = {
      {"", "a@b.example"},
      {"DLSC 2017 desk", "DLSC 2017 desk <a@b.example>"},
      {"O'Brien", "O'Brien <a@b.example>"},
      {"Lovelace, Ada", "\"Lovelace, Ada\" <a@b.example>"},
      {"J. Doe", "\"J. Doe\" <a@b.example>"},
      {"a\"b\\c", "\"a\\\"b\\\\c\" <a@b.example>"},
      {"evil@x.example", "\"evil@x.example\" <a@b.example>"},
      {"Müller, Jörg", "=?UTF-8?B?TcO8bGxlciwgSsO2cmc=?= <a@b.example>"},
      {"=?x?Q?y?=", "=?UTF-8?B?PT94P1E/eT89?= <a@b.example>"},
  };
  for (const auto& row : table)
    CHECK(mailbox_value("From", row.name, "a@b.example") == row.value);
}

TEST_CASE("long values fold at blanks, within 76 columns, and unfold to themselves") {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "word" + std::to_string(i) + " ";
  text += "end";
  const std::string value = unstructured_value("Subject", text);
  std::string unfolded;
  std::size_t column = std::string_view("Subject: ").size();
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value.compare(at, 3, "\r\n ") == 0) {
      CHECK(column <= max_header_columns);
      column = 0;
      ++at;
      continue;
    }
    unfolded += value[at];
    ++column;
  }
  CHECK(column <= max_header_columns);
  CHECK(unfolded == text);
}

TEST_CASE("an encoded word is at most 75 octets and holds whole characters") {
  for (const char* unit : {"é", "論", "🧪", "aé", "x論 "}) {
    std::string text;
    while (text.size() < 400)
      text += unit;
    std::string value = unstructured_value("Subject", text);
    CAPTURE(value);
    std::size_t words = 0;
    std::size_t column = 9;
    while (!value.empty()) {
      const std::size_t end = std::min(value.find(' '), value.size());
      std::string word = value.substr(0, end);
      value.erase(0, std::min(end + 1, value.size()));
      const bool folded = word.size() > 2 && word.ends_with("\r\n");
      if (folded) word.resize(word.size() - 2);
      CHECK(word.starts_with("=?UTF-8?"));
      CHECK(word.ends_with("?="));
      CHECK(word.size() <= max_encoded_word);
      column += word.size();
      CHECK(column <= max_header_columns);
      column = folded ? 1 : column + 1;
      // Q: a word that ends within a character would be seen by the next one's first octet.
      if (word.starts_with("=?UTF-8?Q?=")) {
        const int lead = std::stoi(word.substr(11, 2), nullptr, 16);
        CHECK((lead & 0xC0) != 0x80);
      }
      ++words;
    }
    CHECK(words > 5);
  }
}

TEST_CASE("a word too long for any line is encoded, an id never is") {
  const std::string word(200, 'a');
  CHECK(unstructured_value("Subject", word).starts_with("=?UTF-8?Q?aaa"));
  const std::string id = std::string(150, 'i') + "@x";
  CHECK(ids_value("References", {"a@b", id, "c@d"}) == "<a@b>\r\n <" + id + ">\r\n <c@d>");
}
