#include "support/fakes.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "core/error.h"

namespace papertray::testing {
namespace {

class TextParts : public PartBytes {
 public:
  explicit TextParts(std::string pdf) : pdf_(std::move(pdf)) {}
  void read(const Part&, const std::function<void(std::span<const char>)>& piece) const override {
    piece(pdf_);
  }

 private:
  std::string pdf_;
};

std::string read_all(const MailBytes& mail) {
  std::string bytes(mail.size(), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t n = mail.read(at, std::span(bytes).subspan(at));
    if (n == 0) break;
    at += n;
  }
  bytes.resize(at);
  return bytes;
}

// Tells contents apart as a hash would; 64 hex digits as one has.
std::string fake_sha256(const std::string& content) {
  std::string hex;
  for (std::size_t i = 0; i < 4; ++i) {
    std::ostringstream piece;
    piece << std::hex << std::hash<std::string>{}(content + std::to_string(i));
    hex += std::string(16 - std::min<std::size_t>(16, piece.str().size()), '0') + piece.str();
  }
  return hex;
}

Inspected read_fake(const std::string& bytes) {
  Inspected read;
  Message& message = read.message;
  std::istringstream lines(bytes);
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(':');
    const std::string field = line.substr(0, colon);
    const std::string value = colon == std::string::npos ? "" : line.substr(colon + 1);
    if (field == "from") message.from.push_back({"", value});
    if (field == "subject") message.subject = value;
    if (field == "id") message.message_id = value;
    if (field == "to-reply") message.in_reply_to.push_back(value);
    if (field == "ref") message.references.push_back(value);
    if (field == "auto") message.headers.push_back({"Auto-Submitted", value});
    if (field == "text") message.text += (message.text.empty() ? "" : "\n") + value;
    if (field == "bounce") {  // TOKEN ACTION RECIPIENT
      std::istringstream words(value);
      std::string action;
      DeliveryReport& report = message.report.emplace();
      words >> report.token >> action >> report.recipient;
      report.action = report_action_from_name(action).value();
      report.diagnostic = "550 5.1.1 gone";
      message.type = "multipart/report";
      message.return_path = "";
    }
    if (field == "pdf") {
      Part part;
      part.path = "1";
      part.type = "application/pdf";
      part.name = "paper.pdf";
      part.size = value.size();
      part.sha256 = fake_sha256(value);
      part.pdf = true;
      message.parts.push_back(part);
      read.parts = std::make_shared<TextParts>(value);
    }
  }
  message.to = {{"", "desk@workshop.example"}};
  message.text_from = message.text.empty() ? TextOrigin::none : TextOrigin::plain;
  return read;
}

}  // namespace

void FakeMailbox::add(const std::string& bytes, Time internaldate) {
  mails.push_back({mails.empty() ? 1 : mails.back().uid + 1, bytes, internaldate});
}

Place FakeMailbox::place(std::uint32_t uid) const {
  return {
      .account = "imap://fake", .folder = folder, .uidvalidity = uidvalidity, .uid = uid, .name = ""};
}

std::size_t FakeMailbox::fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  if (fetch_fails) throw Failure(*fetch_fails);
  // What a killed run took in, but did not mark, is marked together with the rest.
  for (const std::uint32_t uid : seen.unmarked("imap://fake", folder, uidvalidity))
    if (!spam && !marked.contains(uid)) leftovers_.push_back(place(uid));
  const std::uint32_t last = seen.last_uid("imap://fake", folder, uidvalidity);
  std::size_t count = 0;
  for (const Mail& mail : mails) {
    if (mail.uid <= last) continue;
    if (count == limits.mails) break;
    MailFacts facts;
    facts.place = place(mail.uid);
    facts.size = mail.bytes.size();
    facts.internaldate = mail.internaldate;
    facts.spam = spam;
    to.begin(facts);
    if (mail.uid == cut_in_uid) {
      to.write(std::span(mail.bytes).first(mail.bytes.size() / 2));
      to.abandon();
      if (cut_by_stop) throw Stopped();
      throw Failure({Scope::account, Again::later, Exit::unreachable, "the connection broke"});
    }
    to.write(mail.bytes);
    to.end();
    ++count;
  }
  return count;
}

std::vector<Place> FakeMailbox::mark(std::span<const Place> places) {
  before_mark();
  if (marking_fails) throw Failure({Scope::folder, Again::later, Exit::try_later, "cannot set flags"});
  std::vector<Place> all = std::exchange(leftovers_, {});
  all.insert(all.end(), places.begin(), places.end());
  for (const Place& place : all)
    marked.insert(place.uid);
  return all;
}

void FakeInspector::inspect(std::span<const std::shared_ptr<const MailBytes>> mails,
                            const std::function<void(std::size_t, Inspected)>& done) {
  for (std::size_t i = 0; i < mails.size(); ++i) {
    before();
    ++inspected;
    const std::string bytes = read_all(*mails[i]);
    at_mail(bytes);
    if (!dies_on.empty() && bytes.find(dies_on) != std::string::npos) {
      done(i, {.message = {},
               .parts = nullptr,
               .quarantine = "the inspector was killed while reading this mail"});
      continue;
    }
    done(i, read_fake(bytes));
  }
}

WrittenReceipt FakeReceipts::write(const ReceiptOrder& order, const Rules&, const Track&) {
  before();
  const std::string text =
      std::string(receipt_kind_name(order.facts.kind)) + " " + order.facts.label + " v" +
      std::to_string(order.facts.version) + " to " + order.to +
      (order.facts.counts_version ? ", v" + std::to_string(*order.facts.counts_version) + " counts"
                                  : "") +
      (order.facts.checked ? ", checked " + std::to_string(order.facts.checked->verdict.pages) : "") +
      (order.facts.check_to_come ? ", check to come" : "");
  return {.subject = text, .message_id = order.token + "@workshop.example", .bytes = text};
}

void FakeShelf::put(const std::string& name, const Pieces& pdf, const std::string&) {
  before();
  std::string bytes;
  pdf([&](std::span<const char> piece) { bytes.append(piece.data(), piece.size()); });
  papers[name] = bytes;
}

Attempt FakeTransport::deliver(const OutgoingMail& mail) {
  sent.push_back(mail);
  before();
  if (answers.empty()) return {.delivery = Delivery::accepted, .code = 250, .text = "250 ok"};
  const Attempt answer = answers.front();
  answers.erase(answers.begin());
  return answer;
}

Rules fake_rules() {
  Rules rules;
  rules.workshop = "A workshop";
  rules.timezone = "America/Los_Angeles";
  rules.address = "desk@workshop.example";
  rules.from = "The desk <desk@workshop.example>";
  rules.own_addresses = {"desk@workshop.example"};
  Track papers;
  papers.id = "papers";
  papers.prefix = "P";
  papers.subjects = {"NIPS Workshop Papers"};
  papers.needs = Needs::pdf;
  papers.due = parse_deadline("2017-11-03 16:59 PST", rules.timezone);
  Track questions;
  questions.id = "questions";
  questions.prefix = "Q";
  questions.subjects = {"NIPS Workshop Questions"};
  rules.tracks = {papers, questions};
  for (const ReceiptKind kind : all_receipt_kinds)
    rules.templates.emplace(receipt_kind_name(kind), "Subject: fake\n\nfake\n");
  return rules;
}

}  // namespace papertray::testing
