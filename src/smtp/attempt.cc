#include "smtp/attempt.h"

#include <curl/curl.h>

#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::size_t max_columns = 300;  // of the server's words: they are kept with the row and shown

// The enhanced status code of a reply (RFC 2034): "5.4.5" of "550 5.4.5 Daily limit"; "" for none.
std::string_view enhanced_code(std::string_view reply) {
  if (reply.size() < 5) return {};
  reply.remove_prefix(4);
  const std::string_view code = reply.substr(0, reply.find(' '));
  return code.find_first_not_of("0123456789.") == std::string_view::npos ? code : std::string_view();
}

// Gmail's words for "nobody for now": the day's limit, and the rate.
bool is_quota(long code, std::string_view enhanced) {
  return (code == 550 && enhanced == "5.4.5") || (code == 421 && enhanced == "4.7.0");
}

// RFC 4954 section 6: login needed, too weak, wrong.
bool is_about_login(long code) {
  return code == 432 || code == 530 || code == 534 || code == 535 || code == 538;
}

// There was a conversation; it broke off.
bool broke_off(CURLcode code) {
  return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_OPERATION_TIMEDOUT ||
         code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE || code == CURLE_ABORTED_BY_CALLBACK;
}

Delivery delivery_of(CURLcode code, long response, std::string_view reply, bool handed_over) {
  if (code == CURLE_OK) return Delivery::accepted;
  const bool refused = response >= 400 && response < 600;
  if (refused && is_quota(response, enhanced_code(reply))) return Delivery::quota;
  if (refused && is_about_login(response)) return Delivery::credentials;
  if (code == CURLE_LOGIN_DENIED) {
    // 454: the server cannot check anybody's password for now.
    return refused && response < 500 ? Delivery::refused_later : Delivery::credentials;
  }
  // 55: MAIL, RCPT or DATA was refused. After the last byte any code: it is the answer to the dot.
  if (refused && (handed_over || code == CURLE_SEND_ERROR))
    return response < 500 ? Delivery::refused_later : Delivery::refused;
  if (handed_over) return Delivery::ambiguous;
  // A refusing greeting (8) is not about this mail: the next connection may be taken.
  return broke_off(code) ? Delivery::refused_later : Delivery::unreachable;
}

}  // namespace

std::string last_reply_of(const std::deque<std::string>& lines, long response_code) {
  const std::string code = std::to_string(response_code);
  std::size_t end = lines.size();
  while (end > 0 && !lines[end - 1].starts_with(code))
    --end;
  if (end == 0) return {};
  // RFC 5321 section 4.2.1: all lines of a reply begin with its code, all but the last go on with "-".
  std::size_t first = end - 1;
  while (first > 0 && lines[first - 1].starts_with(code + "-"))
    --first;
  std::string reply = code;
  for (std::size_t i = first; i < end; ++i)
    if (lines[i].size() > 4) reply.append(" ").append(lines[i].substr(4));
  return reply;
}

Attempt attempt_from(int curl_code, long response_code, std::string_view last_reply,
                     bool all_bytes_handed_over) {
  const auto code = static_cast<CURLcode>(curl_code);
  Attempt attempt;
  attempt.delivery = delivery_of(code, response_code, last_reply, all_bytes_handed_over);
  const bool answered = attempt.delivery == Delivery::accepted || response_code >= 400;
  if (answered) {
    attempt.code = static_cast<int>(response_code);
    attempt.text = cut_to(one_line(last_reply), max_columns);
    return attempt;
  }
  const std::string words = curl_easy_strerror(code);
  switch (attempt.delivery) {
    case Delivery::ambiguous:
      attempt.text = "no answer after the whole mail was handed over (" + words + ")";
      break;
    case Delivery::credentials:
      attempt.text = "the server offers no login that serves here (" + words + ")";
      break;
    case Delivery::refused_later:
      attempt.text = "the conversation broke off before the mail was handed over (" + words + ")";
      break;
    default:
      attempt.text = "the server was not reached (" + words + ")";
  }
  return attempt;
}

Attempt attempt_from(const Error& error) {
  return {error.again == Again::later ? Delivery::unreachable : Delivery::credentials, 0, error.text};
}

}  // namespace papertray
