#include "files/mail_file.h"

#include <utility>

#include <fmt/format.h>

#include "core/error.h"

namespace papertray {
namespace {

std::uint64_t check_of(const ReadFile& file) {
  LineScanner lines(file, 0, file.size());
  Line line;
  while (lines.next(line)) {
  }
  return lines.check();
}

}  // namespace

MailFile::MailFile(ReadFile file, Kind kind, const Clock& clock)
    : file_(std::make_unique<ReadFile>(std::move(file))), clock_(clock) {
  if (kind == Kind::mbox) mbox_.emplace(*file_, file_->size());
}

MailFile::MailFile(ReadFile file, std::string path, Kind kind, const Clock& clock)
    : MailFile(std::move(file), kind, clock) {
  const FileMark& mark = file_->mark();
  account_ = kind == Kind::mbox ? "mbox:" + path : "file";
  if (kind == Kind::one_mail)
    name_ = fmt::format("{}@{}.{:09}+{}", path, mark.seconds, mark.nanoseconds, mark.size);
  file_time_ = file_->time();
}

MailFile MailFile::from_stdin(ReadFile spool, const Clock& clock) {
  const Kind kind = looks_like_mbox(spool) ? Kind::mbox : Kind::one_mail;
  MailFile file(std::move(spool), kind, clock);
  file.account_ = "stdin";
  return file;
}

std::optional<MboxPiece> MailFile::next() {
  if (mbox_) return mbox_->next();
  MboxPiece whole{.offset = 0, .size = file_->size(), .check = 0, .from = {}};
  if (name_.empty()) whole.check = check_of(*file_);
  return whole;
}

void MailFile::hand_over(const SeenPlaces& seen, Budget& budget, MailReceiver& to) {
  while (!finished_ && !budget.spent()) {
    std::optional<MboxPiece> piece;
    try {
      piece = next();
    } catch (const Failure& failure) {
      // What was found before it stands; other files go on.
      finished_ = true;
      to.refused({.account = account_, .folder = "", .uidvalidity = 0, .uid = 0, .name = name_},
                 account_ + ": " + failure.error().text);
      budget.took(0);
      return;
    }
    finished_ = !piece || !mbox_;
    if (!piece) return;
    MailFacts facts;
    facts.place.account = account_;
    facts.place.name =
        name_.empty() ? fmt::format("{}+{}-{:016x}", piece->offset, piece->size, piece->check) : name_;
    if (seen.seen(facts.place)) continue;
    facts.size = piece->size;
    facts.mbox_from = piece->from;
    facts.file_time = file_time_;
    facts.fetched = clock_.now();
    papertray::hand_over(*file_, piece->offset, facts, !mbox_, to);
    budget.took(piece->size);
  }
}

}  // namespace papertray
