// How a mailbox is watched, and what it holds as a whole.
#include <algorithm>
#include <utility>

#include "imap/source.h"
#include "net/readable.h"

namespace papertray {
namespace {

using std::chrono::milliseconds;

// RFC 2177 asks for a new IDLE every 29 minutes; Gmail's and many a NAT's die silently after ten.
constexpr std::chrono::minutes longest_idle{9};
// An IDLE that breaks sooner is no way to wait: begun again and again it would be a storm of logins.
constexpr std::chrono::minutes shortest_idle{1};
// So the next one waits, twice as long each time. A server that is restarted twice in a minute is
// watched again soon; one that never lets us idle is as good as polled.
constexpr std::chrono::seconds first_rest{2};
constexpr std::chrono::minutes longest_rest{5};

milliseconds rest_after(int breaks) {
  milliseconds rest = first_rest;
  for (int i = 1; i < breaks && rest < longest_rest; ++i)
    rest *= 2;
  return std::min<milliseconds>(rest, longest_rest);
}

}  // namespace

Woken ImapSource::wait(milliseconds at_most, int wake) {
  // Waits come in pieces, so what is left of the rest is for the next one.
  if (rest_ > milliseconds(0)) {
    const milliseconds piece = std::min(rest_, at_most);
    rest_ -= piece;
    return MailboxSource::wait(piece, wake);
  }
  try {
    return watch(at_most, wake);
  } catch (const Failure& failure) {
    if (failure.error().scope == Scope::folder) {
      selected_.reset();
    } else {
      const bool quick = !session_ || !session_->idle_since() ||
                         session_->now() - *session_->idle_since() < shortest_idle;
      quick_breaks_ = quick ? quick_breaks_ + 1 : 0;
      rest_ = quick ? rest_after(quick_breaks_) : milliseconds(0);
      drop();
    }
    throw;
  } catch (...) {
    drop();
    throw;
  }
}

Woken ImapSource::watch(milliseconds at_most, int wake) {
  // Made here when it was lost after the last fetch.
  Session& open = session();
  if (!open.can_idle()) return open.grown() ? Woken::news : MailboxSource::wait(at_most, wake);
  select(settings_.folders.front());
  if (has_news()) return Woken::news;

  // What comes before the folder is watched stands in an answer up to IDLE's own, and has grown it:
  // nothing can fall between the last fetch and IDLE.
  const auto end = open.now() + at_most;
  for (;;) {
    const auto left = std::max(std::chrono::ceil<milliseconds>(end - open.now()), milliseconds(0));
    if (open.grown()) return Woken::news;
    if (!open.can_idle()) return MailboxSource::wait(left, wake);
    if (!open.idling()) open.idle();
    const auto renewal = *open.idle_since() + longest_idle;
    const auto until_renewal = std::chrono::ceil<milliseconds>(renewal - open.now());
    if (open.listen(std::clamp(until_renewal, milliseconds(0), left), wake)) continue;
    if (readable(wake)) return Woken::asked;
    if (open.now() >= end) return Woken::timeout;
    if (open.now() >= renewal) open.end_idle();
  }
}

// Something has come to the first folder since the last pass looked into it.
bool ImapSource::has_news() {
  const Folder& folder = *selected_;
  if (session_->grown() || folder.uidvalidity != covered_uidvalidity_) return true;
  if (folder.uidnext != 0 && folder.uidnext <= covered_) return false;
  // A UIDNEXT that has grown may be a mail that came and went, and on some servers grows with each
  // SELECT: only a mail is news, or the daemon would never rest.
  if (session_->idling()) return false;
  if (!find_uids(*session_, covered_, 1).empty()) return true;
  covered_ = std::max(covered_, folder.uidnext);
  return false;
}

std::vector<FolderUids> ImapSource::list_all() {
  // A mailbox with more is none for this desk; a server that lies takes no more memory than that.
  constexpr std::size_t most_listed = 4'000'000;
  std::vector<FolderUids> all;
  try {
    for (const std::string& name : settings_.folders) {
      selected_.reset();
      FolderUids& uids = all.emplace_back();
      uids.account = account_;
      uids.folder = name;
      try {
        const Folder folder = open_folder(session(), name, Access::look);
        uids.uidvalidity = folder.uidvalidity;
        uids.uidnext = folder.uidnext;
        if (folder.exists > 0) uids.uids = find_uids(session(), 1, most_listed);
      } catch (const Failure& failure) {
        if (failure.error().scope != Scope::folder || !is_spam(name)) throw;
        uids.problem = failure.error().text;
      }
    }
  } catch (...) {
    drop();
    start_over();
    throw;
  }
  start_over();
  return all;
}

}  // namespace papertray
