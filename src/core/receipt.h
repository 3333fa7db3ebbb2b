// What a receipt says, before it is put into words: facts only. The words are the rules' templates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/checked_paper.h"
#include "core/deadline.h"
#include "core/route.h"
#include "core/rules.h"

namespace papertray {

// One per template in rules/: "received", "replaced", "late", "duplicate", "problem", "question",
// "confirm-withdrawal", "withdrawn"; and what people have sent: "accepted", "rejected", "reminder";
// "final" for a final copy; and letters of the organizers' own, "letters/posters".
enum class ReceiptKind {
  received,
  replaced,
  late,
  duplicate,
  problem,
  question,
  confirm_withdrawal,
  withdrawn,
  accepted,
  rejected,
  reminder,
  final_copy,
  letter
};

std::string_view receipt_kind_name(
    ReceiptKind kind);  // "letters/" of those that are the organizers' own
std::optional<ReceiptKind> receipt_kind_from_name(std::string_view name);
// Without the organizers' own, of which there is any number.
inline constexpr ReceiptKind all_receipt_kinds[] = {
    ReceiptKind::received,           ReceiptKind::replaced,  ReceiptKind::late,
    ReceiptKind::duplicate,          ReceiptKind::problem,   ReceiptKind::question,
    ReceiptKind::confirm_withdrawal, ReceiptKind::withdrawn, ReceiptKind::accepted,
    ReceiptKind::rejected,           ReceiptKind::reminder,  ReceiptKind::final_copy};

// Rules that an older papertray wrote into the log have no template for this: then nothing of the kind
// is written, as it was not then.
bool is_later_receipt_kind(ReceiptKind kind);

// Sent by people, not earned by a mail.
bool is_letter_kind(ReceiptKind kind);

// "posters" of "letters/posters"; nullopt when it is no name of an own letter: small letters, digits and
// hyphens, at most 40, none that has a meaning already.
inline constexpr std::string_view own_letters = "letters/";
std::optional<std::string_view> own_letter_name(std::string_view kind);

struct ReceiptFacts {
  ReceiptKind kind = ReceiptKind::received;
  std::string letter = {};  // "letters/posters", of ReceiptKind::letter
  std::string label;        // "P-7"; "" for a problem
  int version = 0;
  Time received{};
  std::optional<Deadline> due;
  Lateness lateness;
  std::string file_name;  // the sender's, shown as text
  std::uint64_t size = 0;
  std::string sha256;
  Problem problem = Problem::none;
  std::optional<Oversize> oversize = {};  // beside Problem::too_large
  std::string problem_file = {};          // as in Decision
  FileKind problem_kind = FileKind::unknown;
  std::string question;                      // the question's text, for a question
  std::vector<std::string> other_files;      // kept beside the paper
  std::optional<int> counts_version;         // late: the on-time version that still counts
  std::string sender_subject;                // quoted as text only
  std::string title = {};                    // of the submission, "" when unknown
  std::string note = {};                     // what the organizers say beside a decision
  std::optional<CheckedPaper> checked = {};  // what was found in the paper, when that is known
  bool check_to_come = false;                // it is being looked into, or will be
};

// Template variables: name -> text. Conditions are names whose text is "" (false) or not (true).
struct ReceiptView {
  std::vector<std::pair<std::string, std::string>> values;
};

// `now` is not needed: a receipt tells only of the past. Documented name by name in docs/rules.md.
ReceiptView receipt_view(const ReceiptFacts& facts, const Rules& rules, const Track& track);

// The names receipt_view can produce, for checking a template before it is used.
const std::vector<std::string>& receipt_view_names();

}  // namespace papertray
