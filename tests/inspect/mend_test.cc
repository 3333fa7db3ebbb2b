// Mails that a program broke and a person would still understand: what is put right before they are
// parsed.
#include <doctest/doctest.h>

#include "inspect/borders.h"
#include "inspect/fake_mail.h"
#include "inspect/header_end.h"

using namespace papertray;
using namespace papertray::test;

namespace {

constexpr std::size_t none = std::string_view::npos;
// %PDF-1.4
const std::string pdf = "JVBERi0xLjQK";

Message read(const std::string& mail) {
  WorkerInspector inspector(real_worker());
  const Inspected inspected = inspect_all(inspector, mails({mail})).at(0);
  CHECK(inspected.quarantine == "");
  return inspected.message;
}

// "path type pdf", one for each part.
std::string parts_of(const Message& message) {
  std::string lines;
  for (const Part& part : message.parts)
    lines += part.path + " " + part.type + (part.pdf ? " pdf\n" : "\n");
  return lines;
}

}  // namespace

TEST_CASE("where a header ends that no empty line ends") {
  struct Row {
    const char* text;
    std::size_t body;
  };
  const Row rows[] = {
      {"", none},
      {"A: b\n\ntext\n", none},
      {"A: b\r\n\r\ntext\n", none},
      {"A: b\n", none},
      {"no header at all\nA: b\n", none},
      {"A: b\ntext\n", 5},
      {"A: b\n folded\ntext\n", 13},
      {"A: b\n \ntext\n", 7},
      {"A: b\ntext\nand more: of it\n\n", 5},
      {"A: b\ntext\nmore: of it\n\n", none},
      {"A: b\nhttp://example.org/x\n", 5},
      // Somebody broke a field in two, or is an mbox.
      {"A: b\nbroken\nC: d\n\ntext", none},
      {"A: b\n>From me\nC: d\n\ntext", none},
      // An empty part; a multipart whose border comes at once.
      {"A: b\n--x\nC: d\n", none},
      {"Content-Type: multipart/mixed; boundary=x\n--x\nC: d\n\n", 42},
      {"Content-Type: multipart/mixed; boundary=\"x\"\n--x\nC: d\n\n", 44},
      {"Content-Type: multipart/mixed; boundary=y\n--x\nC: d\n\n", none},
      // What cannot be base64 is no body.
      {"Content-Transfer-Encoding: base64\nJVBERi0xLjQK\n", 34},
      {"Content-Transfer-Encoding: base64\nbroken field\n\nJVBE\n", none},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(body_without_empty_line(row.text) == row.body);
  }
}

TEST_CASE("borders that are not as the header says") {
  const auto mended = [](const char* text, const char* declared) {
    std::string out = with_plain_borders(text, declared, "multipart/mixed");
    for (auto at = out.find("=_papertray_found_these_parts"); at != std::string::npos;
         at = out.find("=_papertray_found_these_parts"))
      out.replace(at, 29, "X");
    return out.substr(out.find("\n\n") == std::string::npos ? 0 : out.find("\n\n") + 2);
  };
  CHECK(mended("", "") == "");
  CHECK(mended("no border\n-- \nsignature\n", "x") == "");
  CHECK(mended("text\n--\nContent-Type: of dashes\n", "") == "");
  CHECK(mended("--a\nContent-Type: a/b\n\none\n--a--\n", "") ==
        "--X\nContent-Type: a/b\n\none\n--X--\n");
  CHECK(mended("--a\r\nContent-Type: a/b\r\n\r\none\r\n--a--\r\n", "other") ==
        "--X\r\nContent-Type: a/b\r\n\r\none\r\n--X--\r\n");
  // Only that line, not what begins like it.
  CHECK(mended("--a\nContent-Type: a/b\n\n--ab\n--a \n", "") == "--X\nContent-Type: a/b\n\n--ab\n--X\n");
  // What is declared may go on: RFC 2046 section 5.1.1.
  CHECK(mended("--a of text\n\none\n--a-- of text\n", "a") == "--X\n\none\n--X--\n");
  // Ours is not to be had.
  CHECK(mended("--a\nContent-Type: a/b\n--=_papertray_found_these_parts\n", "") == "");
}

TEST_CASE("a paper behind a border that nobody named") {
  const std::string parts =
      "Content-Type: text/plain\n\nhere\n--other\nContent-Type: application/pdf\n"
      "Content-Transfer-Encoding: base64\n\n" +
      pdf + "\n--other--\n";
  for (const char* type :
       {"multipart/mixed", "multipart/mixed; boundary=x", "multipart/mixed boundary=other"}) {
    CAPTURE(std::string(type));
    const Message message =
        read("Subject: x\nContent-Type: " + std::string(type) + "\n\n--other\n" + parts);
    CHECK(parts_of(message) == "1 text/plain\n2 application/pdf pdf\n");
    CHECK(message.text == "here");
    CHECK(message.notes == std::vector<std::string>{"a multipart's border is not as its header says"});
  }
  // Within a multipart that is well.
  const Message inner = read(
      "Subject: x\nContent-Type: multipart/mixed; boundary=m\n\n--m\n"
      "Content-Type: multipart/related\n\n--other\n" +
      parts + "--m--\n");
  CHECK(parts_of(inner) == "1.1 text/plain\n1.2 application/pdf pdf\n");
}

TEST_CASE("megabytes behind a border that nobody named") {
  const auto mail = [](std::size_t lines) {
    std::string all = "Subject: x\nContent-Type: multipart/mixed\n\n--other\nContent-Type: a/b\n\n";
    while (lines-- > 0)
      all += "a line of some sixty-four bytes, as there are many in such a mail\n";
    return all + "--other\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + pdf +
           "\n--other--\n";
  };
  CHECK(parts_of(read(mail(450'000))) == "1 a/b\n2 application/pdf pdf\n");
  WorkerInspector inspector(real_worker());
  CHECK(inspect_all(inspector, mails({mail(600'000)})).at(0).quarantine ==
        "the mail's multiparts without their borders have more than the 33554432 bytes that are looked "
        "into");
}

TEST_CASE("a multipart of two Content-Type fields is a multipart") {
  const std::string multipart = "Content-Type: multipart/mixed; boundary=b\n";
  const std::string text = "Content-Type: text/plain;\n charset=utf-8\n";
  const std::string body =
      "\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + pdf + "\n--b--\n";
  for (const std::string& types : {multipart + text, text + multipart, multipart + text + text}) {
    CAPTURE(types);
    const Message message = read("Subject: x\n" + types + "To: a@example.org\n" + body);
    CHECK(parts_of(message) == "1 application/pdf pdf\n");
    CHECK(message.type == "multipart/mixed");
    CHECK(header_values(message, "Content-Type").size() > 1);
    CHECK(message.to.size() == 1);
  }
  // The first of others.
  CHECK(read("Content-Type: text/html\nContent-Type: text/plain\n\n<p>x</p>\n").text == "x\n");
}

TEST_CASE("what is labelled base64 and begins like prose is what it is") {
  const std::string head = "Content-Transfer-Encoding: base64\n\n";
  CHECK(read(head + "Is the second day filmed?\n").text == "Is the second day filmed?\n");
  CHECK(read(head + "SXMgaXQ/Cg==\n").text == "Is it?\n");
  CHECK(read(head + "\n\n  SXMgaXQ/Cg==\n").text == "Is it?\n");
  CHECK(read(head + "AA==\n").text == "");
  CHECK(read(head).text == "");
}

TEST_CASE("a header that runs into its text, at the top and within") {
  CHECK(read("Subject: x\nFrom: a@example.org\nIs it on?\n\nA\n").text == "Is it on?\n\nA\n");
  const std::string type = "Content-Type: multipart/mixed; boundary=b\n";
  const std::string part = "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n" + pdf;
  CHECK(parts_of(read(type + "\n--b\n" + part + "\n--b\n" + part + "\n--b--\n")) ==
        "1 application/pdf pdf\n2 application/pdf pdf\n");
  CHECK(parts_of(read(type + "--b\n" + part + "\n--b--\n")) == "1 application/pdf pdf\n");
  // Not in a text that shows such lines.
  const std::string shown = "look:\n--c\nContent-Type: a/b\nbroken\n";
  CHECK(read("Subject: x\n\n" + shown).text == shown);
  // As often as is worth it, and never more.
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 100; ++i)
    many += "--b\n" + part + "\n";
  const Message message = read(many);
  CHECK(message.parts.size() > 50);
  CHECK(message.parts.front().pdf);
}
