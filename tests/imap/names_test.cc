// Folder names and sequence sets.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/error.h"
#include "imap/folder_name.h"
#include "imap/uid_set.h"

using namespace papertray;

TEST_CASE("folder names in modified UTF-7") {
  struct Row {
    const char* utf8;
    const char* wire;
  };
  const std::vector<Row> rows{
      {"INBOX", "INBOX"},
      {"[Gmail]/All Mail", "[Gmail]/All Mail"},
      {"Q&A", "Q&-A"},
      {"Entwürfe", "Entw&APw-rfe"},
      {"Eingang/Vorträge & Poster", "Eingang/Vortr&AOQ-ge &- Poster"},
      // RFC 3501 section 5.1.3
      {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
      {"é", "&AOk-"},
      {"éà&", "&AOkA4A-&-"},
      {"📥", "&2D3c5Q-"},
      {"論文📥x", "&itZlh9g93OU-x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.utf8);
    CHECK(to_wire_name(row.utf8) == row.wire);
    CHECK(from_wire_name(row.wire) == row.utf8);
  }
}

TEST_CASE("what is no modified UTF-7 stays as it is") {
  for (const char* wire : {"a&b", "&*-", "&2D0-", "&3AA-", "Entwürfe", "&APw"}) {
    CAPTURE(wire);
    CHECK(from_wire_name(wire) == wire);
  }
}

TEST_CASE("a folder name cannot leave its quotes") {
  CHECK(quoted_name("a\"b\\c") == "\"a\\\"b\\\\c\"");
  for (const std::string& name :
       {std::string("a\r\nDELETE x"), std::string("a\nb"), std::string("a\0b", 3), std::string(),
        std::string("a\x7f"), std::string("a\xff")}) {
    try {
      quoted_name(name);
      FAIL("taken");
    } catch (const Failure& failure) {
      CHECK(failure.error().scope == Scope::folder);
      CHECK(failure.error().exit == Exit::configuration);
      CHECK(failure.error().text.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("sequence sets are short") {
  const auto text = [](const std::vector<std::uint32_t>& uids) {
    const std::vector<UidSet> sets = uid_sets(uids);
    REQUIRE(sets.size() <= 1);
    if (sets.empty()) return std::string();
    CHECK(sets[0].uids == uids);
    return sets[0].text;
  };
  CHECK(text({}).empty());
  CHECK(text({7}) == "7");
  CHECK(text({1, 2, 3, 4, 5, 7}) == "1:5,7");
  CHECK(text({1, 3, 5}) == "1,3,5");
  CHECK(text({4294967294, 4294967295}) == "4294967294:4294967295");
}

TEST_CASE("a long set is several, which together name every UID once") {
  std::vector<std::uint32_t> uids;
  for (std::uint32_t i = 0; i < 5000; ++i)
    uids.push_back(1'000'000'000 + 2 * i);
  std::vector<std::uint32_t> named;
  for (const UidSet& set : uid_sets(uids)) {
    CHECK(set.text.size() <= longest_set);
    CHECK(set.text.front() != ',');
    named.insert(named.end(), set.uids.begin(), set.uids.end());
  }
  CHECK(named == uids);
}
