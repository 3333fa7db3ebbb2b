#include "core/submission.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/subject.h"
#include "core/title.h"

namespace papertray {
namespace {

constexpr std::pair<SubmissionState, std::string_view> names[] = {
    {SubmissionState::submitted, "submitted"},
    {SubmissionState::accepted, "accepted"},
    {SubmissionState::rejected, "rejected"},
    {SubmissionState::withdrawn, "withdrawn"}};

bool holds(const std::vector<std::string>& list, const std::string& value) {
  return !value.empty() && std::find(list.begin(), list.end(), value) != list.end();
}

// How one earlier submission relates to what came.
struct Relation {
  bool same_sender = false;
  bool same_bytes = false;
  bool number = false;
  bool thread = false;
  bool same_title = false;
  bool similar_title = false;
  bool withdrawn = false;
  bool has_title = false;

  bool meant() const { return number || thread; }
};

Relation relate(const Incoming& incoming, int number, const Candidate& candidate) {
  const auto on_thread = [&](const std::vector<std::string>& ids) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& id) { return holds(candidate.thread, id); });
  };
  Relation relation;
  relation.same_sender = is_address_of(candidate, incoming.sender);
  relation.same_bytes = holds(candidate.sha256, incoming.sha256);
  relation.number =
      number > 0 && (candidate.number == number ||
                     std::ranges::find(candidate.merged, number) != candidate.merged.end());
  relation.thread = on_thread(incoming.in_reply_to) || on_thread(incoming.references);
  const auto similar = [&](const std::string& title) { return similar_titles(incoming.title, title); };
  relation.same_title =
      holds(candidate.titles, incoming.title) || holds(candidate.paper_titles, incoming.title);
  relation.similar_title = !relation.same_title && !incoming.title.empty() &&
                           (std::ranges::any_of(candidate.titles, similar) ||
                            std::ranges::any_of(candidate.paper_titles, similar));
  relation.withdrawn = candidate.state == SubmissionState::withdrawn;
  relation.has_title = !candidate.titles.empty();
  return relation;
}

// What a new submission may be of an earlier one, the most telling first. {0} is the earlier one.
struct Guess {
  bool (*holds)(const Relation&);
  std::string_view note;
};

constexpr Guess guesses[] = {
    {[](const Relation& r) {
       return r.withdrawn &&
              (r.meant() || r.same_bytes || (r.same_sender && (r.same_title || r.similar_title)));
     },
     "seems to continue {0}, which was withdrawn; if it does"},
    {[](const Relation& r) { return r.meant(); },
     "on the thread of {0}, from an address that has sent no version of it; if it is one"},
    {[](const Relation& r) { return r.same_bytes; },
     "the same file as {0} from another address; if it is the same paper"},
    {[](const Relation& r) { return r.same_title; },
     "the same title as {0} from another address; if it is the same paper"},
    {[](const Relation& r) { return r.similar_title && r.same_sender; },
     "a title similar to that of {0} of the same sender; if it is a version of it"},
    {[](const Relation& r) { return r.similar_title; },
     "a title similar to that of {0} from another address; if it is the same paper"},
};

bool is_letter_or_digit(char c) {
  return ascii::is_alpha(c) || ascii::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

// The number at `at`, when it is one and nothing of a word follows.
int number_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && ascii::is_digit(text[end]))
    ++end;
  if (end < text.size() && is_letter_or_digit(text[end])) return 0;
  return ascii::number(text.substr(at, end - at), 9).value_or(0);
}

}  // namespace

bool is_address_of(const Candidate& candidate, std::string_view sender) {
  return !sender.empty() &&
         std::any_of(candidate.addresses.begin(), candidate.addresses.end(),
                     [&](const std::string& address) { return ascii::same(address, sender); });
}

std::string_view state_name(SubmissionState state) {
  for (const auto& [value, name] : names) {
    if (value == state) return name;
  }
  return "";
}

std::optional<SubmissionState> state_from_name(std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

int number_in_subject(std::string_view subject, std::string_view prefix) {
  const std::string text = fold_text(subject);
  const std::string mark = fold_text(prefix) + '-';
  if (mark.size() < 2) return 0;
  int bare = 0;
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    if (at > 0 && is_letter_or_digit(text[at - 1])) continue;
    const int number = number_at(text, at + mark.size());
    if (number == 0) continue;
    // Our own receipts write it in brackets; a bare one may be part of a title.
    if (at > 0 && text[at - 1] == '[') return number;
    if (bare == 0) bare = number;
  }
  return bare;
}

std::string merge_command(const Incoming& incoming, int into) {
  return fmt::format("papertray merge {0}-{1} --into {0}-{2}", incoming.prefix, incoming.number, into);
}

VersionMatch match_version(const Incoming& incoming, const std::vector<Candidate>& candidates) {
  const int number = number_in_subject(incoming.subject, incoming.prefix);
  std::vector<Relation> relations;
  for (const Candidate& candidate : candidates)
    relations.push_back(relate(incoming, number, candidate));

  const auto label = [&](std::size_t i) {
    return fmt::format("{}-{}", incoming.prefix, candidates[i].number);
  };
  const auto found = [&](auto wanted) {
    return static_cast<std::size_t>(std::find_if(relations.begin(), relations.end(), wanted) -
                                    relations.begin());
  };
  const auto none = relations.size();
  const auto settled = [&](Match match, std::size_t i, std::string_view how) {
    return VersionMatch{match, static_cast<int>(i), fmt::format(fmt::runtime(how), label(i)), ""};
  };
  const auto open = [](const Relation& r) { return r.same_sender && !r.withdrawn; };

  // The sender's own, surest sign first.
  if (const auto i = found([&](const Relation& r) { return open(r) && r.same_bytes; }); i != none) {
    return settled(Match::duplicate, i, "the same file from the same sender as {}");
  }
  if (const auto i = found([&](const Relation& r) { return open(r) && r.number; }); i != none) {
    return settled(Match::version, i, "a version of {}, which its subject names");
  }
  if (const auto i = found([&](const Relation& r) { return open(r) && r.thread; }); i != none) {
    return settled(Match::version, i, "a version of {}, to whose thread it replies");
  }
  if (const auto i = found([&](const Relation& r) { return open(r) && r.same_title; }); i != none) {
    return settled(Match::version, i, "a version of {}: same sender, same title");
  }
  const auto own = std::count_if(relations.begin(), relations.end(), open);
  const auto only = found(open);
  if (own == 1 && incoming.title.empty() && !relations[only].has_title) {
    return settled(Match::version, only,
                   "a version of {}: the only one of the same sender, and neither tells a title");
  }

  // A new one; what a person should know of it.
  VersionMatch fresh{Match::fresh, -1, "a new submission", ""};
  const auto noted = [&](std::size_t i, std::string_view how) {
    fresh.note =
        fmt::format(fmt::runtime(how), label(i)) + ": " + merge_command(incoming, candidates[i].number);
    return fresh;
  };
  for (const Guess& guess : guesses)
    if (const auto i = found(guess.holds); i != none) return noted(i, guess.note);
  const auto untold =
      found([&](const Relation& r) { return open(r) && (incoming.title.empty() || !r.has_title); });
  if (untold != none)
    return noted(untold, "by the author of {0}, and the titles do not tell; if it is a version of it");
  return fresh;
}

bool is_final_copy(const Candidate& candidate, std::optional<Time> due, Time received) {
  if (candidate.state != SubmissionState::accepted) return false;
  return candidate.told || !due || received > *due;
}

VersionMatch with_final_copy(VersionMatch match, const Candidate& candidate, bool final_copy,
                             const std::string& label) {
  if (!final_copy || match.match == Match::fresh) return match;
  if (match.match == Match::duplicate) {
    if (candidate.final_copy) return match;
    match.match = Match::version;
    match.reason = "the same file again";
  }
  match.reason += fmt::format("; it is the final copy of {}", label);
  return match;
}

const Candidate* meant_by(const Incoming& incoming, const std::vector<Candidate>& candidates) {
  const int number = number_in_subject(incoming.subject, incoming.prefix);
  const Candidate* best = nullptr;
  int best_rank = 0;
  for (const Candidate& candidate : candidates) {
    const Relation relation = relate(incoming, number, candidate);
    if (!relation.meant()) continue;
    const int rank = (relation.number ? 4 : 0) + (relation.same_sender ? 2 : 0) + 1;
    if (rank == best_rank) best = nullptr;
    if (rank <= best_rank) continue;
    best = &candidate;
    best_rank = rank;
  }
  return best;
}

}  // namespace papertray
