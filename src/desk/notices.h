// Who is written to when organizers send letters: a pure table. Nobody is told the same decision twice,
// and nobody is told another one without a person's word for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/submission.h"

namespace papertray {

enum class NoticeWhat {
  decisions,  // accepted and rejected
  accepted,   // one of them alone
  rejected,
  missing_final,  // the reminder, to whom it concerns
  letter,         // of the organizers' own, to whom they say
};

// Whom an own letter is for. Never one that is withdrawn.
enum class NoticeTo { all, accepted, rejected, undecided, missing_final, received_final };
std::optional<NoticeTo> notice_to_from_name(std::string_view name);  // "missing-final"
std::vector<std::string> notice_to_names();

// A paper as letters about it need it.
struct NoticeStanding {
  std::string id = {};  // "P-7"
  SubmissionState state = SubmissionState::submitted;
  bool final_copy = false;  // there is one
  std::string told = {};    // the newest decision that was written: "accepted", "rejected", "" for none
  std::int64_t told_row = 0;  // its row in the outbox
  bool told_waits = false;    // and that has not been tried yet
  bool told_failed = false;   // or did not arrive
  bool reminded = false;      // a reminder was written
  // Of the own letter in question: its row in the outbox, 0 when it was not written yet.
  std::int64_t letter_row = 0;
  bool letter_waits = false;
  bool letter_failed = false;
  std::string to = {};       // whom a machine may write to; "" for nobody
  std::string refusal = {};  // why not
};

enum class NoticeStep {
  write,
  told,    // done already
  again,   // only when a person says --again
  person,  // a person has to look: text says why and what to do
};

struct Notice {
  NoticeStep step = NoticeStep::write;
  std::string kind = {};  // of the letter: "accepted"
  std::string text = {};  // one sentence; of `write` what a person should know, "" for nothing
};

// nullopt: it is no paper that such a letter is about.
std::optional<Notice> judge_notice(NoticeWhat what, const NoticeStanding& paper, bool again);
// `kind` is the letter's ("letters/posters").
std::optional<Notice> judge_letter(const std::string& kind, NoticeTo to, const NoticeStanding& paper,
                                   bool again);

std::string_view notice_step_name(NoticeStep step);  // "write"

}  // namespace papertray
