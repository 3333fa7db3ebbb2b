#include "smtp/address.h"

#include <string>

#include <doctest/doctest.h>

#include "core/error.h"

using namespace papertray;

TEST_CASE("addresses that can be written to") {
  for (const char* address :
       {"a@b.example", "a+b_c=d@b-c.example", "a..b.@phone.example", "\"odd@one\"@b.example",
        "a@localhost", "a@[192.0.2.1]", "a@[IPv6:2001:db8::1]", "o'brien@b.example"})
    CHECK_MESSAGE(address_problem(address) == "", address);
}

TEST_CASE("addresses that cannot, and why") {
  const struct {
    std::string address;
    std::string why;
  } table[] = {
      {"", "empty"},
      {"a", "local@domain"},
      {"@b.example", "local@domain"},
      {"a@", "local@domain"},
      {"a b@c.example", "blank"},
      {"a@b.example\r\nRCPT TO:<c@d.example>", "line break"},
      {"a@b.example\nx", "line break"},
      {std::string("a\0b@c.example", 13), "line break"},
      {"a@b.example>\tx", "blank"},
      {"j\xC3\xB6rg@b.example", "needs SMTPUTF8"},
      {"a@b\xC3\xBC.example", "ASCII form"},
      {"a@b@c.example", "local part"},
      {"<a@b.example>", "local part"},
      {"a@b.example>", "domain"},
      {"a,b@c.example", "local part"},
      {"\"a>b\"@c.example", "local part"},
      {"\"a\"b\"@c.example", "local part"},
      {"a@.b", "domain"},
      {"a@b..c", "domain"},
      {"a@b.example.", "domain"},
      {"a@[1.2.3.4", "domain"},
      {"a\x1b@b.example", "local part"},
      {std::string(250, 'a') + "@b.example", "254"},
  };
  for (const auto& row : table) {
    CAPTURE(row.address);
    CHECK(address_problem(row.address).find(row.why) != std::string::npos);
  }
}

TEST_CASE("the From field's text") {
  const struct {
    std::string text;
    std::string name;
    std::string address;
  } table[] = {
      {"a@b.example", "", "a@b.example"},
      {"<a@b.example>", "", "a@b.example"},
      {"  The Desk   <a@b.example> ", "The Desk", "a@b.example"},
      {"\"Desk, the\" <a@b.example>", "Desk, the", "a@b.example"},
      {"\"a \\\"b\\\" \\\\c\" <a@b.example>", "a \"b\" \\c", "a@b.example"},
      {"\"\" <a@b.example>", "", "a@b.example"},
      {"ワークショップ <a@b.example>", "ワークショップ", "a@b.example"},
      {"Dr. O'Brien <a@b.example>", "Dr. O'Brien", "a@b.example"},
  };
  for (const auto& row : table) {
    const Address mailbox = parse_mailbox(row.text);
    CHECK(mailbox.name == row.name);
    CHECK(mailbox.address == row.address);
  }
  for (const char* text : {"", "The Desk", "Desk, the <a@b.example>", "a@b.example, c@d.example",
                           "a@b.example <c@d.example>", "\"open <a@b.example>", "x\" <a@b.example>",
                           "\"a\" b\" <a@b.example>", "\"a\\\" <a@b.example>", "Desk a@b.example>",
                           "De\xFFsk <a@b.example>", "De\nsk <a@b.example>", "Desk <a@b.example"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_mailbox(text), Failure);
  }
}
