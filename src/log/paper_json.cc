#include "log/paper_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "log/json_fields.h"

namespace papertray {
namespace {

using nlohmann::json;

Severity severity_from(const json& in) {
  const std::string& name = in.get_ref<const std::string&>();
  for (const Severity severity : {Severity::error, Severity::warn, Severity::note})
    if (name == severity_name(severity)) return severity;
  throw OddField(fmt::format("unknown severity `{}`", name));
}

void put_finding(JsonText& to, const Finding& finding) {
  to.begin_object();
  to.field("check", finding.check);
  to.field("severity", severity_name(finding.severity));
  to.field("measured", finding.measured);
  to.field("expected", finding.expected);
  to.field("page", finding.page);
  to.field("text", finding.text);
  to.field("for_organizers", finding.for_organizers);
  to.end_object();
}

Finding finding_from(const json& in) {
  return {.check = text_from_json(in.at("check")),
          .severity = severity_from(in.at("severity")),
          .measured = text_from_json(in.at("measured")),
          .expected = text_from_json(in.at("expected")),
          .page = in.at("page").get<int>(),
          .text = text_from_json(in.at("text")),
          .for_organizers = in.at("for_organizers").get<bool>()};
}

}  // namespace

void put_paper(JsonText& to, const CheckedPaper& paper) {
  to.field("opens", paper.opens);
  to.field("pages", paper.verdict.pages);
  to.field("counted_pages", paper.verdict.counted_pages);
  to.field("stopped_at", paper.verdict.stopped_at);
  to.field("title", paper.title);
  to.field("authors", paper.authors);
  to.field("width_pt", paper.width);
  to.field("height_pt", paper.height);
  to.key("findings");
  to.begin_array();
  for (const Finding& finding : paper.verdict.findings)
    put_finding(to, finding);
  to.end_array();
  to.field("sketch", paper.sketch);
}

CheckedPaper paper_from_json(const json& in) {
  CheckedPaper paper;
  paper.opens = in.at("opens").get<bool>();
  paper.verdict.pages = in.at("pages").get<int>();
  paper.verdict.counted_pages = in.at("counted_pages").get<int>();
  paper.verdict.stopped_at = text_from_json(in.at("stopped_at"));
  paper.title = text_from_json(in.at("title"));
  paper.authors = text_from_json(in.at("authors"));
  paper.width = in.at("width_pt").get<double>();
  paper.height = in.at("height_pt").get<double>();
  for (const json& finding : in.at("findings"))
    paper.verdict.findings.push_back(finding_from(finding));
  paper.sketch = text_from_json(in.at("sketch"));
  return paper;
}

}  // namespace papertray
