// What a template may say, and what each mistake is called.
#include <doctest/doctest.h>

#include "core/error.h"
#include "report/receipt_text.h"

namespace papertray {
namespace {

const std::string good = "Subject: hello\n\nbody\n";

std::map<std::string, std::string> all_good() {
  std::map<std::string, std::string> texts;
  for (const ReceiptKind kind : all_receipt_kinds)
    texts.emplace(receipt_kind_name(kind), good);
  return texts;
}

// What parsing says of this text as late.txt; "" when it is taken.
std::string mistake_in(const std::string& text) {
  std::map<std::string, std::string> texts = all_good();
  texts["late"] = text;
  try {
    ReceiptTemplates::parse(texts);
  } catch (const Failure& failure) {
    CHECK(failure.error().scope == Scope::program);
    CHECK(failure.error().exit == Exit::configuration);
    return failure.error().text;
  }
  return "";
}

RenderedReceipt rendered(const std::string& text,
                         const std::vector<std::pair<std::string, std::string>>& values) {
  std::map<std::string, std::string> texts = all_good();
  texts["late"] = text;
  return ReceiptTemplates::parse(texts).render(ReceiptKind::late, {values});
}

std::string body(const std::string& text,
                 const std::vector<std::pair<std::string, std::string>>& values) {
  return rendered("Subject: s\n\n" + text, values).text;
}

}  // namespace

TEST_CASE("each mistake names file and line and says what is right") {
  struct Row {
    std::string text, says;
  };
  const std::string head = "Subject: s\n\n";
  const Row rows[] = {
      {"", "receipts/late.txt:1: the first line is the subject; write \"Subject: ...\""},
      {"Hello\n", "receipts/late.txt:1: the first line is the subject; write \"Subject: ...\""},
      {"Subject:\n\nb\n",
       "receipts/late.txt:1: the subject has no words of its own and could come out empty; add some"},
      {"Subject: {{label}} {{version}}\n\nb\n",
       "receipts/late.txt:1: the subject has no words of its own and could come out empty; add some"},
      {"Subject: s\nb\n",
       "receipts/late.txt:2: the second line must be empty; the text begins after it"},
      {"Subject: s\n\n \n",
       "receipts/late.txt:3: the text is missing; write it after the subject and an empty line"},
      {"Subject: s",
       "receipts/late.txt:3: the text is missing; write it after the subject and an empty line"},
      {"Subject: s {{lable}}\n\nb\n",
       "receipts/late.txt:1: there is no \"lable\"; did you mean \"label\"?"},
      {"Subject: s {{#late}}\n\nb{{/late}}\n",
       "receipts/late.txt:1: {{#late}} is never closed; write {{/late}} where it ends"},
      {head + "a\nb {{ filename }}\n",
       "receipts/late.txt:4: there is no \"filename\"; did you mean \"file_name\"?"},
      {head + "{{colour_of_the_cover}}\n",
       "receipts/late.txt:3: there is no \"colour_of_the_cover\"; docs/rules.md lists the names"},
      {head + "{{.}}\n", "receipts/late.txt:3: there is no \".\"; docs/rules.md lists the names"},
      {head + "\n\n{{#late}}\n\nb\n",
       "receipts/late.txt:5: {{#late}} is never closed; write {{/late}} where it ends"},
      {head + "{{^late}}b\n",
       "receipts/late.txt:3: {{#late}} is never closed; write {{/late}} where it ends"},
      {head + "b\n{{/late}}\n",
       "receipts/late.txt:4: {{/late}} closes nothing; write {{#late}} where the section begins"},
      {head + "{{#late}}\n{{#due_text}}\n{{/late}}\n{{/due_text}}\n",
       "receipts/late.txt:5: {{/late}} stands where {{/due_text}} is due, for the section of line 4"},
      {head + "{{#latte}}b{{/latte}}\n",
       "receipts/late.txt:3: there is no \"latte\"; did you mean \"late\"?"},
      {head + "{{label\n}}\n",
       "receipts/late.txt:3: {{ is not closed on its line; write }} after the name"},
      {head + "a {{label\n",
       "receipts/late.txt:3: {{ is not closed on its line; write }} after the name"},
      {head + "a {{", "receipts/late.txt:3: {{ is not closed on its line; write }} after the name"},
      {head + "a\nlabel}}\n",
       "receipts/late.txt:4: }} closes a tag that was never opened; write {{name}}"},
      {head + "{{}}\n", "receipts/late.txt:3: the tag has no name; write {{name}}"},
      {head + "{{# }}\n", "receipts/late.txt:3: the tag has no name; write {{name}}"},
      {head + "{{{label}}}\n",
       "receipts/late.txt:3: values are never escaped here; write {{name}} with two braces and no &"},
      {head + "{{& label}}\n",
       "receipts/late.txt:3: values are never escaped here; write {{name}} with two braces and no &"},
      {head + "{{> footer}}\n",
       "receipts/late.txt:3: a template cannot include another ({{>name}}); write its text out"},
      {head + "{{=<% %>=}}\n",
       "receipts/late.txt:3: the tags' delimiters cannot be changed ({{=...=}}); keep {{ and }}"},
      {head + "a\nb\xff\n", "receipts/late.txt:4: this line is not UTF-8; save the file as UTF-8"},
      {head + "a\x1b[1m\n", "receipts/late.txt:3: this line holds a control character; take it out"},
      {head +
           [] {
             std::string deep;
             for (int i = 0; i < 9; ++i)
               deep += "{{#late}}\n";
             return deep;
           }(),
       "receipts/late.txt:11: more than 8 sections stand within each other; flatten them"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(mistake_in(row.text) == row.says);
  }
}

TEST_CASE("what is no mistake") {
  for (const std::string text :
       {"Subject: s\n\nb", "Subject: s\r\n\r\nb {{label}}\r\n", "\xEF\xBB\xBFSubject: s\n\nb\n",
        "Subject: s\n\n{{! remark, {even} this }}b\n", "Subject: s\n\n{ } {x} é深\tb\n",
        "Subject:s\n\nb {{ label }} {{# late }}x{{/ late }}{{^late}}y{{/late}}\n"}) {
    CAPTURE(text);
    CHECK(mistake_in(text) == "");
  }
}

TEST_CASE("every kind of receipt has its template, but those that older rules do not know") {
  for (const ReceiptKind kind : all_receipt_kinds) {
    if (is_later_receipt_kind(kind)) continue;
    std::map<std::string, std::string> texts = all_good();
    const std::string name{receipt_kind_name(kind)};
    texts.erase(name);
    CAPTURE(name);
    try {
      ReceiptTemplates::parse(texts, "/etc/papertray/receipts");
      FAIL("a missing template was not noticed");
    } catch (const Failure& failure) {
      CHECK(failure.error().text ==
            "/etc/papertray/receipts/" + name +
                ".txt:1: this template is missing; copy it from the sample rules");
    }
  }
}

TEST_CASE("a template that may be missing is checked where it is there") {
  for (const ReceiptKind kind : {ReceiptKind::confirm_withdrawal, ReceiptKind::withdrawn}) {
    std::map<std::string, std::string> texts = all_good();
    const std::string name{receipt_kind_name(kind)};
    texts.erase(name);
    CHECK_NOTHROW(ReceiptTemplates::parse(texts));
    texts[name] = "Subject: s\n\n{{labell}}\n";
    CHECK_THROWS_AS(ReceiptTemplates::parse(texts), Failure);
  }
}

TEST_CASE("letters of the organizers' own are checked and filled by their name") {
  std::map<std::string, std::string> texts = all_good();
  texts["letters/posters"] = "Subject: [{{label}}] Your poster\n\nBring {{label}}.\n";
  const RenderedReceipt letter =
      ReceiptTemplates::parse(texts).render("letters/posters", {{{"label", "P-7"}}});
  CHECK(letter.subject == "[P-7] Your poster");
  CHECK(letter.text == "Bring P-7.\n");
  texts["letters/posters"] = "Subject: Your poster\n\n{{labell}}\n";
  try {
    ReceiptTemplates::parse(texts, "/etc/papertray/receipts");
    FAIL("a wrong name was not noticed");
  } catch (const Failure& failure) {
    CHECK(failure.error().text.starts_with("/etc/papertray/receipts/letters/posters.txt:3: "));
  }
}

TEST_CASE("a template by another name is left alone, and named when one is missing") {
  std::map<std::string, std::string> texts = all_good();
  texts["notice"] = "no subject, {{nothing}}";
  CHECK_NOTHROW(ReceiptTemplates::parse(texts));
  texts.erase("received");
  texts["recieved"] = good;
  try {
    ReceiptTemplates::parse(texts);
    FAIL("a missing template was not noticed");
  } catch (const Failure& failure) {
    CHECK(failure.error().text ==
          "receipts/received.txt:1: this template is missing; should recieved.txt be named so?");
  }
}

TEST_CASE("sections, values and what is empty") {
  struct Row {
    std::string text;
    std::vector<std::pair<std::string, std::string>> values;
    std::string body;
  };
  const Row rows[] = {
      {"a {{label}} b", {{"label", "P-7"}}, "a P-7 b\n"},
      {"a {{label}} b", {{"label", ""}}, "a  b\n"},
      {"a {{label}} b", {}, "a  b\n"},
      {"{{#late}}late{{/late}}{{^late}}in time{{/late}}", {{"late", "yes"}}, "late\n"},
      {"{{#late}}late{{/late}}{{^late}}in time{{/late}}", {{"late", ""}}, "in time\n"},
      {"{{#late}}late{{/late}}{{^late}}in time{{/late}}", {}, "in time\n"},
      {"{{#late}}{{margin}}{{/late}}", {{"late", "yes"}, {"margin", "1 second"}}, "1 second\n"},
      // Lines of their own leave no trace, shown or not.
      {"a\n{{#late}}\nb\n{{/late}}\nc", {{"late", "yes"}}, "a\nb\nc\n"},
      {"a\n{{#late}}\nb\n{{/late}}\nc", {{"late", ""}}, "a\nc\n"},
      {"a\n\n{{#late}}\nb\n{{/late}}\n\nc", {{"late", "yes"}}, "a\n\nb\n\nc\n"},
      {"a\n\n{{#late}}\nb\n\n{{/late}}\nc", {{"late", ""}}, "a\n\nc\n"},
      {"a\n  {{! remark }}  \nb", {}, "a\nb\n"},
      {"a\n{{label}}\nb", {{"label", ""}}, "a\n\nb\n"},
      // Plain text stays as it is.
      {"{{file_name}}", {{"file_name", "<b>&amp;\"'.pdf"}}, "<b>&amp;\"'.pdf\n"},
      // A value is no template.
      {"{{file_name}}",
       {{"file_name", "{{sha256}}{{#late}}"}, {"sha256", "x"}},
       "{{sha256}}{{#late}}\n"},
      // What a stranger wrote is quoted to its end.
      {"> {{question}}\nend",
       {{"question", "one\n\ntwo\nThe desk"}},
       "> one\n>\n> two\n> The desk\nend\n"},
      {"> {{question}}\nend", {{"question", "> one\ntwo"}}, "> > one\n> two\nend\n"},
      {"  {{question}}\nend", {{"question", "one\ntwo"}}, "  one\n  two\nend\n"},
      {"Q: {{question}}\nend", {{"question", "one\ntwo"}}, "Q: one\ntwo\nend\n"},
      {"{{file_name}}", {{"file_name", "a\x01\x02\x03\x1b[1mb"}}, "a\\x01\\x02\\x03\\x1b[1mb\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(body(row.text, row.values) == row.body);
  }
}

TEST_CASE("a subject is one line whatever the values hold") {
  struct Row {
    std::string value, subject;
  };
  const Row rows[] = {
      {"plain", "Re: plain"},
      {"a\r\nBcc: everyone@example.org", "Re: a Bcc: everyone@example.org"},
      {"a\rb\nc", "Re: a b c"},
      {"\n\n", "Re:"},
      {"a\u2028b\u0085c", "Re: a b c"},
      {"  many   blanks ", "Re: many blanks"},
      {std::string("nul\0byte", 8), "Re: nul\\x00byte"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    const RenderedReceipt receipt =
        rendered("Subject: Re: {{sender_subject}}\n\nbody\n", {{"sender_subject", row.value}});
    CHECK(receipt.subject == row.subject);
    CHECK(receipt.text == "body\n");
  }
}

TEST_CASE("long paragraphs are wrapped at 76 columns") {
  const std::string text =
      body(std::string("word ") + std::string(80, 'x') + " and " + "{{question}}",
           {{"question", "a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7"}});
  CHECK(text == "word\n" + std::string(80, 'x') +
                    "\nand a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7\n");
}

}  // namespace papertray
