#include "files/mbox_source.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>

#include "core/error.h"

namespace papertray {
namespace {

// Held until the descriptor that it was taken with is closed.
void lock_shared(const ReadFile& file, const std::string& path) {
  struct flock lock {};
  lock.l_type = F_RDLCK;
  lock.l_whence = SEEK_SET;
  if (::fcntl(file.descriptor(), F_OFD_SETLK, &lock) == 0) return;
  if (errno == EAGAIN || errno == EACCES)
    throw Failure({Scope::folder, Again::later, Exit::try_later,
                   path + " is locked, a mail is being delivered to it; the next run reads it"});
  // A file system without locks (ENOLCK, EOPNOTSUPP): nobody else can lock there either.
}

}  // namespace

MboxSource::MboxSource(std::string path, const Clock& clock) : path_(std::move(path)), clock_(clock) {}

std::size_t MboxSource::fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  const ReadFile now = ReadFile::open(path_);
  if (now.not_there()) return 0;
  if (!now.good())
    throw Failure(
        {Scope::folder, Again::person, Exit::bad_data,
         "cannot read the mbox " + path_ + ": " + now.why() + "; check the path and its permissions"});
  lock_shared(now, path_);
  if (now.mark_now() == settled_ || now.size() == 0) return 0;
  // Rewritten or appended to since the last batch: offsets may be others. What was handed over is seen.
  if (pass_ && pass_mark_ != now.mark_now()) pass_.reset();
  if (!pass_) {
    if (!looks_like_mbox(now))
      throw Failure({Scope::folder, Again::person, Exit::bad_data,
                     path_ + " is no mbox: it does not begin with a From line; check the path"});
    ReadFile again = ReadFile::open(path_);
    if (!again.good()) return 0;  // just taken away
    pass_mark_ = again.mark();
    pass_.emplace(std::move(again), path_, MailFile::Kind::mbox, clock_);
    handed_over_ = false;
  }
  Budget budget(limits);
  try {
    pass_->hand_over(seen, budget, to);
  } catch (...) {
    pass_.reset();  // the next batch begins again, lest a mail that did not get through is passed by
    throw;
  }
  if (budget.mails() > 0) {
    handed_over_ = true;
    return budget.mails();
  }
  if (!handed_over_) settled_ = pass_mark_;
  pass_.reset();
  return 0;
}

}  // namespace papertray
