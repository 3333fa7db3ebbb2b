#include "core/withdrawal.h"

#include <fmt/format.h>

#include "core/printable.h"
#include "core/receipt_token.h"

namespace papertray {
namespace {

constexpr std::size_t longest_address = 80;

std::string shown(std::string_view address) {
  return address.empty() ? "an unknown address" : cut_to(one_line(address), longest_address);
}

std::string command(std::string_view label) {
  return fmt::format("papertray withdraw {}", label);
}

// Without a submission: the sender's only one is named, never guessed.
WithdrawalVerdict which_one(const WithdrawalFacts& facts) {
  const std::string what = "asks to withdraw, but does not say what; ";
  if (facts.others.empty())
    return {WithdrawalStep::person, what + "nothing of " + shown(facts.sender) + " is here"};
  if (facts.others.size() == 1)
    return {WithdrawalStep::person, what + "the sender's only one is " + facts.others.front(),
            command(facts.others.front())};
  std::string labels;
  for (const std::string& label : facts.others)
    labels += (labels.empty() ? "" : ", ") + label;
  return {WithdrawalStep::person, what + "the sender has " + labels};
}

bool went_out(OutboxState state) {
  switch (state) {
    case OutboxState::sending:
    case OutboxState::sent:
    case OutboxState::unknown:
    case OutboxState::failed:  // bounced, it seemed
      return true;
    default:
      return false;
  }
}

}  // namespace

WithdrawalVerdict judge_request(const WithdrawalFacts& facts) {
  const bool gone = facts.state == SubmissionState::withdrawn;
  if (facts.label.empty()) return facts.pdf ? WithdrawalVerdict{} : which_one(facts);
  const std::string what = "asks to withdraw " + facts.label;
  const std::string act = command(facts.label);
  if (facts.pdf) {
    if (gone) return {};
    return {WithdrawalStep::note, "brings a PDF, but also " + what + "; if that is meant", act};
  }
  if (!facts.own) {
    const std::string who = what + ", but " + shown(facts.sender) + " is none of its addresses";
    if (gone) return {WithdrawalStep::person, who + "; it is withdrawn"};
    return {WithdrawalStep::person, who + "; if it is to be", act};
  }
  if (gone && facts.unanswered.empty()) return {WithdrawalStep::told, what + ", which is withdrawn"};
  if (gone) return {WithdrawalStep::person, what + ", which is withdrawn, but " + facts.unanswered};
  if (!facts.unanswered.empty())
    return {WithdrawalStep::person,
            what + ", but cannot be asked to confirm it: " + facts.unanswered + "; if it is to be", act};
  return {WithdrawalStep::confirm, what + ": the sender is asked to confirm it"};
}

WithdrawalVerdict judge_answer(const WithdrawalFacts& facts, WithdrawalAnswer answer,
                               OutboxState asked) {
  const bool yes = answer == WithdrawalAnswer::yes;
  const bool gone = facts.state == SubmissionState::withdrawn;
  const std::string act = command(facts.label);
  if (facts.pdf) {
    if (!yes || gone) return {};
    return {
        WithdrawalStep::note,
        "brings a PDF, but also confirms that " + facts.label + " is to be withdrawn; if that is meant",
        act};
  }
  const std::string what = "answers our question whether " + facts.label + " is to be withdrawn, ";
  const auto person = [&](const std::string& why) {
    return WithdrawalVerdict{WithdrawalStep::person, what + why + "; if it is to be", act};
  };
  if (gone && yes && facts.own && facts.unanswered.empty())
    return {WithdrawalStep::told, "confirms that " + facts.label + " is withdrawn, as it is"};
  if (gone) return {WithdrawalStep::person, what + "which is done: a person writing to us"};
  if (!went_out(asked)) return person("which was never sent");
  if (!facts.own) return person("but " + shown(facts.sender) + " is none of its addresses");
  if (answer == WithdrawalAnswer::no) return {WithdrawalStep::person, what + "with no: it stays"};
  if (!yes) return person("but says neither yes nor no");
  if (!facts.unanswered.empty()) return person("but " + facts.unanswered);
  return {WithdrawalStep::withdraw, "confirms that " + facts.label + " is to be withdrawn"};
}

void decide_withdrawal(const WithdrawalVerdict& verdict, Decision& decision) {
  switch (verdict.step) {
    case WithdrawalStep::none:
    case WithdrawalStep::note:
      return;
    case WithdrawalStep::person:
      decision.fate = Fate::triage;
      decision.answer = Answer::none;
      break;
    case WithdrawalStep::confirm:
      decision.fate = Fate::recorded;
      decision.answer = Answer::confirm_withdrawal;
      break;
    case WithdrawalStep::withdraw:
    case WithdrawalStep::told:
      decision.fate = Fate::recorded;
      decision.answer = Answer::withdrawn;
      break;
  }
  decision.problem = Problem::none;
  decision.paper = -1;
  decision.reason = verdict.sentence();
  decision.trace.push_back(fmt::format("{}: {}", fate_name(decision.fate), decision.reason));
}

std::string answered_token(const Message& message) {
  for (auto id = message.in_reply_to.rbegin(); id != message.in_reply_to.rend(); ++id)
    if (std::string token = token_in(*id); !token.empty()) return token;
  constexpr std::size_t nearest = 2;
  const std::vector<std::string>& ids = message.references;
  for (std::size_t i = ids.size(); i > ids.size() - std::min(ids.size(), nearest); --i)
    if (std::string token = token_in(ids[i - 1]); !token.empty()) return token;
  return "";
}

}  // namespace papertray
