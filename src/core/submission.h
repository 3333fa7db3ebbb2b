// Is this mail a new submission, a version of one, or one we have already? Pure: the candidates
// come from the store, the answer goes back to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/time.h"

namespace papertray {

enum class SubmissionState { submitted, accepted, rejected, withdrawn };

std::string_view state_name(SubmissionState state);
std::optional<SubmissionState> state_from_name(std::string_view name);

// What matching needs to know of a submission in the database.
struct Candidate {
  std::int64_t id = 0;                 // the store's key
  int number = 0;                      // P-7: 7
  std::vector<std::string> addresses;  // that have sent a version
  std::vector<std::string> titles;     // comparable (comparable_title), the empty ones left out
  std::vector<std::string> sha256;     // of its versions' PDFs (or texts)
  std::vector<std::string> thread;     // Message-IDs of its mails and of our receipts
  SubmissionState state = SubmissionState::submitted;
  std::vector<int> merged = {};  // numbers of those that were merged into it
  bool final_copy = false;       // it has one
  bool told = false;             // a letter has told its author that it is accepted
  // That its PDFs say themselves, comparable. Known some time after they came, so they may join two
  // submissions, but that there is one never keeps two apart.
  std::vector<std::string> paper_titles = {};
};

struct Incoming {
  std::string sender;   // bare address, "" when unknown
  std::string subject;  // decoded
  std::string title;    // comparable, "" when unknown
  std::string sha256;   // of the PDF or the text
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;
  std::string prefix;  // "P": for a `[P-7]` in the subject
  int number = 0;      // that a new submission would get
};

enum class Match {
  fresh,      // a new submission
  version,    // a version of `candidate`
  duplicate,  // the same bytes from the same sender again: nothing new
};

struct VersionMatch {
  Match match = Match::fresh;
  int candidate = -1;  // index
  std::string reason;  // one sentence
  // When it is new, but may belong to another submission: what a person should know, with the one
  // command that merges them; "" otherwise.
  std::string note;
};

VersionMatch match_version(const Incoming& incoming, const std::vector<Candidate>& candidates);

// Whether a version of that submission, received then, is its final copy: a version of an accepted one
// that comes after the time for submissions. Before it every version is one like the others, unless its
// author has been told already. `due` is the track's last second for submissions.
bool is_final_copy(const Candidate& candidate, std::optional<Time> due, Time received);

// The same file again is nothing new, but what an author sends as the final copy may be the accepted
// version itself.
VersionMatch with_final_copy(VersionMatch match, const Candidate& candidate, bool final_copy,
                             const std::string& label);

// "papertray merge P-9 --into P-7": the number of the new one is in `incoming`.
std::string merge_command(const Incoming& incoming, int into);

// The submission that a mail means by our thread or by a number in its subject, without regard to its
// content: by a number before by a thread, the sender's own one before another's. nullptr: none, or
// several of the same rank.
const Candidate* meant_by(const Incoming& incoming, const std::vector<Candidate>& candidates);
bool is_address_of(const Candidate& candidate, std::string_view sender);

// "P-7" in a subject, for the given prefix: 7, or 0 when there is none.
int number_in_subject(std::string_view subject, std::string_view prefix);

}  // namespace papertray
