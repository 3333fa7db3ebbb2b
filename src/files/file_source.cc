#include "files/file_source.h"

#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace papertray {

FileSource::FileSource(std::vector<std::string> paths, const Clock& clock)
    : paths_(std::move(paths)), clock_(clock) {}

std::string FileSource::name() const {
  if (paths_.size() == 1) return paths_.front();
  return std::to_string(paths_.size()) + " files";
}

void FileSource::list() {
  files_.clear();
  next_ = 0;
  open_.reset();
  for (const std::string& path : paths_) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
      std::vector<FoundFile> below = files_below(path);
      std::move(below.begin(), below.end(), std::back_inserter(files_));
    } else {
      files_.push_back({.path = path, .why = {}});
    }
  }
  listed_ = true;
}

void FileSource::begin_file(const FoundFile& found, Budget& budget, MailReceiver& to) {
  ReadFile file = ReadFile::open(found.path);
  std::string why = found.why.empty() ? file.why() : found.why;
  auto kind = MailFile::Kind::one_mail;
  try {
    if (why.empty() && looks_like_mbox(file)) kind = MailFile::Kind::mbox;
  } catch (const Failure& failure) {
    why = failure.error().text;
  }
  if (why.empty()) {
    open_.emplace(std::move(file), found.path, kind, clock_);
    return;
  }
  to.refused({.account = "file", .folder = "", .uidvalidity = 0, .uid = 0, .name = found.path},
             "cannot read " + found.path + ": " + why);
  budget.took(0);
}

std::size_t FileSource::fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  if (!listed_) list();
  Budget budget(limits);
  try {
    while (!budget.spent() && (open_ || next_ < files_.size())) {
      if (!open_) begin_file(files_[next_++], budget, to);
      if (!open_) continue;
      open_->hand_over(seen, budget, to);
      if (open_->finished()) open_.reset();
    }
  } catch (...) {
    listed_ = false;  // the next batch begins again, lest a mail that did not get through is passed by
    throw;
  }
  if (budget.mails() == 0) listed_ = false;
  return budget.mails();
}

}  // namespace papertray
