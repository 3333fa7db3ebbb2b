// What brought down, fooled or opened other mail programs, through the real, sandboxed worker. Each mail
// is followed by an innocent one, which must be read.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "core/may_reply.h"
#include "inspect/fake_mail.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const std::string head =
    "From: Ada <ada@example.org>\nTo: desk@example.com\nSubject: x\nMIME-Version: 1.0\n";

// What became of the mail, after the one behind it was read.
Inspected inspected(const std::string& mail, const WorkerOptions& options = real_worker()) {
  CAPTURE(mail.substr(0, 2000));
  WorkerInspector inspector(options);
  auto results = inspect_all(inspector, mails({mail, "Subject: next\n\nhello\n"}));
  REQUIRE(results.size() == 2);
  CHECK(results[1].quarantine == "");
  CHECK(results[1].message.subject.ends_with("next"));  // a misbehaving one gives the line
  return std::move(results[0]);
}

Message understood(const std::string& mail) {
  Inspected one = inspected(mail);
  CHECK(one.quarantine == "");
  return std::move(one.message);
}

std::string mixed(const std::string& below) {
  return head + "Content-Type: multipart/mixed; boundary=\"b\"\n\n" + below;
}

}  // namespace

// Mailman's scrubber ended at a multipart whose one part was nothing but two empty lines, and with it
// the queue of every list.
TEST_CASE("CVE-2006-0052: an empty multipart is a mail without parts") {
  const std::string empty[] = {
      mixed("--b\n\n\n--b--\n"),
      mixed("--b\n\n--b--\n"),
      mixed("--b\n--b--\n"),
      mixed("--b--\n"),
      mixed("--b"),
      mixed(""),
      mixed("--b\n--b\n--b\n--b--\n"),
      mixed("--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n\n--c--\n--b--\n"),
      mixed("--b\nContent-Type: message/rfc822\n\n\n--b--\n"),
      head + "Content-Type: multipart/mixed\n\n\n",
      head + "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\n--\n"};
  for (const std::string& mail : empty) {
    const Message message = understood(mail);
    CHECK(message.subject == "x");
    CHECK(std::none_of(message.parts.begin(), message.parts.end(),
                       [](const Part& part) { return part.size > 4; }));
  }
}

// Mailman died of an overflow in a Date, again with every start, since the mail was still there.
TEST_CASE("CVE-2005-4153: a date that is none leaves the mail without one") {
  const std::string numbers[] = {
      "99999999999999999999", "-99999999999999999999", "2147483648", "4294967296", "-1",
      "9223372036854775808"};
  std::vector<std::string> dates = {"",
                                    "0",
                                    "Fri, 31 Feb 2017 10:00:00 +0000",
                                    "Fri, 3 Nov 2017 99:99:99 +0000",
                                    "Fri, 3 Nov 2017 10:00:00 " + std::string(100'000, '9'),
                                    std::string(5000, '('),
                                    "Fri, 3 Foo 2017 10:00:00 +0000"};
  for (const std::string& number : numbers) {
    dates.push_back("Fri, " + number + " Nov 2017 10:00:00 +0000");
    dates.push_back("Fri, 3 Nov " + number + " 10:00:00 +0000");
    dates.push_back("Fri, 3 Nov 2017 " + number + ":00:00 +0000");
  }
  for (const std::string& date : dates) {
    const Message message = understood("Date: " + date + "\nDelivery-date: " + date +
                                       "\nReceived: by x; " + date + "\n" + head + "\nhello\n");
    CHECK_FALSE(message.date);
    CHECK_FALSE(message.received);
    CHECK_FALSE(message.delivery_date);
    CHECK(message.text == "hello\n");
  }
  // A zone that is none leaves the rest of the date.
  CHECK(understood("Date: Fri, 3 Nov 2017 10:00:00 +99999999999999999999\n" + head + "\nhello\n").text ==
        "hello\n");
}

// Nodemailer answered the address within the quotes.
TEST_CASE("CVE-2025-13033: a quoted local part is no address of its own") {
  struct Row {
    const char* from;
    const char* address;
  };
  const Row rows[] = {
      {R"("xclow3n@gmail.com x"@internal.example)", R"("xclow3n@gmail.com x"@internal.example)"},
      {R"(Ada <"xclow3n@gmail.com"@internal.example>)", R"("xclow3n@gmail.com"@internal.example)"},
      {R"("xclow3n@gmail.com>, <y@z.example"@internal.example)",
       R"("xclow3n@gmail.com>, <y@z.example"@internal.example)"},
      {R"("xclow3n@gmail.com" <ada@internal.example>)", "ada@internal.example"},
      {R"("<xclow3n@gmail.com>" <ada@internal.example>)", "ada@internal.example"},
      {R"(=?utf-8?q?=22xclow3n=40gmail=2Ecom=22?= <ada@internal.example>)", "ada@internal.example"},
  };
  for (const Row& row : rows) {
    const std::string from = row.from;
    const Message message = understood("Return-Path: <" + std::string(row.address) + ">\nFrom: " + from +
                                       "\nTo: desk@example.com\nSubject: x\n\nhello\n");
    REQUIRE(message.from.size() == 1);
    CHECK(message.from[0].address == row.address);
    // A person answers what is unusual.
    const bool usual = std::string(row.address).find('"') == std::string::npos;
    const MayReply reply = may_reply(message, {"desk@example.com"});
    CHECK(reply.yes == usual);
  }
}

// Roundcube mended HTML after it had been made safe, and showed attachments as HTML. We show none: what
// is left of HTML is its text, and addresses to be shown.
TEST_CASE("CVE-2024-42008, CVE-2024-42009: of HTML nothing is left that acts") {
  const std::string bodies[] = {
      "<script>alert(1)</script>",
      "<body title=\"bgcolor=foo\" name=\"bar style=animation-name:progress-bar-stripes "
      "onanimationstart=alert(1) foo=bar\">x",
      "<img src=x onerror=alert(1)>",
      "<svg><style><img src=x onerror=alert(1)></style></svg>",
      "<math><mtext><table><mglyph><style><img src=x "
      "onerror=alert(1)></style></mglyph></table></mtext></math>",
      "<a href=\"javascript:alert(1)\">x</a>",
      "<a href=\" java\nscript:alert(1)\">x</a>",
      "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
      "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
      "<object data=\"data:text/html,alert(1)\"></object>",
      "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
      "<template><script>alert(1)</script></template>",
      "<!--><img src=x onerror=alert(1)-->",
      "<style>@import 'http://example.net/alert(1)';</style>",
      "<form action=\"javascript:alert(1)\"><button>x</button></form>",
      "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">"};
  for (const std::string& body : bodies) {
    const Message message = understood(head + "Content-Type: text/html; charset=utf-8\n\n<p>before</p>" +
                                       body + "<p>after</p>\n");
    CHECK(message.text.find("before") == 0);
    for (const std::string& link : message.links)
      CHECK((link.starts_with("http://") || link.starts_with("https://")));
    const bool as_words = body.find("noscript") != std::string::npos;  // a title's text, as text
    if (!as_words) CHECK(message.text.find("alert") == std::string::npos);
    CHECK(message.text_from == TextOrigin::html);
  }
}

// Poppler recursed without end, and later used a structure tree that was gone. A paper that kills its
// reader costs one mail.
TEST_CASE("CVE-2020-23804, CVE-2025-52885: a PDF ends at most a process of its own") {
  std::string nested = "%PDF-1.5\n1 0 obj\n";
  for (int i = 0; i < 100'000; ++i)
    nested += "<</A[";
  const std::string loops =
      "%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R/StructTreeRoot 3 0 R/Outlines 1 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>endobj\n"
      "3 0 obj<</Type/StructTreeRoot/K[3 0 R 4 0 R]/ParentTree 4 0 R/RoleMap 3 0 R>>endobj\n"
      "4 0 obj<</Type/StructElem/P 4 0 R/K[4 0 R 3 0 R]/Kids[4 0 R]/Nums[0 4 0 R]>>endobj\n"
      "xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 5/Prev 9>>\nstartxref\n9\n%%EOF\n";
  for (const std::string& pdf : {nested, loops}) {
    const Inspected one =
        inspected(mixed("--b\nContent-Type: application/pdf; name=paper.pdf\n\n" + pdf + "\n--b--\n"));
    if (!one.quarantine.empty()) continue;  // that one mail
    REQUIRE(one.message.parts.size() == 1);
    CHECK(one.message.parts[0].pdf);
    CHECK(pdf_bytes(*one.parts, one.message.parts[0]) == pdf);
  }
  // And a worker that such a paper does kill, or hang.
  WorkerOptions mortal;
  mortal.program = MISBEHAVING_PROGRAM;
  mortal.mail_patience = std::chrono::seconds(2);
  for (const char* how : {"abort", "killed", "hang"})
    CHECK(inspected(how + ("\n" + loops), mortal).quarantine != "");
}
