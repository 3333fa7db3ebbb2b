// Text out of a mail: line ends, flowed paragraphs, HTML, links.
#include <doctest/doctest.h>

#include "core/reply_text.h"
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
      // A quote within a quote, each flowing by itself; DelSp; the quoted signature does not flow.
      {">> one \n>> two \n> three \n> four\nfive \nsix\n", false,
       ">> one two \n> three four\nfive six\n"},
      {">ex \n>ample\n", true, "> example\n"},
      {"> one \n> -- \n> name\n", false, "> one \n> -- \n> name\n"},
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
      // Outlook's empty line, and what only looks like one.
      {"<p>a</p><p><o:p>&nbsp;</o:p></p><p>b</p>", "a\n\nb\n"},
      {"<div>a</div><div>&nbsp;</div><div>b</div>", "a\n\nb\n"},
      {"a<br>&nbsp;<br>b<br>&nbsp;", "a\n\nb\n"},
      {"<p>&nbsp;</p>a&nbsp;b &nbsp; c", "a\u00A0b \u00A0 c\n"},
      {"a<br>&nbsp; b", "a\nb\n"},
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

TEST_CASE("what HTML quotes is marked as in plain text") {
  struct Row {
    const char* html;
    const char* text;
  };
  const Row rows[] = {
      {"<div>a</div><blockquote type=cite>b</blockquote><div>c</div>", "a\n\n> b\n\nc\n"},
      {"<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b\n"},
      {"<div>a</div><blockquote>b<br>c<blockquote>d</blockquote>e</blockquote>",
       "a\n\n> b\n> c\n>\n>> d\n>\n> e\n"},
      {"<blockquote>a<div>b</div></blockquote>", "> a\n> b\n"},
      {"<div>a</div><blockquote style='margin: 0 0 0 40px; border: none'>indented</blockquote>",
       "a\n\nindented\n"},
      {"<div>a</div><blockquote class=gmail_quote style='border:none'>b</blockquote>", "a\n\n> b\n"},
      {"<blockquote><div>a</div></div></div>b</blockquote></blockquote><div>c</div>", "> a\n> b\n\nc\n"},
      {"<div class='gmail_quote x'><div class='y gmail_attr'>On "
       "x:</div><blockquote>a</blockquote></div>",
       "> On x:\n>\n> a\n"},
      {"<div>a</div><div class=moz-cite-prefix>x:</div><div>b</div>", "a\n> x:\nb\n"},
      {"<div>a</div><div class=yahoo_quoted><div>b</div><div>c</div></div><div>d</div>",
       "a\n> b\n> c\nd\n"},
      {"<div>a<hr>b</div>", "a\nb\n"},
      {"<div>a<hr tabindex=-1>b</div>", "a\n________________________________\nb\n"},
      {"<div>a</div><hr tabindex='-1'><div id=divRplyFwdMsg>b</div>",
       "a\n________________________________\nb\n"},
      {"<div>a</div><hr id=zwchr><div>b</div>", "a\n________________________________\nb\n"},
      {"<div>a</div><span id=OLK_SRC_BODY_SECTION><div>b</div></span>",
       "a\n________________________________\nb\n"},
      {"<div>a</div><div class=OutlookMessageHeader>b</div>",
       "a\n________________________________\nb\n"},
  };
  prepare_html();
  for (const Row& row : rows) {
    CAPTURE(std::string(row.html));
    CHECK(html_to_text(row.html).text == row.text);
  }
  std::string deep;
  for (int i = 0; i < 200; ++i)
    deep += "<blockquote>";
  CHECK(html_to_text(deep + "a<br>b").text == ">>>>>>>>> a\n>>>>>>>>> b\n");
}

TEST_CASE("of HTML mail, what programs put around a reply is told from it") {
  const char* mails[] = {
      // Gmail, then and now
      "<div dir=ltr>Where?</div><div class=gmail_extra><div class=gmail_quote>On Mon, Mar 5, 2018 at "
      "10:00 AM, Ada "
      "<span>&lt;<a href='mailto:ada@example.org'>ada@example.org</a>&gt;</span> wrote:<br><blockquote "
      "class=gmail_quote>old</blockquote></div></div>",
      "<div dir=ltr>Where?</div><br><div class='gmail_quote gmail_quote_container'><div dir=ltr "
      "class=gmail_attr>"
      "Lai Mån, 5. xyz 2018, Ada &lt;ada@example.org&gt; zxcvb:<br></div><blockquote "
      "class=gmail_quote><div>old</div></blockquote></div>",
      // Outlook, in a language that nobody here knows
      "<p>Where?</p><div id=appendonsend></div><hr style='display:inline-block' tabindex=-1><div "
      "id=divRplyFwdMsg><b>Zxcv:</b> Ada &lt;ada@example.org&gt;<br><b>Qwer:</b> 5 xyz "
      "2018<br><b>Asdf:</b> Desk<br>"
      "<b>Poiu:</b> Rooms</div><div>old</div>",
      // Word, which knows no containers
      "<p class=MsoNormal>Where?</p><div><div style='border-top:solid #B5C4DF 1.0pt'><p "
      "class=MsoNormal><b>From:</b> "
      "Ada [mailto:ada@example.org]<br><b>Sent:</b> Monday<br><b>To:</b> Desk<br><b>Subject:</b> "
      "Rooms</p></div></div><p>old</p>",
      // Yahoo, Thunderbird, Apple Mail, Zimbra, Outlook for Mac
      "<div>Where?</div><div class=yahoo_quoted><div>On Monday, zxcv</div><div>old</div></div>",
      "<p>Where?</p><div class=moz-cite-prefix>Zxcv 5.3.2018 Ada qwer:<br></div><blockquote "
      "type=cite>old</blockquote>",
      "Where?<br><div><blockquote type=cite><div>On 5 Mar 2018, at 10:00, Ada &lt;ada@example.org&gt; "
      "wrote:"
      "</div><div>old</div></blockquote></div>",
      "<div>Where?</div><hr id=zwchr><b>From: </b>ada@example.org<br><b>To: "
      "</b>desk@example.org<br><b>Sent: "
      "</b>Monday<br><b>Subject: </b>Rooms<br><br>old",
      "<div>Where?</div><span id=OLK_SRC_BODY_SECTION><div>Von: Ada &lt;ada@example.org&gt;<br>Datum: "
      "5. März "
      "2018<br>An: Desk<br>Betreff: Räume</div><div>old</div></span>",
  };
  prepare_html();
  for (const char* mail : mails) {
    CAPTURE(std::string(mail));
    CHECK(reply_text(html_to_text(mail).text).said == "Where?");
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
