// An author takes a submission back: by a mail that asks for it, and by an answer to the mail that asks
// whether that is meant. Nobody can take back another's by writing his address into From, and no program
// can by answering. Pure: who the sender is and what the submission is comes from the store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/retry.h"
#include "core/route.h"
#include "core/submission.h"

namespace papertray {

// Whether the subject, or the first line of what the mail says (ReplyText::said), asks to withdraw a
// submission: "Withdraw", "withdrawal of P-7", "We would like to withdraw our paper". In English, as the
// receipts are; a title that has the word, a question about it and "do not" ask for nothing. Linear in
// the texts, of which only the beginnings are looked at.
bool asks_to_withdraw(std::string_view subject, std::string_view said);

// Whether the word is there at all: most mails need no closer look.
bool speaks_of_withdrawal(std::string_view text);

enum class WithdrawalAnswer { yes, no, unclear };
// What an answer to "is it to be withdrawn?" says: its first line decides.
WithdrawalAnswer answers_withdrawal(std::string_view said);

// A mail that asks to withdraw, or that answers us, and what it is about.
struct WithdrawalFacts {
  std::string label = {};  // "P-7"; "" when the mail does not tell which
  SubmissionState state = SubmissionState::submitted;
  bool own = false;         // the sender is one of its addresses
  std::string sender = {};  // bare address
  // Submissions of the sender that are not withdrawn yet, when the mail does not tell which it means.
  std::vector<std::string> others = {};
  bool pdf = false;             // the mail brings one
  std::string unanswered = {};  // why the sender gets no answer from us; "" when he may
};

enum class WithdrawalStep {
  none,      // not our business: what the rules decided stands
  note,      // it stands, and a person is told
  person,    // a person decides
  confirm,   // the sender is asked whether it is meant
  withdraw,  // it is meant
  told,      // was withdrawn before: the sender is told once more
};

struct WithdrawalVerdict {
  WithdrawalStep step = WithdrawalStep::none;
  std::string text;          // the reason, or the note: one sentence
  std::string command = {};  // the one that a person may want to give; "" for none

  std::string sentence() const { return command.empty() ? text : text + ": " + command; }
};

WithdrawalVerdict judge_request(const WithdrawalFacts& facts);
// `asked` is the state of the row that asked.
WithdrawalVerdict judge_answer(const WithdrawalFacts& facts, WithdrawalAnswer answer, OutboxState asked);

// What the verdict makes of the rules' decision: fate, answer and reason.
void decide_withdrawal(const WithdrawalVerdict& verdict, Decision& decision);

// The token of ours that a mail answers: the last one of In-Reply-To, else one that stands in the last
// two of References, where our own mails have it (servers rewrite Message-ID). Further up stands what
// others have answered already. "" for none.
std::string answered_token(const Message& message);

}  // namespace papertray
