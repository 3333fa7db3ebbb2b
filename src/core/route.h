// Where a message goes, and why: a pure function from the message and the rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"
#include "core/oversize.h"
#include "core/rules.h"

namespace papertray {

enum class Fate { recorded, triage, ignored, quarantined, vanished };

std::string_view fate_name(Fate fate);
std::optional<Fate> fate_from_name(std::string_view name);

// What to tell the sender. `none` for mail that no track asked for.
enum class Answer {
  none,
  received,            // became a submission or a version of one
  question,            // became a question
  problem,             // meant for a track, but what the track needs is missing; `problem` says what
  confirm_withdrawal,  // asks to withdraw a submission: is that meant? (core/withdrawal.h)
  withdrawn,           // the submission is withdrawn
};

// Why a mail that was meant for a track cannot be taken as it is.
enum class Problem { none, no_pdf, link_only, other_format, sealed, empty_text, too_large, damaged };

struct Decision {
  Fate fate = Fate::triage;
  std::string track;         // "" unless the subject (or what came with it) found one
  bool names_track = false;  // the subject has a track's phrase, or is near one
  Answer answer = Answer::none;
  Problem problem = Problem::none;
  std::string problem_file;                   // its name, when a file is the problem
  FileKind problem_kind = FileKind::unknown;  // and what it is
  bool asks_to_withdraw = false;   // some submission; which one, and whether he may, is not settled here
  std::string reason;              // one sentence a person can read
  std::vector<std::string> notes;  // what a person should look at though the fate is clear
  int paper = -1;                  // index into message.parts of the PDF that is taken, or -1
  std::vector<std::string> trace;  // every step taken, for `explain`
};

// `oversize`: the message is a header, and what came below it is unknown.
Decision route(const Message& message, const Rules& rules,
               const std::optional<Oversize>& oversize = std::nullopt);

// Automatic mail (RFC 3834 and the usual headers): the reason, or "" when a person seems to have
// written it.
std::string automatic_mail(const Message& message);

// Which of several PDFs is the paper: named like a supplement loses, then the larger wins, then
// the first. -1 when there is none.
int choose_paper(const Message& message);

}  // namespace papertray
