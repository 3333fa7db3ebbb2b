// The page of one submission: what `show` tells.
#include <fmt/format.h>

#include "core/page_text.h"
#include "core/printable.h"
#include "report/dashboard.h"
#include "report/final_comparison.h"
#include "report/html.h"
#include "report/paper_check.h"
#include "report/site.h"
#include "report/words.h"

namespace papertray {
namespace {

void write_fact(HtmlWriter& html, std::string_view name, std::string_view value) {
  if (!value.empty()) html.element("dt", name).element("dd", {{"dir", "auto"}}, value);
}

std::string version_state(const VersionRow& row) {
  if (row.final_copy && !row.has_due) return row.final_counts ? "no deadline, counts" : "no deadline";
  std::string text = margin_text(row.on_time && !row.excused, row.margin_s);
  if (row.excused) text += ", excused";
  if (row.counts || row.final_counts) text += ", counts";
  if (!row.merged_from.empty()) text += ", from " + row.merged_from;
  return text;
}

// What was found in it, as `show` tells.
void write_check(HtmlWriter& html, const ShownSubmission& shown, const VersionRow& row) {
  if (row.file.empty()) return;
  if (!row.check) return write_fact(html, "Looked into", "not yet");
  write_fact(html, "Its title", row.check->paper.title);
  write_fact(html, "Pages", pages_text(row.check->paper.verdict));
  if (const auto comparison = compared_with_accepted(shown, row))
    write_fact(html, "Compared", comparison_text(*comparison));
  if (row.check->paper.verdict.findings.empty()) write_fact(html, "Findings", "none");
}

void write_findings(HtmlWriter& html, const VersionRow& row) {
  if (!row.check || row.check->paper.verdict.findings.empty()) return;
  html.element("h4", "Findings").open("ul", {{"class", "findings"}});
  for (const Finding& finding : row.check->paper.verdict.findings) {
    html.open("li").element("strong", finding.check);
    html.text(fmt::format(" ({}) ", severity_name(finding.severity)));
    html.element("span", {{"dir", "auto"}}, finding.text).close();
  }
  html.close();
}

void write_versions(HtmlWriter& html, const ShownSubmission& shown, const Look& look) {
  html.element("h2", "Versions");
  for (const VersionRow& row : shown.versions) {
    html.open("section", {{"class", "card"}});
    html.element("h3", fmt::format("Version {}{}", row.version, row.final_copy ? ", final copy" : ""));
    html.open("dl");
    write_fact(html, "Received", time_text(row.received, look));
    write_fact(html, "In time", version_state(row));
    write_fact(html, "Mail", row.message);
    write_fact(html, "File", row.file);
    write_fact(html, "Named by its sender", row.file_name);
    if (!row.file.empty()) write_fact(html, "Size", size_text(row.size));
    write_fact(html, "SHA-256", row.sha256);
    write_check(html, shown, row);
    html.close();
    write_findings(html, row);
    if (!row.text.empty()) {
      html.open("blockquote", {{"dir", "auto"}});
      html.paragraphs(row.text).close();
    }
    html.close();
  }
}

void write_history(HtmlWriter& html, const ShownSubmission& shown, const Look& look) {
  html.element("h2", "History");
  html.open("ol", {{"class", "history"}});
  for (const HistoryRow& row : shown.history) {
    html.open("li").open("time", {{"datetime", rfc3339(row.at)}}).text(time_text(row.at, look)).close();
    html.text(" ").element("span", {{"dir", "auto"}}, row.what).close();
  }
  html.close();
}

void write_mails(HtmlWriter& html, const ShownSubmission& shown) {
  html.element("h2", "Mails");
  html.open("ul", {{"class", "history"}});
  for (const MessageRow& row : shown.messages) {
    html.open("li").element("strong", row.id).text(" " + row.from + ": ");
    html.element("span", {{"dir", "auto"}}, cut_to(page_line(row.subject), 300));
    for (const std::string& note : row.notes)
      html.empty("br").element("em", note);
    html.close();
  }
  html.close();
  if (shown.outbox.empty()) return;
  html.element("h2", "Letters of ours");
  html.open("ul", {{"class", "history"}});
  for (const OutboxListRow& row : shown.outbox) {
    html.open("li").element("strong", row.kind);
    html.text(fmt::format(" to {}: {}", row.to, outbox_state_name(row.state)));
    if (!row.reason.empty()) html.empty("br").element("em", row.reason);
    html.close();
  }
  html.close();
}

}  // namespace

std::string submission_page_path(const std::string& id) {
  return "submissions/" + paper_name(id) + ".html";
}

PageFile submission_page(const ShownSubmission& shown, const Look& look) {
  const std::string title = page_line(shown.title).empty() ? shown.id : page_line(shown.title);
  HtmlWriter html = HtmlWriter::page(shown.id + " · " + cut_to(title, 120), "../style.css");
  html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
  html.close().open("body", {{"class", "one"}});
  html.open("header").open("p", {{"class", "event"}}).link("../index.html", "The desk");
  html.text(" · " + shown.id).close();
  html.element("h1", {{"dir", "auto"}}, title).close();
  html.open("main").open("dl");
  write_fact(html, "Authors", shown.authors);
  write_fact(html, "Corrected",
             corrected_words(!shown.right_title.empty(), !shown.right_authors.empty()));
  write_fact(html, "From", person_text(shown.submitter_name, shown.submitter));
  write_fact(html, "Track", shown.track);
  write_fact(html, "State", shown.state);
  write_fact(html, "Merged into", shown.merged_into);
  if (shown.panel) write_fact(html, "Panel", fmt::format("{}", *shown.panel));
  html.close();
  write_versions(html, shown, look);
  write_history(html, shown, look);
  write_mails(html, shown);
  html.close();
  return {submission_page_path(shown.id), html.take()};
}

}  // namespace papertray
