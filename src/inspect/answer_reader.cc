#include "inspect/answer_reader.h"

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "core/receipt_token.h"
#include "inspect/caps.h"

namespace papertray {
namespace {

namespace json = simdjson::dom;

// What is kept from answer to answer; a larger one gets a parser of its own.
constexpr std::size_t kept_capacity = 1 * caps::mib;

// Years 0 to 9999: what a mail's date can say.
constexpr std::int64_t earliest = -62'167'219'200;
constexpr std::int64_t latest = 253'402'300'799;

// Every header of every mail comes by here: find_first_of asks memchr about each byte of it, 1 % of a
// first scan.
bool one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
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

// Takes the document value by value into the message. Each function returns false to stop; `wrong` then
// says why.
class Taker {
 public:
  explicit Taker(std::uint64_t pdf_end) : pdf_end_(pdf_end) {}

  AnswerRead result;

  bool take(const json::element& document) {
    json::object object;
    if (document.get(object) != simdjson::SUCCESS) return stop("no object");
    for (const auto& [name, value] : object) {
      if (!key(name)) return false;
      json::array list;
      if (value.get(list) == simdjson::SUCCESS ? !take_list(list) : !take_value(value)) return false;
    }
    return true;
  }

 private:
  bool take_list(const json::array& list) {
    if (!is_list()) return stop("a list where none belongs");
    in_list_ = true;
    slot_ = 0;
    for (const json::element& value : list)
      if (!take_value(value)) return false;
    in_list_ = false;
    return slot_ == 0 || stop("a list that ends too early");
  }

  bool take_value(const json::element& value) {
    switch (value.type()) {
      case json::element_type::STRING: {
        const std::string_view text = value.get_string().value_unsafe();
        return in_list_ ? take_listed(text) : take_text(text);
      }
      case json::element_type::INT64: {
        const std::int64_t number = value.get_int64().value_unsafe();
        if (!in_list_ && is_time()) return take_time(number);
        return number < 0 ? stop("a negative number") : take_number(static_cast<std::uint64_t>(number));
      }
      case json::element_type::UINT64:
        return take_number(value.get_uint64().value_unsafe());
      case json::element_type::BOOL:
        return take_flag(value.get_bool().value_unsafe());
      case json::element_type::NULL_VALUE:
        return take_null();
      case json::element_type::DOUBLE:
        return stop("a fraction");
      case json::element_type::ARRAY:
        return stop("a list where none belongs");
      case json::element_type::OBJECT:
        return stop("an object within");
    }
    return stop("a value of no known kind");
  }

  bool key(std::string_view name) {
    // They come in some order, mostly this one.
    const auto next = names.begin() + (field_ == Field::none ? 0 : static_cast<int>(field_) + 1);
    auto found = std::find(next, names.end(), name);
    if (found == names.end()) found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return stop("an unknown field");
    field_ = static_cast<Field>(found - names.begin());
    return true;
  }
  bool take_null() {
    const bool may = field_ == Field::return_path || is_time();
    return (!in_list_ && may) || stop("null where a value belongs");
  }
  bool take_flag(bool value) {
    if (!in_list_ || field_ != Field::parts) return stop("true or false where it does not belong");
    if (slot_ == 6)
      part_.pdf = value;
    else if (slot_ == 7)
      part_.in_attached_message = value;
    else
      return stop("true or false where it does not belong");
    ++slot_;
    return true;
  }
  bool take_number(std::uint64_t value) {
    if (!in_list_ && is_time()) return stop("a date beyond the calendar");
    if (!in_list_ || field_ != Field::parts) return stop("a number where it does not belong");
    if (slot_ == 4) {
      part_.size = value;
      ++slot_;
      return true;
    }
    if (slot_ == 8) {
      part_.offset = value;
      ++slot_;
      return true;
    }
    if (slot_ == 9) {
      if (value > static_cast<std::uint64_t>(Container::uuencode)) return stop("a wrong container");
      part_.container = static_cast<Container>(value);
      ++slot_;
      return true;
    }
    if (slot_ == 10) {
      if (value > static_cast<std::uint64_t>(FileKind::empty)) return stop("a wrong kind of file");
      part_.kind = static_cast<FileKind>(value);
      return take_part();
    }
    return stop("a number where it does not belong");
  }
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

  bool take_line(std::string& to, std::string_view value, std::size_t most) {
    if (value.size() > most) return stop("a text over its limit");
    if (!one_line(value)) return stop("a line break or NUL in a one-line text");
    to = value;
    return true;
  }

  bool take_text(std::string_view value) {
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
        m.text = value;
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

  bool take_listed(std::string_view value) {
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

  bool take_one(std::vector<std::string>& to, std::string_view value, std::size_t most,
                std::size_t bytes) {
    if (to.size() >= most) return stop("a list over its limit");
    return take_line(to.emplace_back(), value, bytes);
  }

  bool take_header(std::string_view value) {
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

  bool take_address(std::vector<Address>& to, std::string_view value) {
    if (slot_ == 0) {
      if (to.size() >= caps::addresses) return stop("too many addresses");
      slot_ = 1;
      return take_line(to.emplace_back().name, value, caps::name_bytes);
    }
    slot_ = 0;
    return take_line(to.back().address, value, caps::name_bytes);
  }

  bool take_part_text(std::string_view value) {
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

  bool take_report_text(std::string_view value) {
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
  bool in_list_ = false;
  int slot_ = 0;  // within a header, an address or a part of a flat list
  Field field_ = Field::none;
  Part part_;
};

}  // namespace

// The whole document is checked (UTF-8 too) before anything of it is looked at; simdjson does not
// recurse, and gives up at 1,024 brackets.
AnswerRead read_answer(std::string_view answer, std::uint64_t pdf_end) {
  thread_local json::parser kept;
  std::optional<json::parser> own;
  if (answer.size() > kept_capacity) own.emplace();
  Taker taker(pdf_end);
  json::element document;
  const simdjson::error_code error =
      (own ? *own : kept).parse(answer.data(), answer.size()).get(document);
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();  // our trouble, and none of the mail's
  if (error != simdjson::SUCCESS)
    taker.result.wrong = "no valid JSON";
  else
    taker.take(document);
  return std::move(taker.result);
}

}  // namespace papertray
