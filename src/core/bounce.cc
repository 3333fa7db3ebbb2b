#include "core/bounce.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/automatic.h"
#include "core/automatic_senders.h"
#include "core/automatic_subjects.h"
#include "core/printable.h"
#include "core/receipt_token.h"
#include "core/subject.h"

namespace papertray {
namespace {

// Another server's words within a sentence of ours: a reply is at most 512 bytes (RFC 5321 section
// 4.5.3.1.5), and its beginning tells.
constexpr std::size_t longest_words = 160;
constexpr std::size_t longest_address = 80;

bool has_part(const Message& message, std::string_view type) {
  return std::any_of(message.parts.begin(), message.parts.end(),
                     [&](const Part& part) { return part.type == type && !part.in_attached_message; });
}

// Lists and people can quote anything; nothing of theirs is a bounce. Nor is a copy of our own mail.
bool may_be_a_bounce(const Message& message) {
  if (has_header(message, "X-Papertray-Id")) return false;
  switch (automatic_of(message).kind) {
    case AutomaticKind::no:
    case AutomaticKind::bulk:
      return false;
    case AutomaticKind::report:
    case AutomaticKind::null_path:
    case AutomaticKind::machine:
      return !has_part(message, "message/disposition-notification") &&
             !has_part(message, "message/feedback-report");
  }
  return false;
}

std::string words_of(const DeliveryReport& report) {
  const bool told = report.status.empty() || report.diagnostic.find(report.status) != std::string::npos;
  const std::string words =
      told ? report.diagnostic
           : report.status + (report.diagnostic.empty() ? "" : " " + report.diagnostic);
  return words.empty() ? "no reason given" : cut_to(one_line(words), longest_words);
}

// Mail systems without message/delivery-status say it by subject, header and reply.
BounceKind kind_by_words(const Message& message, const DeliveryReport& report) {
  const std::string subject = fold_text(message.subject);
  if (!auto_reply_subject(subject).empty()) return BounceKind::none;
  if (!delay_subject(subject).empty()) return BounceKind::delayed;
  if (report.status.starts_with('5') || report.diagnostic.starts_with('5')) return BounceKind::failed;
  if (has_header(message, "X-Failed-Recipients") || !bounce_subject(subject).empty() ||
      !sure_bounce_subject(subject).empty()) {
    return BounceKind::failed;
  }
  if (report.status.starts_with('4') || report.diagnostic.starts_with('4')) return BounceKind::delayed;
  return BounceKind::unclear;
}

BounceKind kind_of(const Message& message, const DeliveryReport& report) {
  switch (report.action) {
    case ReportAction::failed:
      return BounceKind::failed;
    case ReportAction::delayed:
      return BounceKind::delayed;
    case ReportAction::delivered:
    case ReportAction::relayed:
    case ReportAction::expanded:
      return BounceKind::delivered;
    case ReportAction::none:
      return kind_by_words(message, report);
  }
  return BounceKind::none;
}

// People's programs and vacation notes answer on our thread, too, from the null path as they should:
// only what a mail system signs, or what RFC 3464 says, makes an answer a bounce.
bool says_so_itself(const Message& message) {
  return message.report->action != ReportAction::none || !mail_system(message).empty();
}

// Some systems give nothing back and answer on the thread instead.
std::string token_of_thread(const Message& message) {
  for (const auto* ids : {&message.in_reply_to, &message.references}) {
    for (auto id = ids->rbegin(); id != ids->rend(); ++id) {
      if (std::string token = token_in(*id); !token.empty()) return token;
    }
  }
  return "";
}

bool speaks_of(const Bounce& bounce, const std::string& to) {
  return bounce.recipients.empty() ||
         std::any_of(bounce.recipients.begin(), bounce.recipients.end(),
                     [&](const std::string& one) { return ascii::same(one, to); });
}

std::string shown(std::string_view address) {
  return cut_to(one_line(address), longest_address);
}

std::string what_of(const SentReceipt& row) {
  return fmt::format("our receipt to {}{}", shown(row.to),
                     row.submission.empty() ? "" : " for " + row.submission);
}

BounceVerdict judge_failure(const Bounce& bounce, const SentReceipt& row) {
  const std::string what = what_of(row);
  if (row.state == OutboxState::failed)
    return {Fate::ignored, fmt::format("another bounce of {}, which failed before", what), false, ""};
  if (row.state != OutboxState::sent && row.state != OutboxState::unknown)
    return {Fate::ignored, fmt::format("says that {} bounced, which was never sent", what), false, ""};
  if (!speaks_of(bounce, row.to))
    return {Fate::triage,
            fmt::format("a bounce of {}, but it speaks of {}: did the receipt arrive?", what,
                        shown(bounce.recipients.front())),
            false, ""};
  return {Fate::ignored, fmt::format("a bounce of {}: {}", what, bounce.words), true,
          fmt::format("{} bounced: {}", what, bounce.words)};
}

}  // namespace

Bounce bounce_of(const Message& message) {
  if (!message.report || !may_be_a_bounce(message)) return {};
  const DeliveryReport& report = *message.report;
  Bounce bounce;
  bounce.kind = kind_of(message, report);
  if (bounce.kind == BounceKind::none) return {};
  bounce.token = report.token;
  if (bounce.token.empty() && bounce.kind != BounceKind::unclear && says_so_itself(message))
    bounce.token = token_of_thread(message);
  if (bounce.token.empty()) return {};
  for (const std::string& recipient : {report.original_recipient, report.recipient}) {
    if (!recipient.empty()) bounce.recipients.push_back(recipient);
  }
  bounce.words = words_of(report);
  return bounce;
}

std::string report_step(const DeliveryReport& report) {
  std::string step = "it reports on a mail sent before:";
  for (const std::string& said : {std::string(report_action_name(report.action)), report.recipient,
                                  words_of(report), report.token})
    if (!said.empty()) step += (step.ends_with(':') ? " " : ", ") + shown(said);
  return step;
}

BounceVerdict judge_bounce(const Bounce& bounce, const std::optional<SentReceipt>& row) {
  if (!row) return {Fate::ignored, "a report on a mail that is not in our outbox", false, ""};
  const std::string what = what_of(*row);
  const bool out = row->state == OutboxState::sent || row->state == OutboxState::unknown;
  switch (bounce.kind) {
    case BounceKind::failed:
      return judge_failure(bounce, *row);
    case BounceKind::delayed:
      // Without the words: a server tells it daily, and a person is told once.
      return {Fate::ignored, fmt::format("{} is delayed on its way: {}", what, bounce.words), false,
              out ? what + " is delayed on its way" : ""};
    case BounceKind::delivered:
      return {Fate::ignored, fmt::format("a report that {} arrived or went on", what), false, ""};
    case BounceKind::unclear:
      return {Fate::ignored,
              fmt::format("a mail system wrote about {}, but not what became of it", what), false,
              out ? "a mail system wrote about " + what + ", but not what became of it" : ""};
    case BounceKind::none:
      break;
  }
  return {Fate::ignored, "no report on a mail of ours", false, ""};
}

}  // namespace papertray
