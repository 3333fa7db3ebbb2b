#include "core/may_reply.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/automatic.h"
#include "core/automatic_senders.h"
#include "core/domain.h"
#include "core/printable.h"
#include "core/send_limits.h"

namespace papertray {
namespace {

// RFC 5321 section 4.5.3.1.3: a path has at most 256 bytes with its brackets.
constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_shown = 80;

std::string shown(std::string_view text) {
  return cut_to(one_line(text), longest_shown);
}

std::string domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? "" : ascii::lower(address.substr(at + 1));
}

bool is_ours(std::string_view address, const std::vector<std::string>& own) {
  const std::string mailbox = mailbox_key(address);
  return std::any_of(own.begin(), own.end(),
                     [&](const std::string& ours) { return mailbox == mailbox_key(ours); });
}

// `local@domain` of plain atoms (RFC 5321's Dot-string; UTF-8 allowed, RFC 6531). A quoted local part
// can hold a second address, and mailers have been led astray by it (CVE-2025-13033): a person answers.
bool is_plain_address(std::string_view address) {
  const auto at = address.find('@');
  if (address.size() > longest_address || at == std::string_view::npos || at == 0 ||
      address.find('@', at + 1) != std::string_view::npos || valid_utf8(address) != address) {
    return false;
  }
  if (one_line(address) != address) return false;
  const std::string_view domain = address.substr(at + 1);
  if (domain.empty() || domain.front() == '.' || domain.front() == '-' || domain.back() == '.')
    return false;
  return address.find_first_of(" \"\\(),:;<>[]") == std::string_view::npos &&
         domain.find("..") == std::string_view::npos &&
         address.find_first_of("!%") == std::string_view::npos;
}

std::string no_person(const Message& message) {
  if (const Automatic automatic = automatic_of(message); automatic.kind != AutomaticKind::no) {
    return automatic.reason;
  }
  for (const std::string_view value : header_values(message, "X-Auto-Response-Suppress")) {
    for (const std::string& word : plain_words(value)) {
      if (word == "all" || word == "oof" || word == "autoreply") {
        return fmt::format("the sender asks for no automatic answer (X-Auto-Response-Suppress: {})",
                           shown(value));
      }
    }
  }
  // A loop's trace, and mass mailers' own.
  for (const std::string_view name : {"X-Loop", "Feedback-ID"}) {
    if (has_header(message, name)) return fmt::format("mail of a machine (header {})", name);
  }
  return "";
}

std::string unanswered_sender(const Message& message, const std::string& from) {
  if (const std::string local = unanswered_address(from); !local.empty()) {
    return fmt::format("nobody reads what is sent to {}", shown(from));
  }
  for (const Address& sender : message.sender) {
    if (!unanswered_address(sender.address).empty()) {
      return fmt::format("it was sent by {}, which no person reads", shown(sender.address));
    }
  }
  return "";
}

std::string foreign_path(const Message& message, const std::string& from) {
  if (!message.return_path) return "";
  const std::string& path = *message.return_path;
  if (!list_address(path).empty()) {
    return fmt::format("the return path is {}, as lists and machines have it", shown(path));
  }
  if (ascii::same(path, from) || same_organisation(domain_of(path), domain_of(from))) return "";
  return fmt::format("the return path {} does not belong to the sender {}", shown(path), shown(from));
}

// The first reason not to answer.
std::string why_not(const Message& message, const std::vector<std::string>& own) {
  if (message.from.size() > 1) return "several From addresses";
  const Address* sender = sole_sender(message);
  if (!sender) return "no From address";
  const std::string& from = sender->address;
  if (!is_plain_address(from))
    return fmt::format("the address {} is unusual: a person should answer", shown(from));
  if (is_ours(from, own)) return "it came from our own address";
  for (const Address& other : message.sender) {
    if (is_ours(other.address, own)) return "it was sent by our own address";
  }
  if (message.return_path && !message.return_path->empty() && is_ours(*message.return_path, own)) {
    return "its return path is our own address";
  }
  if (std::string reason = no_person(message); !reason.empty()) return reason;
  if (std::string reason = unanswered_sender(message, from); !reason.empty()) return reason;
  if (std::string reason = foreign_path(message, from); !reason.empty()) return reason;
  const bool to_us = std::any_of(message.to.begin(), message.to.end(),
                                 [&](const Address& to) { return is_ours(to.address, own); });
  if (!to_us) return "our address stands in none of To, Cc, Bcc and Resent-To";
  return "";
}

}  // namespace

MayReply may_reply(const Message& message, const std::vector<std::string>& own) {
  std::string reason = why_not(message, own);
  if (!reason.empty()) return {false, "", std::move(reason)};
  return {true, message.from.front().address, ""};
}

MayReply may_reply(const Message& message, const std::vector<std::string>& own,
                   const Authentication& proof) {
  MayReply reply = may_reply(message, own);
  if (reply.yes && (proof.proof == SenderProof::failed || proof.proof == SenderProof::missing))
    return {false, "", "the sender is not proven: " + proof.reason};
  return reply;
}

}  // namespace papertray
