#include "core/reconnect.h"

#include <doctest/doctest.h>

using namespace papertray;

TEST_CASE("each trouble has its own first and longest wait") {
  struct Row {
    Trouble trouble;
    int failures;
    int seconds;  // without chance
  };
  const Row rows[] = {
      {Trouble::unreachable, 1, 2},           {Trouble::unreachable, 2, 4},
      {Trouble::unreachable, 8, 256},         {Trouble::unreachable, 9, 300},
      {Trouble::unreachable, 1'000'000, 300}, {Trouble::throttled, 1, 300},
      {Trouble::throttled, 9, 3600},          {Trouble::over_quota, 1, 3600},
      {Trouble::over_quota, 4, 6 * 3600},     {Trouble::login_refused, 1, 300},
      {Trouble::login_refused, 5, 3600},      {Trouble::none, 3, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(trouble_word(row.trouble));
    CAPTURE(row.failures);
    CHECK(wait_after(row.trouble, row.failures, 0.5) == Seconds(row.seconds));
  }
}

TEST_CASE("chance moves a wait by a quarter either way") {
  CHECK(wait_after(Trouble::throttled, 1, 0.0) == Seconds(225));
  CHECK(wait_after(Trouble::throttled, 1, 0.999999) == Seconds(374));
}

TEST_CASE("no two troubles share a word") {
  const Trouble all[] = {Trouble::none,          Trouble::unreachable, Trouble::bye,
                         Trouble::throttled,     Trouble::over_quota,  Trouble::unavailable,
                         Trouble::login_refused, Trouble::credentials, Trouble::folder_missing,
                         Trouble::other};
  for (const Trouble a : all)
    for (const Trouble b : all)
      CHECK((trouble_word(a) == trouble_word(b)) == (a == b));
}
