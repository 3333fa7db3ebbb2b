// Bounces and automatic replies of the corpus are taken for what they are and never answered; people's
// mail is taken for people's.
#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "core/bounce.h"
#include "core/may_reply.h"
#include "core/route.h"
#include "inspect/corpus.h"
#include "inspect/plain_text.h"

using namespace papertray;
using namespace papertray::test;

namespace {

constexpr const char* automatic_set = "/mail/sisimai";
// In that set lie two mails that are there because they are none.
constexpr const char* no_bounces = "mail/sisimai/not/";

Rules no_rules() {
  Rules rules;
  rules.workshop = "x";
  return rules;
}

bool contains(const std::string& text, std::string_view word) {
  return lower_ascii(text).find(word) != std::string::npos;
}

// Which mails of the other sets are certainly a person's. The rule reads raw headers and file names, and
// shares nothing with what is tested: a From address that no program bears, no header by which programs
// and lists mark their mail, no report and no invitation, and a file that is not named after any of it.
bool certainly_human(const std::string& file, const Message& message) {
  for (const char* word : {"bounce", "dsn", "delivery", "report", "mdn", "ndr", "vacation", "auto",
                           "spam/", "undeliver", "calendar", "invite", "fuzz/", "welcomelists/"})
    if (contains(file, word)) return false;
  if (message.from.empty() || message.from.front().address.find('@') == std::string::npos) return false;
  const std::string& from = message.from.front().address;
  for (const char* word : {"daemon", "postmaster", "noreply", "no-reply", "bounce", "notification",
                           "alert", "newsletter", "owner-", "-request"})
    if (contains(from, word)) return false;
  for (const Header& header : message.headers) {
    const std::string name = lower_ascii(header.name);
    if (name.starts_with("list-") || name.starts_with("x-auto") || name.starts_with("x-mail-auto"))
      return false;
    for (const char* marked :
         {"auto-submitted", "precedence", "mailing-list", "x-mailing-list", "x-beenthere",
          "x-mailman-version", "x-failed-recipients", "feedback-id", "x-loop", "x-cron-env"})
      if (name == marked) return false;
    if (name == "from" && contains(header.value, "mail delivery")) return false;
    if (name == "return-path" && header.value.find("<>") != std::string::npos) return false;
    if (name == "content-type" && contains(header.value, "report")) return false;
  }
  return std::none_of(message.parts.begin(), message.parts.end(),
                      [](const Part& part) { return part.type == "text/calendar"; });
}

// The bounce as it would be if it gave back a receipt of ours: its last Message-ID is followed by our
// own header. "" when it has only the one of itself, or gives back what cannot be seen (base64).
const std::string token = "pt-0123456789abcdef01234567";

std::string of_our_receipt(const std::string& bytes) {
  const std::string lower = lower_ascii(bytes);
  const auto last = std::max(lower.rfind("\nmessage-id:") + 1, lower.rfind("\rmessage-id:") + 1);
  const auto first = std::min(lower.find("\nmessage-id:"), lower.find("\rmessage-id:"));
  if (last == 0 || last == first + 1) return "";
  std::size_t end = last;
  do {
    end = bytes.find_first_of("\r\n", end);
    if (end == std::string::npos) return "";
    end = bytes.find_first_not_of("\r\n", end);
    if (end == std::string::npos) return "";
  } while (bytes[end] == ' ' || bytes[end] == '\t');
  // Back over an empty line: the field may be the header's last.
  std::size_t line_end = end;
  while (bytes[line_end - 1] == '\r' || bytes[line_end - 1] == '\n')
    --line_end;
  const std::string ends = bytes.substr(line_end, 2) == "\r\n" ? "\r\n" : bytes.substr(line_end, 1);
  return bytes.substr(0, line_end) + ends + "X-Papertray-Id: " + token + bytes.substr(line_end);
}

// The most tempting case: the mail is addressed to us.
bool answered(const Message& message) {
  std::vector<std::string> own;
  for (const Address& to : message.to)
    own.push_back(to.address);
  return may_reply(message, own).yes;
}

}  // namespace

TEST_CASE("bounces and automatic replies of the corpus") {
  const std::vector<CorpusMail> corpus = corpus_mails(automatic_set);
  if (corpus.empty()) return;
  std::size_t machines = 0, recognised = 0, replies = 0, told = 0, failed = 0;
  WorkerInspector inspector(real_worker());
  inspector.inspect(as_mails(corpus), [&](std::size_t index, const Inspected& inspected) {
    const std::string& name = corpus[index].name;
    const Message& message = inspected.message;
    CAPTURE(name);
    const std::string reason = automatic_mail(message);
    if (name.starts_with(no_bounces)) {
      CHECK(reason == "");
      return;
    }
    ++machines;
    if (reason.empty())
      MESSAGE("not recognised: " << name << ", " << message.subject);
    else
      ++recognised;
    if (answered(message)) {
      ++replies;
      MESSAGE("answered: " << name);
    }
    CHECK((reason.empty() || route(message, no_rules()).fate == Fate::ignored));
    if (!message.report) return;
    const DeliveryReport& report = *message.report;
    if (report.action == ReportAction::failed) ++failed;
    if (!report.status.empty() || !report.diagnostic.empty()) ++told;
  });
  MESSAGE(recognised << " of " << machines << " recognised, " << replies << " answered; " << told
                     << " tell a status or a reason, " << failed << " with action failed");
  CHECK(recognised * 100 >= machines * 95);
  CHECK(replies == 0);
  CHECK(told > 250);
}

TEST_CASE("bounces of the corpus, as if they gave back a receipt of ours") {
  std::vector<CorpusMail> corpus = corpus_mails(automatic_set);
  if (corpus.empty()) return;
  for (CorpusMail& mail : corpus)
    mail.bytes = mail.name.find("host-") == std::string::npos ? "" : of_our_receipt(mail.bytes);
  std::erase_if(corpus, [](const CorpusMail& mail) { return mail.bytes.empty(); });
  std::map<BounceKind, std::size_t> kinds;
  WorkerInspector inspector(real_worker());
  inspector.inspect(as_mails(corpus), [&](std::size_t index, const Inspected& inspected) {
    const Bounce bounce = bounce_of(inspected.message);
    ++kinds[bounce.kind];
    if (bounce.kind == BounceKind::none || bounce.kind == BounceKind::unclear)
      MESSAGE(corpus[index].name << " says not what became of it");
    if (bounce.kind != BounceKind::none) CHECK(bounce.token == token);
  });
  MESSAGE(corpus.size() << " bounces: " << kinds[BounceKind::failed] << " failed, "
                        << kinds[BounceKind::delayed] << " delayed, " << kinds[BounceKind::delivered]
                        << " delivered, " << kinds[BounceKind::unclear] << " unclear, "
                        << kinds[BounceKind::none] << " not found");
  CHECK(corpus.size() > 250);
  CHECK(kinds[BounceKind::none] * 100 <= corpus.size() * 5);
}

namespace {

// One plain sender, who did not write to himself, under a return path of his own: by the raw addresses.
bool simply_addressed(const Message& message) {
  if (message.from.size() != 1 || !message.sender.empty() || message.to.empty()) return false;
  const std::string& from = message.from.front().address;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("@._-").find(c) != std::string_view::npos;
  };
  const auto at = from.find('@');
  if (!std::ranges::all_of(from, plain) || std::ranges::count(from, '@') != 1 || at == 0) return false;
  if (from.find('.', at) == std::string::npos || from[at + 1] == '.') return false;
  const auto same = [&](const Address& to) { return lower_ascii(to.address) == lower_ascii(from); };
  return std::ranges::none_of(message.to, same) &&
         (!message.return_path || lower_ascii(*message.return_path) == lower_ascii(from));
}

}  // namespace

TEST_CASE("people's mail of the corpora is taken for people's, and answered") {
  std::vector<CorpusMail> corpus = corpus_mails("/mail");
  for (CorpusMail& mail : corpus_mails("/mail-gpl"))
    corpus.push_back(std::move(mail));
  std::erase_if(corpus, [](const CorpusMail& mail) {
    return mail.name.starts_with("mail/sisimai/") && !mail.name.starts_with(no_bounces);
  });
  if (corpus.empty()) return;
  std::size_t people = 0, mistaken = 0, writable = 0, replies = 0;
  WorkerInspector inspector(real_worker());
  inspector.inspect(as_mails(corpus), [&](std::size_t index, const Inspected& inspected) {
    if (!certainly_human(corpus[index].name, inspected.message)) return;
    ++people;
    if (simply_addressed(inspected.message)) {
      ++writable;
      if (answered(inspected.message))
        ++replies;
      else
        MESSAGE("not answered: " << corpus[index].name);
    }
    const std::string reason = automatic_mail(inspected.message);
    if (reason.empty()) return;
    ++mistaken;
    MESSAGE("taken for automatic: " << corpus[index].name << ": " << reason);
  });
  MESSAGE(people << " mails of people among " << corpus.size() << ", " << mistaken
                 << " taken for automatic; " << replies << " of " << writable << " answered");
  CHECK(people > 300);
  CHECK(mistaken == 0);
  CHECK(writable >= 150);
  CHECK(replies == writable);
}

TEST_CASE("the same bounce with CR, CRLF and LF line ends is the same") {
  std::map<std::string, Message> by_name;
  for (const char* ends : {"dos", "mac"}) {
    const std::vector<CorpusMail> corpus = corpus_mails(std::string(automatic_set) + "/" + ends);
    WorkerInspector inspector(real_worker());
    inspector.inspect(as_mails(corpus), [&](std::size_t index, const Inspected& inspected) {
      const std::string file = std::filesystem::path(corpus[index].name).filename().string();
      CAPTURE(file);
      const Message& message = inspected.message;
      const auto [other, first] = by_name.emplace(file, message);
      if (first) return;
      CHECK(message.type == other->second.type);
      CHECK(message.subject == other->second.subject);
      CHECK(message.headers.size() == other->second.headers.size());
      CHECK(message.parts.size() == other->second.parts.size());
      CHECK(message.text == other->second.text);
      REQUIRE(message.report.has_value() == other->second.report.has_value());
      if (!message.report) return;
      CHECK(message.report->action == other->second.report->action);
      CHECK(message.report->status == other->second.report->status);
      CHECK(message.report->recipient == other->second.report->recipient);
      CHECK(message.report->diagnostic == other->second.report->diagnostic);
      CHECK(message.report->message_id == other->second.report->message_id);
    });
  }
}
