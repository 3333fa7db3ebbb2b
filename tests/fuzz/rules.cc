// A rules file: rules that decide and answer, or one sentence with file and line. What comes behind a
// form feed is the template of every receipt.
#include <algorithm>
#include <iterator>
#include <string>

#include "app/rules_file.h"
#include "core/error.h"
#include "core/printable.h"
#include "core/receipt.h"
#include "core/route.h"
#include "fuzz/target.h"
#include "report/receipt_text.h"

using namespace papertray;

namespace {

const std::string plain_template =
    "Subject: {{label}} {{subject_phrase}}\n\n{{question}}{{file_name}} {{due_text}}\n";

void decide(const Rules& rules) {
  for (const Track& track : rules.tracks) {
    fuzz::expect(rules.track(track.id) == &track, "an id names one track");
    fuzz::expect(!track.subjects.empty() && !track.prefix.empty(), "a track has a subject and a prefix");
    Message message;
    message.subject = track.subjects.front();
    message.from.push_back({"Ada", "ada@example.org"});
    message.text = "Why?";
    fuzz::expect(!route(message, rules).reason.empty(), "a decision has its reason");
    if (track.due)
      fuzz::expect(lateness(*track.due, track.due->last).on_time, "the last second is on time");
  }
}

// A receipt's HTML is made of its words, the template's among them: all of them are escaped.
void expect_our_tags(std::string_view html) {
  constexpr std::string_view ours[] = {
      "<!DOCTYPE html>", "<html lang=", "</html>",      "<head>",        "</head>", "<meta charset=",
      "<title>",         "</title>",    "<body style=", "</body>",       "<p>",     "</p>",
      "<pre>",           "</pre>",      "<blockquote>", "</blockquote>", "<br>"};
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1))
    fuzz::expect(std::any_of(std::begin(ours), std::end(ours),
                             [&](std::string_view tag) { return html.substr(at).starts_with(tag); }),
                 "a tag is one of ours");
}

// Of a template without control characters, no value makes a receipt with them.
void answer(const Rules& rules, bool clean) {
  const ReceiptTemplates templates = ReceiptTemplates::parse(rules.templates);
  for (const ReceiptKind kind : all_receipt_kinds) {
    ReceiptFacts facts;
    facts.kind = kind;
    facts.label = "P-7";
    facts.file_name = "{{#label}}\x1b[2J\r\nBcc: x";
    facts.question = "{{{label}}}\r\n.\r\n  <b>\n> </title><script>";
    facts.due = rules.tracks.front().due;
    const RenderedReceipt receipt =
        templates.render(kind, receipt_view(facts, rules, rules.tracks.front()));
    fuzz::expect(!receipt.subject.empty() && receipt.subject.find_first_of("\r\n") == std::string::npos,
                 "a subject is one line");
    expect_our_tags(receipt.html);
    if (!clean) continue;
    fuzz::expect(one_line(receipt.subject) == receipt.subject, "a subject is text and nothing else");
    fuzz::expect(many_lines(receipt.text) == receipt.text, "a receipt is text and nothing else");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all = fuzz::text_of(data, size);
  const auto feed = all.find('\f');
  RulesLoaded loaded;
  loaded.path = "rules.toml";
  loaded.from = "Desk <desk@example.org>";
  loaded.toml = all.substr(0, feed);
  const std::string text =
      feed == std::string_view::npos ? plain_template : std::string(all.substr(feed + 1));
  for (const ReceiptKind kind : all_receipt_kinds)
    loaded.templates.emplace_back(receipt_kind_name(kind), text);
  try {
    const Rules rules = read_rules(loaded);
    fuzz::expect(!rules.tracks.empty(), "rules have a track");
    decide(rules);
    answer(rules, many_lines(text) == text);
  } catch (const Failure& failure) {
    const std::string& told = failure.error().text;
    fuzz::expect(told.find("rules.toml") != std::string::npos || told.find(".txt") != std::string::npos,
                 "an error names the file");
    fuzz::expect(one_line(told) == told, "an error is one sentence");
  }
  return 0;
}
