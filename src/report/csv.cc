#include "report/csv.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/printable.h"
#include "report/plain.h"

namespace papertray {
namespace {

constexpr std::array<std::string_view, 10> formula_starts = {
    "=", "+", "-", "@", "\t", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

class Sheet {
 public:
  explicit Sheet(std::string_view head) : text_(head) { text_ += '\n'; }

  // A stranger's text, or any text.
  Sheet& words(std::string_view value) {
    if (plain_ascii(value) && !value.empty() && ascii::is_alpha(value.front()))
      return put(value);  // most
    std::string cell = plain_ascii(value) ? std::string(value) : many_lines(value);
    // A leading CR has become a blank, and some programs trim blanks before they look.
    const std::string_view seen =
        std::string_view(cell).substr(std::min(cell.find_first_not_of(' '), cell.size()));
    if (std::ranges::any_of(formula_starts,
                            [&](std::string_view start) { return seen.starts_with(start); }))
      cell.insert(cell.begin(), '\'');
    return put(cell);
  }

  // What we made ourselves: numbers, times.
  Sheet& put(std::string_view cell) {
    if (!first_) text_ += ',';
    first_ = false;
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
      text_ += cell;
      return *this;
    }
    text_ += '"';
    for (const char c : cell) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
    return *this;
  }
  Sheet& number(std::int64_t value) { return put(fmt::format_int(value).str()); }
  Sheet& number(std::optional<int> value) { return value ? number(*value) : put(""); }
  Sheet& time(Time value) { return put(rfc3339(value)); }
  Sheet& truth(bool value) { return put(value ? "true" : "false"); }

  void end_row() {
    text_ += '\n';
    first_ = true;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool first_ = true;
};

}  // namespace

std::string papers_csv_from(const PaperRows& rows) {
  Sheet sheet(
      "id,title,submitter,versions,received_at,on_time,margin_s,state,pages,findings,sha256,"
      "final_received_at,final_on_time");
  rows([&](const PaperRow& row) {
    sheet.words(row.id).words(row.title).words(row.submitter).number(row.versions).time(row.received);
    sheet.truth(row.on_time).number(row.margin_s).words(row.state).number(row.pages);
    sheet.number(row.findings).words(row.sha256);
    sheet.put(row.final_copy ? rfc3339(row.final_copy->received) : "");
    sheet.put(!row.final_copy ? "" : row.final_copy->on_time ? "true" : "false").end_row();
  });
  return sheet.take();
}

std::string papers_csv(const std::vector<PaperRow>& rows) {
  return papers_csv_from(from(rows));
}

std::string questions_csv(const std::vector<QuestionRow>& rows) {
  Sheet sheet("id,asker,text,received_at,on_time,panel");
  for (const QuestionRow& row : rows) {
    sheet.words(row.id).words(row.asker).words(row.text).time(row.received).truth(row.on_time);
    sheet.number(row.panel).end_row();
  }
  return sheet.take();
}

std::string messages_csv(const std::vector<MessageRow>& rows) {
  Sheet sheet("id,message_id,from,subject,received_at,fate,reason,track,submission,sha256");
  for (const MessageRow& row : rows) {
    sheet.words(row.id).words(row.message_id).words(row.from).words(row.subject).time(row.received);
    sheet.words(fate_name(row.fate)).words(row.reason).words(row.track).words(row.submission);
    sheet.words(row.sha256).end_row();
  }
  return sheet.take();
}

std::string outbox_csv(const std::vector<OutboxListRow>& rows) {
  Sheet sheet("id,kind,to,state,attempts,reason,submission");
  for (const OutboxListRow& row : rows) {
    sheet.number(row.id).words(row.kind).words(row.to).words(outbox_state_name(row.state));
    sheet.number(row.attempts).words(row.reason).words(row.submission).end_row();
  }
  return sheet.take();
}

}  // namespace papertray
