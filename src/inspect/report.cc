#include "inspect/report.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/automatic_senders.h"
#include "core/receipt_token.h"
#include "inspect/bounce_text.h"
#include "inspect/caps.h"
#include "inspect/gobject_ptr.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

constexpr std::array status_types = {"message/delivery-status", "message/global-delivery-status"};
// What is given back when it is not the whole mail (RFC 6522, RFC 2046 section 5.2.2).
constexpr std::array header_types = {"text/rfc822-headers", "text/rfc822-header",
                                     "message/rfc822-headers", "message/global-headers",
                                     "message/partial"};

template <typename Types>
bool is_one_of(std::string_view type, const Types& types) {
  return std::any_of(types.begin(), types.end(), [&](const char* known) { return type == known; });
}

std::string short_line(std::string_view text, std::size_t most) {
  return line_value(trim(text), most);
}

// "rfc822; <ada@example.org>" (RFC 3464 section 2.3.2): the bare address.
std::string address_in(std::string_view value) {
  if (const auto type = value.find(';'); type != std::string_view::npos) value.remove_prefix(type + 1);
  value = trim(value);
  if (const auto open = value.find('<'); open != std::string_view::npos) value.remove_prefix(open + 1);
  value = value.substr(0, value.find_first_of("> \t,"));
  return value.find('@') == std::string_view::npos ? "" : short_line(value, caps::name_bytes);
}

// "smtp; 550 5.1.1 user unknown": the words.
std::string words_in(std::string_view value) {
  const auto type = value.find(';');
  if (type != std::string_view::npos && type < 16) value.remove_prefix(type + 1);
  return short_line(value, caps::note_bytes);
}

ReportAction action_in(std::string_view value) {
  const std::string word = lower_ascii(value.substr(0, value.find_first_of(" \t(;")));
  if (word.starts_with("fail")) return ReportAction::failed;  // some write `failure`
  return report_action_from_name(word).value_or(ReportAction::none);
}

// What one recipient's fields say.
struct Recipient {
  ReportAction action = ReportAction::none;
  std::string status, final_one, original, diagnostic;

  bool any() const {
    return action != ReportAction::none || !status.empty() || !final_one.empty() || !original.empty();
  }
  int worth() const {
    if (!any()) return 0;
    if (action == ReportAction::failed) return 3;
    return status.starts_with('5') ? 2 : 1;
  }
};

Recipient recipient_of(std::string_view fields) {
  Recipient one;
  one.action = action_in(field_in(fields, "Action"));
  one.status = status_in(field_in(fields, "Status"));
  one.final_one = address_in(field_in(fields, "Final-Recipient"));
  one.original = address_in(field_in(fields, "Original-Recipient"));
  one.diagnostic = words_in(field_in(fields, "Diagnostic-Code"));
  if (one.status.empty()) one.status = status_in(one.diagnostic);
  return one;
}

// Groups of fields are parted by empty lines (RFC 3464 section 2.1).
std::string_view take_group(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size()) {
    const auto line_end = std::min(rest.find('\n', end), rest.size());
    const std::string_view line = rest.substr(end, line_end - end);
    end = std::min(line_end + 1, rest.size());
    if (is_blank_text(line)) break;
  }
  const std::string_view group = rest.substr(0, end);
  rest.remove_prefix(end);
  return group;
}

std::string last_token(std::string_view ids) {
  std::string last;
  for (auto at = ids.find(token_mark); at != std::string_view::npos; at = ids.find(token_mark, at + 1))
    if (const std::string token = token_in(ids.substr(at > 0 ? at - 1 : 0)); !token.empty()) {
      if (ids.substr(at).starts_with(token)) last = token;
    }
  return last;
}

// Ours, surest first: servers rewrite Message-ID, and the References of a later receipt begin with those
// of earlier ones.
std::string token_of_mail(const std::string& own, const std::string& message_id,
                          const std::string& references) {
  if (std::string token = token_in(own); !token.empty()) return token;
  if (std::string token = token_in(message_id); !token.empty()) return token;
  return last_token(references);
}

std::string bare_id(std::string_view value) {
  if (const auto open = value.find('<'); open != std::string_view::npos) value.remove_prefix(open + 1);
  return short_line(value.substr(0, value.find('>')), caps::name_bytes);
}

bool any(const DeliveryReport& report) {
  return report.action != ReportAction::none || !report.status.empty() || !report.recipient.empty() ||
         !report.original_recipient.empty() || !report.diagnostic.empty() ||
         !report.message_id.empty() || !report.token.empty();
}

std::string failed_recipient(const Message& message) {
  for (const std::string_view value : header_values(message, "X-Failed-Recipients"))
    if (std::string address = address_in(value); !address.empty()) return address;
  return "";
}

}  // namespace

bool ReportReader::wants(std::string_view type) {
  return is_one_of(type, status_types) || is_one_of(type, header_types);
}

void ReportReader::part(std::string_view type, std::string_view content) {
  content = content.substr(0, caps::report_bytes);
  sign_ = sign_ || type != "message/partial";  // people's mail is split, too
  if (is_one_of(type, status_types))
    delivery_status(content);
  else
    returned_fields(content);
}

void ReportReader::delivery_status(std::string_view content) {
  Recipient chosen;
  while (!content.empty()) {
    Recipient one = recipient_of(take_group(content));
    if (one.worth() > chosen.worth()) chosen = std::move(one);
  }
  if (status_ || !chosen.any()) return;
  status_ = true;
  report_.action = chosen.action;
  report_.status = std::move(chosen.status);
  report_.recipient = std::move(chosen.final_one);
  report_.original_recipient = std::move(chosen.original);
  report_.diagnostic = std::move(chosen.diagnostic);
}

void ReportReader::returned_fields(std::string_view text) {
  if (returned_) return;
  const std::string id = field_in(text, "Message-ID");
  report_.token = token_of_mail(field_in(text, "X-Papertray-Id"), id, field_in(text, "References"));
  report_.message_id = bare_id(id);
  returned_ = !id.empty() || !report_.token.empty();
}

void ReportReader::returned(GMimeObject* message) {
  if (returned_) return;
  const auto field = [&](const char* name) {
    return line_value(view(g_mime_object_get_header(message, name)), caps::one_header_bytes);
  };
  const std::string id = field("Message-ID");
  report_.token = token_of_mail(field("X-Papertray-Id"), id, field("References"));
  report_.message_id = bare_id(id);
  returned_ = true;
}

// Mail systems that write no delivery-status, and what others leave out of theirs.
void ReportReader::told_in_words(const Message& message) {
  const BounceText text = cut_bounce(message.text);
  if (!text.returned.empty()) returned_fields(text.returned);
  if (report_.token.empty()) report_.token = token_in(text.told);
  if (report_.recipient.empty()) report_.recipient = failed_recipient(message);
  if (report_.diagnostic.empty()) report_.diagnostic = diagnostic_in(text.told);
  if (report_.status.empty()) report_.status = status_in(report_.diagnostic);
}

// Below the mail's own header, which has ours only when the mail is ours.
void ReportReader::look_everywhere(std::string_view raw) {
  constexpr std::string_view own = "X-Papertray-Id";
  raw = raw.substr(0, caps::report_raw_bytes);
  const auto body = std::min(raw.find("\n\n"), raw.find("\n\r\n"));
  const auto at = raw.find(own, std::min(body, raw.size()));
  if (at == std::string_view::npos) return;
  report_.token = token_in(field_in(raw.substr(at, caps::kib), own));
}

// People's mail ends at the first look: nothing is searched for in their words but a token.
std::optional<DeliveryReport> ReportReader::take(const Message& message, std::string_view raw) {
  const std::string_view text = std::string_view(message.text).substr(0, caps::report_bytes);
  const bool sign = sign_ || !report_.token.empty() || message.type == "multipart/report" ||
                    message.return_path == "" || !mail_system(message).empty() ||
                    has_header(message, "X-Failed-Recipients") || !token_in(text).empty();
  if (!sign) return std::nullopt;
  told_in_words(message);
  if (report_.token.empty()) look_everywhere(raw);
  if (!any(report_)) return std::nullopt;
  return std::move(report_);
}

}  // namespace papertray
