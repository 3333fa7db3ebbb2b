#include "files/maildir_name.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("names, flags, and the flag S") {
  struct Row {
    const char* file;
    const char* base;
    const char* flags;
    const char* seen;
  } rows[] = {{"1.a.host", "1.a.host", "", "1.a.host:2,S"},
              {"1.a.host:2,", "1.a.host", "", "1.a.host:2,S"},
              {"1.a.host:2,S", "1.a.host", "S", "1.a.host:2,S"},
              {"1.a.host:2,FRT", "1.a.host", "FRT", "1.a.host:2,FRST"},
              {"1.a.host:2,Ta", "1.a.host", "Ta", "1.a.host:2,STa"},
              {"1.a,S=5,W=6:2,D", "1.a,S=5,W=6", "D", "1.a,S=5,W=6:2,DS"},
              {"1.a:1,x", "1.a:1,x", "", "1.a:1,x:2,S"}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.file));
    const MaildirName name = read_maildir_name(row.file);
    CHECK(name.base == row.base);
    CHECK(name.flags == row.flags);
    CHECK(seen_maildir_name(name) == row.seen);
  }
  CHECK(maildir_flags("DFPRSTax") == std::vector<std::string>{"\\Draft", "\\Flagged", "$Forwarded",
                                                              "\\Answered", "\\Seen", "\\Deleted"});
}

TEST_CASE("oldest first: by seconds as numbers, then by name") {
  std::vector<std::string> names = {"1000000000.b", "999999999.z", "1000000000.a", "odd",
                                    "99999999999999999999999.x"};
  std::sort(names.begin(), names.end(), maildir_before);
  CHECK(names == std::vector<std::string>{"99999999999999999999999.x", "odd", "999999999.z",
                                          "1000000000.a", "1000000000.b"});
}
