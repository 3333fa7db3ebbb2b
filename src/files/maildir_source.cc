#include "files/maildir_source.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "files/maildir_move.h"

namespace papertray {
namespace fs = std::filesystem;

MaildirSource::MaildirSource(std::string path, const Clock& clock, const std::string& after)
    : path_(std::move(path)), clock_(clock) {
  constexpr std::string_view move = "move:";
  if (after.starts_with(move)) {
    after_ = After::move;
    folder_ = subfolder_path(path_, after.substr(move.size()));
  } else if (after == "flag") {
    after_ = After::flag;
  } else if (after != "none") {
    throw Failure(
        {Scope::account, Again::person, Exit::configuration,
         "after = \"" + after + "\" is not known; write \"flag\", \"none\" or \"move:FOLDER\""});
  }
}

Place MaildirSource::place(const std::string& base) const {
  return {.account = account(), .folder = "", .uidvalidity = 0, .uid = 0, .name = base};
}

std::string MaildirSource::file_path(const Found& found) const {
  return path_ + "/" + found.folder + "/" + found.file;
}

// new/ before cur/: a mail that somebody moves over in between is seen twice, never not at all.
void MaildirSource::list() {
  found_.clear();
  order_.clear();
  next_ = 0;
  int listable = 0;
  std::error_code error;
  for (const char* folder : {"new", "cur"}) {
    error.clear();
    fs::directory_iterator entry(path_ + "/" + folder, error);
    if (error && error != std::errc::no_such_file_or_directory) break;
    if (!error) ++listable;
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const std::string file = entry->path().filename().string();
      if (file.starts_with('.')) continue;
      found_.insert_or_assign(read_maildir_name(file).base, Found{.folder = folder, .file = file});
    }
    if (error && error != std::errc::no_such_file_or_directory) break;
  }
  if (listable == 0 || (error && error != std::errc::no_such_file_or_directory))
    throw Failure({Scope::folder, Again::person, Exit::bad_data,
                   "cannot list the Maildir " + path_ + ": " + error.message() +
                       "; check the path and its permissions"});
  for (const auto& [base, found] : found_)
    order_.push_back(base);
  std::sort(order_.begin(), order_.end(), maildir_before);
  listed_ = true;
}

// Under its present flags.
std::optional<MaildirSource::Found> MaildirSource::look_for(const std::string& base) const {
  for (const char* folder : {"new", "cur"}) {
    std::error_code error;
    for (fs::directory_iterator entry(path_ + "/" + folder, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const std::string file = entry->path().filename().string();
      if (read_maildir_name(file).base == base) return Found{.folder = folder, .file = file};
    }
  }
  return std::nullopt;
}

std::size_t MaildirSource::fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  if (!listed_) list();
  Budget budget(limits);
  try {
    for (; next_ < order_.size() && !budget.spent(); ++next_) {
      const std::string& base = order_[next_];
      if (!seen.seen(place(base)))
        take(base, budget, to);
      else if (found_.at(base).folder == "new")
        overdue_.push_back(place(base));
    }
  } catch (...) {
    listed_ = false;  // the next batch begins again, lest a mail that did not get through is passed by
    throw;
  }
  if (budget.mails() == 0) listed_ = false;
  return budget.mails();
}

void MaildirSource::take(const std::string& base, Budget& budget, MailReceiver& to) {
  ReadFile file = ReadFile::open(file_path(found_.at(base)));
  if (file.not_there()) {
    // Somebody read or flagged it since it was listed.
    if (const std::optional<Found> again = look_for(base)) {
      found_.at(base) = *again;
      file = ReadFile::open(file_path(*again));
    }
  }
  const Found& found = found_.at(base);
  if (file.not_there()) {
    to.vanished(place(base));
    budget.took(0);
    return;
  }
  if (!file.good()) {
    to.refused(place(base), "cannot read the mail " + file_path(found) + ": " + file.why());
    budget.took(0);
    return;
  }
  MailFacts facts;
  facts.place = place(base);
  facts.size = file.size();
  facts.file_time = file.time();
  facts.fetched = clock_.now();
  facts.flags = maildir_flags(read_maildir_name(found.file).flags);
  // Its name may change while it is read, its bytes may not.
  hand_over(file, 0, facts, true, to);
  budget.took(facts.size);
}

bool MaildirSource::mark_one(const std::string& base) {
  // Twice: somebody may rename it while we do.
  for (int tries = 0; tries < 2; ++tries) {
    const auto known = found_.find(base);
    const std::optional<Found> now =
        tries == 0 && known != found_.end() ? std::optional(known->second) : look_for(base);
    if (!now) return false;
    MaildirName name = read_maildir_name(now->file);
    const Found target{.folder = "cur", .file = seen_maildir_name(name)};
    const std::string to = after_ == After::move ? folder_ + "/cur/" + target.file : file_path(target);
    std::error_code error;
    const bool done =
        file_path(*now) == to ? fs::exists(to, error) : move_mail(file_path(*now), to) == Moved::done;
    if (done) {
      if (after_ == After::flag) found_.insert_or_assign(base, target);
      return true;
    }
  }
  return false;
}

std::vector<Place> MaildirSource::mark(std::span<const Place> places) {
  std::vector<Place> wanted = std::exchange(overdue_, {});
  wanted.insert(wanted.end(), places.begin(), places.end());
  std::vector<Place> marked;
  if (after_ == After::none || wanted.empty()) return marked;
  if (after_ == After::move) make_subfolder(folder_);
  std::optional<Failure> first;
  for (const Place& one : wanted) {
    if (one.account != account()) continue;
    try {
      if (mark_one(one.name)) marked.push_back(one);
    } catch (const Failure& failure) {
      if (!first) first = failure;
    }
  }
  if (first) throw Failure(*first);
  return marked;
}

}  // namespace papertray
