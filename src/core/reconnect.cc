#include "core/reconnect.h"

#include <algorithm>

namespace papertray {
namespace {

struct Waits {
  Trouble trouble;
  std::string_view word;
  Seconds first;
  Seconds longest;
};

// First waits: a restart takes seconds; a throttle minutes; a day's quota of Gmail is a lock-out that
// further tries only prolong. A refused login is tried rarely: providers lock accounts after a few.
constexpr Waits table[] = {
    {Trouble::none, "ok", Seconds(0), Seconds(0)},
    {Trouble::unreachable, "unreachable", Seconds(2), Seconds(300)},
    {Trouble::bye, "server closed", Seconds(2), Seconds(300)},
    {Trouble::throttled, "throttled", Seconds(300), Seconds(3600)},
    {Trouble::over_quota, "over quota", Seconds(3600), Seconds(6 * 3600)},
    {Trouble::unavailable, "unavailable", Seconds(30), Seconds(900)},
    {Trouble::login_refused, "login refused", Seconds(300), Seconds(3600)},
    {Trouble::credentials, "no credentials", Seconds(60), Seconds(900)},
    {Trouble::folder_missing, "folder missing", Seconds(300), Seconds(3600)},
    {Trouble::other, "failed", Seconds(60), Seconds(900)},
};

const Waits& waits_of(Trouble trouble) {
  const auto* found = std::ranges::find(table, trouble, &Waits::trouble);
  return found == std::end(table) ? table[std::size(table) - 1] : *found;
}

}  // namespace

std::string_view trouble_word(Trouble trouble) {
  return waits_of(trouble).word;
}

Seconds wait_after(Trouble trouble, int failures, double chance) {
  const Waits& waits = waits_of(trouble);
  Seconds wait = waits.first;
  for (int i = 1; i < failures && wait < waits.longest; ++i)
    wait *= 2;
  wait = std::min(wait, waits.longest);
  const auto quarter = static_cast<double>(wait.count()) / 4;
  return Seconds(wait.count() + static_cast<Seconds::rep>(quarter * (2 * chance - 1)));
}

}  // namespace papertray
