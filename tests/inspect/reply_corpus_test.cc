// What other projects take for the reply, and what we do: nine of ten must agree. HTML goes through the
// real inspector.
#include "inspect/reply_corpus.h"

#include <doctest/doctest.h>

#include "core/reply_text.h"
#include "inspect/fake_mail.h"

using namespace papertray;
using namespace papertray::test;

namespace {

std::string text_of(WorkerInspector& inspector, const ReplyCase& wanted) {
  if (wanted.mail.empty()) return wanted.text;
  return inspect_all(inspector, mails({wanted.mail})).at(0).message.text;
}

}  // namespace

TEST_CASE("replies of four other projects") {
  WorkerInspector inspector(real_worker());
  std::size_t all = 0, good = 0;
  for (const ReplySet& set : reply_sets()) {
    std::size_t good_here = 0;
    std::string others;
    for (const ReplyCase& wanted : set.cases) {
      if (as_expected(wanted, reply_text(text_of(inspector, wanted)).said))
        ++good_here;
      else
        others += (others.empty() ? "; not " : ", ") + wanted.name;
    }
    if (set.cases.empty())
      MESSAGE("skipped: no " << set.name << " in the corpus");
    else
      MESSAGE(set.name << ": " << good_here << " of " << set.cases.size() << others);
    all += set.cases.size();
    good += good_here;
  }
  if (all > 0) MESSAGE("together: " << good << " of " << all);
  CHECK(10 * good >= 9 * all);
}

TEST_CASE("what the test blocks ask is read, and is asked") {
  for (const ReplySet& set : reply_sets())
    for (const ReplyCase& wanted : set.cases) {
      CAPTURE(wanted.name);
      // Nobody has said this.
      if (!wanted.whole.empty() || !wanted.begins.empty() || !wanted.has.empty())
        CHECK_FALSE(as_expected(wanted, "zxcv\nOn 5 May 2018, Ada wrote:\n> qwer"));
    }
}
