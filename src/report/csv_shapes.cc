#include "report/csv_shapes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/submission.h"
#include "report/authors.h"
#include "report/csv_sheet.h"
#include "report/paper_files.h"

namespace papertray {
namespace {

// "A, B and C"
std::string enumerated(const std::vector<std::string>& names) {
  if (names.size() < 2) return names.empty() ? "" : names.front();
  const std::vector<std::string> but_last(names.begin(), names.end() - 1);
  return fmt::format("{} and {}", fmt::join(but_last, ", "), names.back());
}

bool is(const PaperRow& row, SubmissionState state) {
  return row.state == state_name(state);
}

// "7" of "P-7".
std::string number_of(const std::string& id) {
  return id.substr(id.rfind('-') + 1);
}

std::string minutes(Time t) {
  std::string text = rfc3339(t).substr(0, 16);
  text[10] = ' ';
  return text;
}

}  // namespace

std::string easychair_csv(const std::vector<PaperRow>& papers) {
  Sheet sheet(
      "#,title,authors,submitted,last updated,form fields,keywords,decision,notified,reviews sent,"
      "abstract,deleted?");
  for (const PaperRow& row : papers) {
    const bool accepted = is(row, SubmissionState::accepted);
    const bool decided = accepted || is(row, SubmissionState::rejected);
    sheet.put(number_of(row.id)).words(row.title).words(enumerated(author_names(row.authors)));
    sheet.put(minutes(row.received)).put(minutes(row.received)).put("").put("");
    sheet.put(!decided ? "no decision" : accepted ? "accept" : "reject").put("no").put("no").put("");
    sheet.put(is(row, SubmissionState::withdrawn) ? "yes" : "no").end_row();
  }
  return sheet.take();
}

std::string openreview_csv(const std::vector<PaperRow>& papers) {
  Sheet sheet("number,forum,title,authors,authorids,abstract,pdf,tcdate,tmdate,decision,withdrawn");
  for (const PaperRow& row : papers) {
    sheet.put(number_of(row.id)).words(row.id).words(row.title);
    sheet.words(fmt::format("{}", fmt::join(author_names(row.authors), "|")));
    sheet.words(row.submitter).put("").words(paper_file_name(row));
    sheet.time(row.received).time(row.received);
    sheet.put(is(row, SubmissionState::accepted)   ? "Accept"
              : is(row, SubmissionState::rejected) ? "Reject"
                                                   : "");
    sheet.truth(is(row, SubmissionState::withdrawn)).end_row();
  }
  return sheet.take();
}

}  // namespace papertray
