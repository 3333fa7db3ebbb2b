// What a person decides about a submission or a message, for the log and the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/submission.h"

namespace papertray {

enum class ActKind {
  accept,
  reject,
  withdraw,
  excuse,
  merge,
  panel,
  dismiss,
  route,
  hide,     // a question: on no sheet and no page
  restore,  // shown again
  notify,   // a letter, by LettersOrdered
  title,    // of a paper, put right
  authors,  // the same
};

std::string_view act_name(
    ActKind kind);  // "accept": the command that does it, but authors: title --authors
std::optional<ActKind> act_from_name(std::string_view name);

// A note is a remark, no letter: it stands in every history of the submission.
inline constexpr std::size_t most_note_bytes = 2'000;
// What a person puts right is shown on one line.
inline constexpr std::size_t most_title_bytes = 1'000, most_authors_bytes = 4'000;

struct Act {
  ActKind kind = ActKind::accept;
  std::string id;         // "P-7"; of dismiss "M-12"
  std::string into;       // merge: the submission that gets the versions
  int panel = 0;          // panel: 1, 2, ...; 0 for none
  std::string note;       // in the person's words
  std::string text = {};  // title, authors: the right one; "" for the paper's own again
  bool operator==(const Act&) const = default;
};

// The state that a submission has after it; of merge, the one that gets the versions: a withdrawn one
// that goes on is there again.
SubmissionState state_after(ActKind kind, SubmissionState before);

// What the act says in a history: "accepted", "merged into P-7".
std::string act_words(const Act& act);

// The command in an open note that the act settles: its text ends with it, or, of merge, goes on with
// where to. "" for none.
std::string settled_command(const Act& act);

}  // namespace papertray
