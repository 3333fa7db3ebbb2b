// Text out of a mail: line ends, flowed paragraphs, HTML, links.
#include <doctest/doctest.h>

#include "inspect/caps.h"
#include "inspect/flowed.h"
#include "inspect/html_text.h"
#include "inspect/links.h"
#include "inspect/plain_text.h"

using namespace papertray;

TEST_CASE("line ends, NUL and marks") {
  CHECK(clean_text("a\r\nb\rc\nd\r") == "a\nb\nc\nd\n");
  CHECK(clean_text(std::string("\xEF\xBB\xBF"
                               "a\0b",
                               6)) == "ab");
  CHECK(clean_text("") == "");
  CHECK(line_value("a\r\nb\xFF", 100) == "a  b\uFFFD");
  CHECK(line_value(std::string("a\0b", 3), 100) == "ab");
  CHECK(line_value("aé", 2) == "a");
  CHECK(line_value("aé", 3) == "aé");
  CHECK(is_blank_text(" \t\n\u00A0\r"));
  CHECK_FALSE(is_blank_text(" x"));
}

TEST_CASE("format=flowed") {
  struct Row {
    const char* text;
    bool delsp;
    const char* expected;
  };
  const Row rows[] = {
      {"", false, ""},
      {"one \ntwo\nthree\n", false, "one two\nthree\n"},
      {"one \ntwo", true, "onetwo"},
      {"> one \n> two\n", false, "> one two\n"},
      {"> one \n>> two\n", false, "> one \n>> two\n"},
      {"one \n> two\n", false, "one \n> two\n"},
      {" >not a quote\n From x\n", false, ">not a quote\nFrom x\n"},
      {"one \n-- \nname\n", false, "one \n-- \nname\n"},
      {"one \n\ntwo\n", false, "one \ntwo\n"},
      {"one ", false, "one \n"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(unflow(row.text, row.delsp) == row.expected);
  }
}

TEST_CASE("HTML to text") {
  struct Row {
    const char* html;
    const char* text;
  };
  const Row rows[] = {
      {"", ""},
      {"no markup", "no markup\n"},
      {"a<br>b<br/>c", "a\nb\nc\n"},
      {"<p>a</p><p>b</p>", "a\n\nb\n"},
      {"<div>a</div><div>b</div>", "a\nb\n"},
      {"<div>a</div><div><br></div><div>b</div>", "a\n\nb\n"},
      {"a <b>bold</b> <i>c</i>", "a bold c\n"},
      {"a<b>b</b>c", "abc\n"},
      {"  many   \n blanks ", "many blanks\n"},
      {"<style>x{}</style><script>y()</script>z", "z\n"},
      {"<head><title>t</title></head><body>b</body>", "b\n"},
      {"<ul><li>a<li>b</ul>", "- a\n- b\n"},
      {"<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc\n"},
      {"<pre>a\n  b</pre>", "a\n  b\n"},
      {"<img alt='a picture' src=x> b", "a picture b\n"},
      {"&lt;tag&gt; &amp; &eacute; &#x41; &nbsp;x", "<tag> & é A \u00A0x\n"},
      {"<p>never closed <b>at all", "never closed at all\n"},
      {"<!-- comment -->x<!-- open", "x\n"},
      {"x<textarea>y</textarea>", "xy\n"},
  };
  prepare_html();
  for (const Row& row : rows) {
    CAPTURE(std::string(row.html));
    CHECK(html_to_text(row.html).text == row.text);
  }
}

TEST_CASE("HTML's links") {
  prepare_html();
  const HtmlText html =
      html_to_text("<a href='https://a/?x=1&amp;y=2'>t</a><area href=http://b/><a href=x>");
  CHECK(html.links == std::vector<std::string>{"https://a/?x=1&y=2", "http://b/", "x"});
}

TEST_CASE("1,000 attributes pass, more do not; text with a stray < is no element") {
  prepare_html();
  std::string attributes;
  for (int i = 0; i < 900; ++i)
    attributes += " a" + std::to_string(i);
  CHECK(html_to_text("<p" + attributes + ">x").note == "");
  CHECK(html_to_text("<p" + attributes + attributes + ">x").note != "");
  std::string words = "a < b";
  for (int i = 0; i < 2'000; ++i)
    words += " word";
  CHECK(html_to_text(words).note == "");
  CHECK(html_to_text("<img alt=\"" + words + "\">").note == "");
}

TEST_CASE("the charset that a meta element names") {
  CHECK(charset_in_html("<meta charset=\"KOI8-R\">") == "koi8-r");
  CHECK(charset_in_html("<META http-equiv=Content-Type content='text/html; charset=big5'>") == "big5");
  CHECK(charset_in_html("<p>charset=x") == "");
  CHECK(charset_in_html("") == "");
}

TEST_CASE("links in text") {
  Links links;
  links.find_in(
      "See http://a.example/x. (https://b.example/y_(z)) <HTTP://C.example> ftp://d shttp://e://");
  links.find_in(
      "again http://a.example/x, \"https://f.example\" http:// https://g.example/\u00e4?q=[1]");
  links.add(" https://h.example/ ");
  links.add("javascript:alert(1)");
  links.add("https://with blank/");
  const std::vector<std::string> expected = {
      "http://a.example/x", "https://b.example/y_(z)",        "HTTP://C.example",
      "https://f.example",  "https://g.example/\u00e4?q=[1]", "https://h.example/"};
  CHECK_FALSE(links.cut());
  CHECK(links.take() == expected);
}

TEST_CASE("links are capped") {
  Links links;
  for (std::size_t i = 0; i <= caps::links; ++i)
    links.add("http://example.org/" + std::to_string(i));
  links.add("http://example.org/" + std::string(caps::link_bytes, 'x'));
  CHECK(links.cut());
  CHECK(links.take().size() == caps::links);
}
