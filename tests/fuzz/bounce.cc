// What a mail says of one that was sent before: delivery-status, returned headers, a mail system's
// words. The first byte chooses as what the rest comes.
#include "core/bounce.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/printable.h"
#include "core/receipt_token.h"
#include "fuzz/target.h"
#include "inspect/bounce_text.h"
#include "inspect/caps.h"
#include "inspect/report.h"

using namespace papertray;

namespace {

constexpr std::array types = {"message/delivery-status", "text/rfc822-headers", "message/partial",
                              "text/plain"};

void expect_line(const std::string& text, std::size_t most) {
  fuzz::expect(text.size() <= most, "a value is bounded");
  fuzz::expect(text.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos,
               "a value is one line");
  fuzz::expect(valid_utf8(text) == text, "a value is UTF-8");
}

bool is_status(const std::string& text) {
  return text.empty() || (text.size() <= caps::status_bytes && text.front() >= '2' &&
                          text.front() <= '5' && std::count(text.begin(), text.end(), '.') == 2 &&
                          text.find_first_not_of("0123456789.") == std::string::npos);
}

Message read(std::string_view type, const std::string& content) {
  Message message;
  message.return_path = "";
  message.type = type == "text/plain" ? "text/plain" : "multipart/report";
  message.from.push_back({"Mail Delivery System", "mailer-daemon@example.org"});
  message.subject = "Undelivered Mail Returned to Sender";
  message.text = valid_utf8(content.substr(0, caps::text_bytes));
  message.headers.push_back({"Return-Path", "<>"});
  ReportReader reader;
  if (ReportReader::wants(type)) reader.part(type, content);
  message.report = reader.take(message, content);
  return message;
}

void expect_report(const DeliveryReport& report) {
  fuzz::expect(is_status(report.status), "a status is three numbers");
  for (const std::string* address : {&report.recipient, &report.original_recipient}) {
    expect_line(*address, caps::name_bytes);
    fuzz::expect(address->empty() || address->find('@') != std::string::npos,
                 "a recipient is an address");
    fuzz::expect(address->find_first_of(" \t>,") == std::string::npos, "and nothing but one");
  }
  expect_line(report.diagnostic, caps::note_bytes);
  expect_line(report.message_id, caps::name_bytes);
  fuzz::expect(report.token.empty() || token_in(report.token) == report.token, "a token is one of ours");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string content(fuzz::text_of(data + 1, size - 1));
  const BounceText cut = cut_bounce(content);
  fuzz::expect(cut.told.size() + cut.returned.size() <= content.size(), "nothing is added");
  expect_line(diagnostic_in(content), caps::note_bytes);
  fuzz::expect(is_status(status_in(content)), "a status is three numbers");
  expect_line(field_in(content, "Subject"), caps::one_header_bytes);

  const Message message = read(types.at(data[0] % types.size()), content);
  if (message.report) expect_report(*message.report);
  const Bounce bounce = bounce_of(message);
  fuzz::expect((bounce.kind == BounceKind::none) == bounce.token.empty(), "a bounce is of one of ours");
  expect_line(bounce.words, 4 * caps::note_bytes);
  for (const OutboxState state : {OutboxState::queued, OutboxState::sent, OutboxState::failed}) {
    const BounceVerdict verdict =
        judge_bounce(bounce, SentReceipt{1, "ada@example.org", state, "P-1", 1});
    fuzz::expect(!verdict.reason.empty(), "a verdict has its reason");
    fuzz::expect(!verdict.fails || (state == OutboxState::sent && bounce.kind == BounceKind::failed),
                 "only what was sent can fail, and only by a word that it failed");
  }
  fuzz::expect(!judge_bounce(bounce, std::nullopt).fails, "no row, no failure");
  return 0;
}
