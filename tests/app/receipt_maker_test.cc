// A receipt as a mail: its headers, its place in the thread, the same bytes each time.
#include "app/receipt_maker.h"

#include <doctest/doctest.h>

#include "app/rules_file.h"
#include "core/error.h"

namespace papertray {
namespace {

Rules rules_from(const std::string& from) {
  return read_rules(load_rules(std::string(PAPERTRAY_ROOT) + "/rules/dlsc2017.toml", from));
}

ReceiptOrder order_of(ReceiptKind kind) {
  ReceiptOrder order;
  order.facts.kind = kind;
  order.facts.label = "P-7";
  order.facts.version = 2;
  order.facts.received = parse_rfc3339("2017-11-03T23:58:59Z").value();
  order.facts.file_name = "paper.pdf";
  order.facts.size = 217'342;
  order.facts.sha256 = std::string(64, 'a');
  order.to = "ada@example.org";
  order.token = "pt-0123456789abcdef01234567";
  order.written = parse_rfc3339("2017-11-03T23:59:01Z").value();
  order.in_reply_to = "second@mail.example.org";
  order.references = {"first@mail.example.org"};
  return order;
}

// The value of a header, unfolded; "" when it is not there.
std::string header(const std::string& mail, const std::string& name) {
  const std::string head = "\r\n" + mail.substr(0, mail.find("\r\n\r\n")) + "\r\n";
  const std::size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  std::string value;
  for (std::size_t i = at + name.size() + 4; i < head.size(); ++i) {
    if (head.compare(i, 2, "\r\n") == 0) {
      if (head[i + 2] != ' ' && head[i + 2] != '\t') break;
      ++i;  // folded: the line goes on
      continue;
    }
    value += head[i];
  }
  return value;
}

}  // namespace

TEST_CASE("the headers by which no machine answers it") {
  const Rules rules = rules_from("DLSC 2017 desk <receipts@desk.example>");
  ReceiptMaker maker;
  const WrittenReceipt receipt = maker.write(order_of(ReceiptKind::received), rules, rules.tracks[0]);
  CHECK(header(receipt.bytes, "Auto-Submitted") == "auto-replied");  // RFC 3834 section 5
  CHECK(header(receipt.bytes, "X-Auto-Response-Suppress") == "All");
  CHECK(header(receipt.bytes, "Precedence") == "bulk");
  CHECK(header(receipt.bytes, "X-Papertray-Id") == "pt-0123456789abcdef01234567");
}

TEST_CASE("from, to, date, and its place in the thread") {
  const Rules rules = rules_from("DLSC 2017 desk <receipts@desk.example>");
  ReceiptMaker maker;
  const WrittenReceipt receipt = maker.write(order_of(ReceiptKind::received), rules, rules.tracks[0]);
  CHECK(header(receipt.bytes, "From") == "DLSC 2017 desk <receipts@desk.example>");
  CHECK(header(receipt.bytes, "To").find("ada@example.org") != std::string::npos);
  CHECK(header(receipt.bytes, "Date") == "Fri, 03 Nov 2017 23:59:01 +0000");
  CHECK(receipt.message_id == "pt-0123456789abcdef01234567@desk.example");
  CHECK(header(receipt.bytes, "Message-ID") == "<" + receipt.message_id + ">");
  CHECK(header(receipt.bytes, "In-Reply-To") == "<second@mail.example.org>");
  // RFC 5322 section 3.6.4: the answered mail's References, then its Message-ID. Our own follows, for
  // servers that give a mail another one (Gmail does).
  CHECK(header(receipt.bytes, "References") ==
        "<first@mail.example.org> <second@mail.example.org> <" + receipt.message_id + ">");
  CHECK(header(receipt.bytes, "Subject") == receipt.subject);
}

TEST_CASE("every kind has its words, and none is left open") {
  const Rules rules = rules_from("receipts@desk.example");
  ReceiptMaker maker;
  for (const ReceiptKind kind : all_receipt_kinds) {
    CAPTURE(std::string(receipt_kind_name(kind)));
    const WrittenReceipt receipt = maker.write(order_of(kind), rules, rules.tracks[0]);
    CHECK_FALSE(receipt.subject.empty());
    CHECK(receipt.bytes.find("{{") == std::string::npos);
  }
}

TEST_CASE("the same facts give the same bytes, from another maker too") {
  const Rules rules = rules_from("receipts@desk.example");
  ReceiptMaker one, other;
  const ReceiptOrder order = order_of(ReceiptKind::late);
  const std::string first = one.write(order, rules, rules.tracks[0]).bytes;
  one.write(order_of(ReceiptKind::question), rules, rules.tracks[1]);
  CHECK(one.write(order, rules, rules.tracks[0]).bytes == first);
  CHECK(other.write(order, rules, rules.tracks[0]).bytes == first);
}

TEST_CASE("new words serve from the next receipt on") {
  Rules rules = rules_from("receipts@desk.example");
  ReceiptMaker maker;
  const ReceiptOrder order = order_of(ReceiptKind::received);
  maker.write(order, rules, rules.tracks[0]);
  rules.templates["received"] = "Subject: Thanks for {{label}}\n\nBye.\n";
  const WrittenReceipt receipt = maker.write(order, rules, rules.tracks[0]);
  CHECK(receipt.subject == "Thanks for P-7");
  CHECK(receipt.bytes.find("\r\n\r\nBye.\r\n\r\n--") != std::string::npos);
}

TEST_CASE("an address that no header can carry is this one mail's failure") {
  const Rules rules = rules_from("receipts@desk.example");
  ReceiptMaker maker;
  ReceiptOrder order = order_of(ReceiptKind::received);
  order.to = "ada@example.org\r\nBcc: everybody@example.org";
  try {
    maker.write(order, rules, rules.tracks[0]);
    FAIL("it was written");
  } catch (const Failure& failure) {
    CHECK(failure.error().scope == Scope::message);
  }
}

}  // namespace papertray
