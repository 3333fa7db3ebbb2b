#include "report/letter_html.h"

#include <doctest/doctest.h>

using namespace papertray;

namespace {

// What stands within the body.
std::string body_of(const std::string& html) {
  const std::size_t begin = html.find(">\n", html.find("<body")) + 2;
  return html.substr(begin, html.find("</body>") - begin);
}

}  // namespace

TEST_CASE("a letter's text as paragraphs, tables and quotations") {
  struct Row {
    const char *text, *html;
  };
  const Row rows[] = {
      {"", ""},
      {"\n\n", ""},
      {"Hello,\n", "<p>Hello,</p>\n"},
      {"Hello,\n\nyou.", "<p>Hello,</p>\n<p>you.</p>\n"},
      {"The desk\na@b.example\n", "<p>The desk<br>\na@b.example</p>\n"},
      {"  Number    P-7\n  File      a<b>.pdf\n",
       "<pre>  Number    P-7\n  File      a&lt;b&gt;.pdf</pre>\n"},
      {"Text\n  Number  P-7\nmore", "<p>Text</p>\n<pre>  Number  P-7</pre>\n<p>more</p>\n"},
      {"> <script>alert(\"x\")</script>\n> & so on\n",
       "<blockquote>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;<br>\n&amp; so on</blockquote>\n"},
      {"one  two", "<p>one  two</p>\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(body_of(letter_html("Title", row.text)) == row.html);
  }
}

TEST_CASE("nothing of the text or the title becomes markup, and source lines are short") {
  const std::string hostile = "</title><script>\"&'é論文\u202e";
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += hostile + (i % 7 == 0 ? "\n" : " ") + (i % 31 == 0 ? "\n" : "") + (i % 13 == 0 ? "> " : "");
  const std::string html = letter_html(hostile, text);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("</title>") == html.rfind("</title>"));
  std::string long_words;
  for (int i = 0; i < 500; ++i)
    long_words += "word" + std::to_string(i) + " <&> ";
  const std::string lines =
      letter_html("A title that is long enough to be broken " + long_words, long_words);
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    CHECK(end - begin <= 76);
    begin = end + 1;
  }
}
