// Labels and what they come to. That the converters work behind the sandbox is golden_test's to see.
#include "inspect/charset.h"

#include <doctest/doctest.h>

#include "inspect/encoded_words.h"

using namespace papertray;

TEST_CASE("charsets to UTF-8") {
  struct Row {
    const char* label;
    std::string bytes;
    const char* text;
    const char* note;
  };
  const Row rows[] = {
      {"utf-8", "Größe", "Größe", ""},
      {"UTF-8", "", "", ""},
      {"", "plain", "plain", ""},
      {"", "Größe", "Größe", ""},
      {"",
       "Gr\xF6\xDF"
       "e",
       "Größe", "no charset given: read as windows-1252"},
      {"us-ascii",
       "Gr\xF6\xDF"
       "e",
       "Größe", "charset us-ascii does not fit: read as windows-1252"},
      {"iso-8859-1", "\x93quoted\x94", "“quoted”", ""},
      {"ISO-8859-1", "Größe", "Größe", "charset iso-8859-1: read as utf-8"},
      {"iso-8859-15", "\xA4", "€", ""},
      {"windows-1251", "\xCF\xF0\xE8", "При", ""},
      {"koi8-r", "\xF0\xD2\xC9", "При", ""},
      {"gb2312", "\xE9\x46", "镕", ""},
      {"big5", "\xBD\xD7\xA4\xE5", "論文", ""},
      {"shift_jis", "\x87\x40", "①", ""},
      {"euc-jp", "\xC0\xCE", "昔", ""},
      {"iso-2022-jp", "\x1b$B<A\x1b(B", "質", ""},
      {"", "\x1b$B<A\x1b(B", "質", "no charset given: read as iso-2022-jp"},
      {"euc-kr", "\xC1\xFA", "질", ""},
      {"utf-7", "Gr+APYA3w-e", "Größe", ""},
      {"utf-16le", std::string("G\0r\0", 4), "Gr", ""},
      {"", std::string("\xFF\xFEG\0r\0", 6), "Gr", "no charset given: read as utf-16"},
      {"x-martian", "Größe", "Größe", "charset x-martian: read as utf-8"},
      {"x-martian",
       "Gr\xF6\xDF"
       "e",
       "Größe", "charset x-martian: read as windows-1252"},
      {"big5", "Größe 論文", "Größe 論文", "charset big5 does not fit: read as utf-8"},
      {"koi8-r\xFF//IGNORE", "x", "x", "charset koi8-r\uFFFD//ignore: read as utf-8"},
      {"iso-2022-jp", "\x1b$B<", "\uFFFD", "charset iso-2022-jp does not fit everywhere"},
  };
  const Charsets charsets;
  for (const Row& row : rows) {
    CAPTURE(std::string(row.label));
    const Charsets::Decoded decoded = charsets.to_utf8(row.label, row.bytes);
    CHECK(decoded.text == row.text);
    CHECK(decoded.note == row.note);
  }
}

TEST_CASE("a text cut in a shift does not spoil the next one") {
  const Charsets charsets;
  CHECK(charsets.to_utf8("iso-2022-jp", "\x1b$B<A").text == "質");
  CHECK(charsets.to_utf8("iso-2022-jp", "plain").text == "plain");
}

TEST_CASE("encoded words") {
  struct Row {
    const char* raw;
    const char* text;
  };
  const Row rows[] = {
      {"", ""},
      {"plain =? text ?=", "plain =? text ?="},
      {"=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"},
      {"=?UTF-8?B?R3LDtsOfZQ==?=", "Größe"},
      // What GMime 3.2.13 loses: the run goes on behind padding.
      {"=?utf-8?B?R3LDtg==?= =?utf-8?B?w59l?=", "Größe"},
      {"=?utf-8?B?R3LDtg==?=\t =?UTF-8?q?=C3=9Fe?=", "Größe"},
      // Cut within a character.
      {"=?utf-8?q?Gr=C3?= =?utf-8?q?=B6=C3=9Fe?=", "Größe"},
      {"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"},
      {"a=?utf-8?q?b?=c", "abc"},
      {"=?utf-8?q?a?==?utf-8?q?b?=", "ab"},
      {"=?iso-8859-1*en?q?a_=FC?=", "a ü"},
      {"=?utf-8?q?=3D?=", "="},
      {"=?utf-8?q?"
       "?=",
       ""},
      {"=?utf-8?q?a b?=", "a b"},
      {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
      {"=?utf-8?q?never ends", "=?utf-8?q?never ends"},
      {"=?"
       "?q?a?=",
       "=?"
       "?q?a?="},
      {"=?utf-8?q?a=C?=", "a=C"},
      {"=?utf-8?b?****?=", ""},
      {"=?unknown?q?a?=", "a"},
      {"raw \xF6", "raw ö"},
  };
  const Charsets charsets;
  Notes notes;
  const EncodedWords words(charsets, notes);
  for (const Row& row : rows) {
    CAPTURE(std::string(row.raw));
    CHECK(words.decoded(row.raw) == row.text);
    // Merged, it is the same text to whoever decodes it.
    CHECK(words.decoded(words.merged(row.raw)) == row.text);
  }
  CHECK(words.merged("\"=?utf-8?B?R3LDtg==?= =?utf-8?B?w59l?=\" <a@b>") ==
        "\"=?utf-8?B?R3LDtsOfZQ==?=\" <a@b>");
  CHECK(words.merged("plain <a@b>") == "plain <a@b>");
}
