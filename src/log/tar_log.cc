#include "log/tar_log.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "core/fail_point.h"
#include "log/event_json.h"
#include "log/json_fields.h"
#include "log/log_error.h"
#include "log/segments.h"

namespace papertray {
namespace {

// Whole pages of a batch go to the disk while more of it comes.
constexpr std::uint64_t write_behind = std::uint64_t{1} * 1024 * 1024;
constexpr std::uint64_t page = 4096;

const std::string no_digits_yet(Sha256::hex_size, '0');

void expect(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

Failure wrong_size(const MailFacts& facts, std::string_view how) {
  return Failure(
      {Scope::message, Again::later, Exit::bad_data,
       fmt::format("a mail of {} was announced with {} bytes, but {} came; it is left there and read "
                   "again",
                   facts.place.account, facts.size, how)});
}

}  // namespace

// Before an entry: nothing of an earlier one lies behind the end, and the segment has room.
void TarLog::make_ready(std::uint64_t content) {
  expect(mode_ == Mode::write, "this log is open for reading");
  expect(!mail_, "a mail is open in the log");
  if (tail_) take_back();
  if (end_.offset > 0 && end_.offset + content > segment_bytes_) rotate();
}

// The old segment is on the disk before the next one is there, so that only the last can be torn.
void TarLog::rotate() {
  sync();
  reached("log:full");
  const std::string path = segment_path(dir_, end_.segment + 1);
  File next = File::create(path);
  reached("log:next");
  try {
    sync_folder(dir_);
  } catch (...) {
    std::remove(path.c_str());
    throw;
  }
  file_ = std::move(next);
  end_ = synced_ = {end_.segment + 1, 0};
  begun_ = 0;
  reached("log:rotated");
}

void TarLog::take_back() {
  mail_.reset();
  reached("log:take-back");
  file_.truncate(end_.offset);
  begun_ = std::min(begun_, end_.offset);
  tail_ = false;
}

// Of the entry that writer_ has begun.
void TarLog::add(std::span<const char> bytes) {
  tail_ = true;
  try {
    writer_.add(file_, bytes);
  } catch (const Failure&) {
    take_back();
    throw;
  }
}

void TarLog::finish(const EntryHeader& header) {
  tail_ = true;
  try {
    end_.offset = writer_.finish(file_, header);
  } catch (const Failure&) {
    take_back();
    throw;
  }
  tail_ = false;
  begun_ = std::max(begun_, synced_.offset);
  if (const std::uint64_t whole = end_.offset / page * page; whole >= begun_ + write_behind) {
    file_.begin_writing(begun_, whole - begun_);
    begun_ = whole;
  }
}

void TarLog::begin_mail(const MailFacts& facts) {
  make_ready(facts.size);
  OpenMail mail{.facts = facts, .header = {}};
  mail.header = {.kind = EntryKind::mail,
                 .sha256 = no_digits_yet,
                 .size = facts.size,
                 .time = facts.fetched,
                 .at = end_,
                 .synced = synced_,
                 .events = events_,
                 .facts = facts_to_text(facts),
                 .imap = imap_text(facts.place)};
  reached("log:mail");
  writer_.begin(mail.header);
  hash_.restart();
  mail_ = std::move(mail);
}

void TarLog::write(std::span<const char> bytes) {
  expect(mail_.has_value(), "no mail is open in the log");
  if (bytes.size() > mail_->facts.size - mail_->written) {
    const Failure failure = wrong_size(mail_->facts, "more");
    take_back();
    throw Failure(failure);
  }
  add(bytes);
  hash_.add(bytes);
  mail_->written += bytes.size();
}

std::string TarLog::written_sha256() const {
  expect(mail_ && mail_->written == mail_->facts.size, "the mail in the log is not written whole");
  return hash_.hex();
}

LoggedMail TarLog::end_mail() {
  expect(mail_.has_value(), "no mail is open in the log");
  if (mail_->written != mail_->facts.size) {
    const Failure failure = wrong_size(mail_->facts, fmt::format("{}", mail_->written));
    take_back();
    throw Failure(failure);
  }
  mail_->header.sha256 = hash_.hex();
  reached("log:mail-end");
  finish(mail_->header);
  reached("log:mail-ended");
  LoggedMail logged{.ref = {end_.segment, end_.offset - whole_blocks(mail_->written), mail_->written},
                    .end = end_,
                    .sha256 = std::move(mail_->header.sha256),
                    .facts = std::move(mail_->facts)};
  mail_.reset();
  return logged;
}

void TarLog::abandon_mail() {
  if (mail_) take_back();
}

LogPosition TarLog::append(const Event& event) {
  const std::string content = event_to_text(event);
  make_ready(content.size());
  const EntryHeader header{.kind = EntryKind::event,
                           .sha256 = sha256_hex(content),
                           .size = content.size(),
                           .time = event.at,
                           .at = end_,
                           .synced = synced_,
                           .events = events_ + 1,
                           .facts = {},
                           .imap = {}};
  reached("log:append");
  writer_.begin(header);
  add(content);
  finish(header);
  reached("log:appended");
  ++events_;
  return end_;
}

void TarLog::sync() {
  expect(!mail_, "a mail is open in the log");
  if (synced_ == end_) return;
  reached("log:sync");
  try {
    file_.sync();
  } catch (const Failure&) {
    // The pages that were not written count as clean from now on, so a second sync would lie. They go.
    end_ = synced_;
    events_ = synced_events_;
    tail_ = true;
    take_back();
    throw;
  }
  synced_ = end_;
  synced_events_ = events_;
  reached("log:synced");
}

}  // namespace papertray
