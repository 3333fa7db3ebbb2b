#include "desk/csv_reader.h"

#include <utility>

namespace papertray {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

class CsvParser {
 public:
  CsvParser(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  }

  CsvFile run() {
    while (at_ < text_.size()) {
      if (file_.rows.size() == most_csv_rows) {
        mistake(line_, "more rows than a list of decisions has");
        break;
      }
      row();
    }
    return std::move(file_);
  }

 private:
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_line_end() const { return at_ >= text_.size() || here() == '\n' || here() == '\r'; }
  void mistake(std::size_t line, std::string text) { file_.mistakes.push_back({line, std::move(text)}); }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(here()) && here() != separator_)
      ++at_;
  }

  // CR LF, LF, or CR alone.
  void end_line() {
    if (here() == '\r') ++at_;
    if (here() == '\n') ++at_;
    ++line_;
  }

  void row() {
    CsvRow row{.line = line_, .fields = {}};
    for (;;) {
      row.fields.push_back(field());
      if (at_line_end()) break;
      ++at_;  // the separator
    }
    if (at_ < text_.size()) end_line();
    for (const std::string& field : row.fields)
      if (!field.empty()) {
        file_.rows.push_back(std::move(row));
        return;
      }
  }

  std::string field() {
    skip_blanks();
    return here() == '"' ? quoted() : plain();
  }

  std::string plain() {
    const std::size_t begin = at_;
    while (!at_line_end() && here() != separator_)
      ++at_;
    std::size_t end = at_;
    while (end > begin && is_blank(text_[end - 1]))
      --end;
    return std::string(text_.substr(begin, end - begin));
  }

  std::string quoted() {
    const std::size_t opened = line_;
    std::string value;
    for (++at_;; ++at_) {
      if (at_ >= text_.size()) {
        mistake(opened, "a quote is opened here and never closed");
        return value;
      }
      if (here() == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
      }
      if (here() == '\n') ++line_;
      value += here();
    }
    ++at_;
    skip_blanks();
    if (!at_line_end() && here() != separator_) {
      mistake(line_, "something stands behind a closing quote");
      plain();
    }
    return value;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  CsvFile file_;
};

}  // namespace

CsvFile read_csv(std::string_view text, char separator) {
  return CsvParser(text, separator).run();
}

}  // namespace papertray
