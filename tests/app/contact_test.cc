// mailbox.json: what the last run tells `status`.
#include "app/contact.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "app/failing.h"
#include "core/reconnect.h"
#include "support/temp_dir.h"

namespace papertray {
namespace {

using test::TempDir;
using test::write_file;

Time at(const char* text) {
  return parse_rfc3339(text).value();
}

}  // namespace

TEST_CASE("before the first contact nothing is known") {
  const TempDir state;
  const Contact contact = read_contact(state.path());
  CHECK(contact.word == "never");
  CHECK_FALSE(contact.status.last_contact);
  CHECK(contact.status.detail.empty());
}

TEST_CASE("what was told comes back") {
  const TempDir state;
  DaemonStatus told;
  told.last_contact = at("2017-11-03T23:58:59Z");
  told.trouble = Trouble::login_refused;
  told.detail = "imap.example.org:993 refused the login of \"desk\"";
  told.next_try = at("2017-11-04T00:03:59Z");
  told.reconciled = at("2017-11-03T03:00:00Z");
  told.lag = Seconds(4);
  write_contact(state.path(), told);

  const Contact contact = read_contact(state.path());
  CHECK(contact.word == trouble_word(Trouble::login_refused));
  CHECK(contact.status.last_contact == told.last_contact);
  CHECK(contact.status.detail == told.detail);
  CHECK(contact.status.next_try == told.next_try);
  CHECK(contact.status.reconciled == told.reconciled);
  CHECK(contact.status.lag == told.lag);
}

TEST_CASE("the newest replaces the one before, and leaves nothing beside it") {
  const TempDir state;
  DaemonStatus told;
  told.trouble = Trouble::unreachable;
  told.detail = "away";
  write_contact(state.path(), told);
  write_contact(state.path(), DaemonStatus{});
  const Contact contact = read_contact(state.path());
  CHECK(contact.word == "ok");
  CHECK(contact.status.detail.empty());
  CHECK(std::distance(std::filesystem::directory_iterator(state.path()), {}) == 1);
}

TEST_CASE("a server's bytes that are no UTF-8 are no obstacle") {
  const TempDir state;
  DaemonStatus told;
  told.detail = "NO \xff\xfe";
  CHECK_NOTHROW(write_contact(state.path(), told));
  CHECK(read_contact(state.path()).status.detail == "NO \xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("a file that is no longer what we wrote") {
  for (const char* text : {"", "{", "[]", "7", "{\"state\": 7, \"last_contact\": {}, \"lag_s\": \"x\"}",
                           "{\"last_contact\": \"yesterday\"}", "\xff\xff"}) {
    CAPTURE(text);
    const TempDir state;
    write_file(state / "mailbox.json", text);
    Contact contact;
    CHECK_NOTHROW(contact = read_contact(state.path()));
    CHECK(contact.word == "never");
    CHECK_FALSE(contact.status.last_contact);
    CHECK(contact.status.lag == Seconds(0));
  }
}

TEST_CASE("where nothing can be written: 73") {
  const TempDir state;
  const Error error = test::failure_of([&] { write_contact(state / "nowhere", DaemonStatus{}); });
  CHECK(error.exit == Exit::cannot_write);
  test::check_sentence(error.text, "cannot write " + (state / "nowhere/mailbox.json"), "make room");
}

}  // namespace papertray
