#include "inspect/answer_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/receipt_token.h"
#include "inspect/caps.h"

namespace papertray {
namespace {

using Json = nlohmann::json;

// Years 0 to 9999: what a mail's date can say.
constexpr std::int64_t earliest = -62'167'219'200;
constexpr std::int64_t latest = 253'402'300'799;

bool one_line(std::string_view text) {
  constexpr std::string_view breaks("\0\r\n", 3);
  return text.find_first_of(breaks) == std::string_view::npos;
}

bool no_nul(std::string_view text) {
  return text.find('\0') == std::string_view::npos;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_path(std::string_view text) {
  return !text.empty() && text.size() <= caps::name_bytes &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// RFC 3463 section 2: three numbers.
bool is_status(std::string_view text) {
  return text.size() <= caps::status_bytes &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// Takes the document token by token, straight into the message: no tree is built, which halves the cost
// and leaves nothing for a hostile document to blow up. Each function returns false to stop;
// `wrong` then says why. The names are nlohmann's SAX interface.
class Handler : public nlohmann::json_sax<Json> {
 public:
  explicit Handler(std::uint64_t pdf_end) : pdf_end_(pdf_end) {}

  AnswerRead result;

  bool start_object(std::size_t) override {
    if (depth_ != 0) return stop("an object within");
    depth_ = 1;
    return true;
  }
  bool end_object() override {
    depth_ = 0;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ != 1 || !is_list()) return stop("a list where none belongs");
    depth_ = 2;
    slot_ = 0;
    return true;
  }
  bool end_array() override {
    depth_ = 1;
    return slot_ == 0 || stop("a list that ends too early");
  }
  bool key(std::string& name) override {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return stop("an unknown field");
    field_ = static_cast<Field>(found - names.begin());
    return true;
  }
  bool null() override {
    const bool may = field_ == Field::return_path || is_time();
    return (depth_ == 1 && may) || stop("null where a value belongs");
  }
  bool boolean(bool value) override {
    if (depth_ != 2 || field_ != Field::parts) return stop("true or false where it does not belong");
    if (slot_ == 6)
      part_.pdf = value;
    else if (slot_ == 7)
      part_.in_attached_message = value;
    else
      return stop("true or false where it does not belong");
    ++slot_;
    return true;
  }
  bool number_integer(std::int64_t value) override {
    return depth_ == 1 && is_time() ? take_time(value) : stop("a negative number");
  }
  bool number_unsigned(std::uint64_t value) override {
    if (depth_ == 1 && is_time())
      return value <= static_cast<std::uint64_t>(latest) ? take_time(static_cast<std::int64_t>(value))
                                                         : stop("a date beyond the calendar");
    if (depth_ != 2 || field_ != Field::parts) return stop("a number where it does not belong");
    if (slot_ == 4) {
      part_.size = value;
      ++slot_;
      return true;
    }
    if (slot_ == 8) {
      part_.offset = value;
      return take_part();
    }
    return stop("a number where it does not belong");
  }
  bool number_float(double, const std::string&) override { return stop("a fraction"); }
  bool binary(Json::binary_t&) override { return stop("binary data"); }
  bool string(std::string& value) override {
    return depth_ == 2 ? take_listed(value) : take_text(value);
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return stop("no valid JSON");
  }

 private:
  enum class Field {
    headers,
    from,
    sender,
    reply_to,
    to,
    in_reply_to,
    references,
    links,
    notes,
    parts,
    report,  // lists first
    return_path,
    subject,
    message_id,
    type,
    text,
    date,
    received,
    delivery_date,
    text_from,
    sealed,
    refused,
    none
  };
  static constexpr std::array<std::string_view, 22> names = {
      "headers",       "from",       "sender", "reply_to", "to",     "in_reply_to",
      "references",    "links",      "notes",  "parts",    "report", "return_path",
      "subject",       "message_id", "type",   "text",     "date",   "received",
      "delivery_date", "text_from",  "sealed", "refused"};

  bool stop(const char* why) {
    if (result.wrong.empty()) result.wrong = why;
    return false;
  }
  bool is_list() const { return field_ <= Field::report; }
  bool is_time() const {
    return field_ == Field::date || field_ == Field::received || field_ == Field::delivery_date;
  }

  bool take_time(std::int64_t value) {
    if (value < earliest || value > latest) return stop("a date beyond the calendar");
    const Time time{Seconds{value}};
    if (field_ == Field::date)
      result.message.date = time;
    else if (field_ == Field::received)
      result.message.received = time;
    else
      result.message.delivery_date = time;
    return true;
  }

  bool take_line(std::string& to, std::string& value, std::size_t most) {
    if (value.size() > most) return stop("a text over its limit");
    if (!one_line(value)) return stop("a line break or NUL in a one-line text");
    to = std::move(value);
    return true;
  }

  bool take_text(std::string& value) {
    Message& m = result.message;
    switch (field_) {
      case Field::return_path:
        return take_line(m.return_path.emplace(), value, caps::one_header_bytes);
      case Field::subject:
        return take_line(m.subject, value, caps::one_header_bytes * 4);
      case Field::message_id:
        return take_line(m.message_id, value, caps::one_header_bytes);
      case Field::type:
        return take_line(m.type, value, caps::name_bytes);
      case Field::refused:
        return take_line(result.refused, value, caps::note_bytes);
      case Field::text:
        if (value.size() > caps::text_bytes || !no_nul(value)) return stop("a text over its limit");
        m.text = std::move(value);
        return true;
      case Field::text_from:
        m.text_from = value == "plain"  ? TextOrigin::plain
                      : value == "html" ? TextOrigin::html
                                        : TextOrigin::none;
        return true;
      case Field::sealed:
        m.sealed = value == "smime" ? Sealed::smime : value == "pgp" ? Sealed::pgp : Sealed::no;
        return true;
      default:
        return stop("a text where it does not belong");
    }
  }

  bool take_listed(std::string& value) {
    Message& m = result.message;
    switch (field_) {
      case Field::headers:
        return take_header(value);
      case Field::from:
        return take_address(m.from, value);
      case Field::sender:
        return take_address(m.sender, value);
      case Field::reply_to:
        return take_address(m.reply_to, value);
      case Field::to:
        return take_address(m.to, value);
      case Field::in_reply_to:
        return take_one(m.in_reply_to, value, caps::message_ids, caps::one_header_bytes);
      case Field::references:
        return take_one(m.references, value, caps::message_ids, caps::one_header_bytes);
      case Field::links:
        return take_one(m.links, value, caps::links, caps::link_bytes);
      case Field::notes:
        return take_one(m.notes, value, caps::notes, caps::note_bytes);
      case Field::parts:
        return take_part_text(value);
      case Field::report:
        return take_report_text(value);
      default:
        return stop("a text where it does not belong");
    }
  }

  bool take_one(std::vector<std::string>& to, std::string& value, std::size_t most, std::size_t bytes) {
    if (to.size() >= most) return stop("a list over its limit");
    return take_line(to.emplace_back(), value, bytes);
  }

  bool take_header(std::string& value) {
    auto& headers = result.message.headers;
    if (slot_ == 0) {
      if (headers.size() >= caps::headers) return stop("too many headers");
      slot_ = 1;
      return take_line(headers.emplace_back().name, value, caps::one_header_bytes);
    }
    slot_ = 0;
    // A byte that is no UTF-8 became three: U+FFFD.
    return take_line(headers.back().value, value, caps::one_header_bytes * 3);
  }

  bool take_address(std::vector<Address>& to, std::string& value) {
    if (slot_ == 0) {
      if (to.size() >= caps::addresses) return stop("too many addresses");
      slot_ = 1;
      return take_line(to.emplace_back().name, value, caps::name_bytes);
    }
    slot_ = 0;
    return take_line(to.back().address, value, caps::name_bytes);
  }

  bool take_part_text(std::string& value) {
    switch (slot_++) {
      case 0:
        part_ = Part{};
        if (result.message.parts.size() >= caps::parts) return stop("too many parts");
        return is_path(value) ? take_line(part_.path, value, caps::name_bytes)
                              : stop("a wrong part path");
      case 1:
        return take_line(part_.type, value, caps::name_bytes);
      case 2:
        return take_line(part_.name, value, caps::name_bytes);
      case 3:
        if (!value.empty() && value != "attachment" && value != "inline")
          return stop("a wrong disposition");
        return take_line(part_.disposition, value, caps::name_bytes);
      case 5:
        return is_sha256(value) ? take_line(part_.sha256, value, 64) : stop("a wrong SHA-256");
      default:
        return stop("a text where it does not belong");
    }
  }

  bool take_report_text(std::string& value) {
    std::optional<DeliveryReport>& report = result.message.report;
    switch (slot_++) {
      case 0:
        if (report) return stop("two reports");
        if (!report_action_from_name(value)) return stop("a wrong action");
        report.emplace().action = *report_action_from_name(value);
        return true;
      case 1:
        return is_status(value) ? take_line(report->status, value, caps::status_bytes)
                                : stop("a wrong status");
      case 2:
        return take_line(report->recipient, value, caps::name_bytes);
      case 3:
        return take_line(report->original_recipient, value, caps::name_bytes);
      case 4:
        return take_line(report->diagnostic, value, caps::note_bytes);
      case 5:
        return take_line(report->message_id, value, caps::name_bytes);
      case 6:
        slot_ = 0;
        if (!value.empty() && !is_token(value)) return stop("a wrong token");
        return take_line(report->token, value, caps::name_bytes);
      default:
        return stop("a text where it does not belong");
    }
  }

  bool take_part() {
    slot_ = 0;
    if (part_.size > caps::decoded_bytes) return stop("a part over its limit");
    if (part_.pdf && (part_.offset > pdf_end_ || part_.size > pdf_end_ - part_.offset))
      return stop("a PDF outside the output");
    result.message.parts.push_back(std::move(part_));
    return true;
  }

  std::uint64_t pdf_end_;
  int depth_ = 0;
  int slot_ = 0;  // within a header, an address or a part of a flat list
  Field field_ = Field::none;
  Part part_;
};

}  // namespace

AnswerRead read_answer(std::string_view json, std::uint64_t pdf_end) {
  Handler handler(pdf_end);
  const bool whole = Json::sax_parse(json.begin(), json.end(), &handler);
  if (!whole && handler.result.wrong.empty()) handler.result.wrong = "no valid JSON";
  return std::move(handler.result);
}

}  // namespace papertray
