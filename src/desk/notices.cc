#include "desk/notices.h"

#include <utility>

#include <fmt/format.h>

namespace papertray {
namespace {

// What is written once it may be: only to whom a machine may write.
Notice letter(const NoticeStanding& paper, std::string kind, std::string text) {
  if (paper.to.empty())
    return {NoticeStep::person, std::move(kind),
            fmt::format("a person has to write: {}", paper.refusal)};
  return {NoticeStep::write, std::move(kind), std::move(text)};
}

std::optional<Notice> judge_decision(const NoticeStanding& paper, bool again) {
  if (paper.state == SubmissionState::withdrawn) return std::nullopt;
  if (paper.state == SubmissionState::submitted) {
    if (paper.told.empty()) return std::nullopt;
    return Notice{
        NoticeStep::person, paper.told,
        fmt::format("its author was told \"{}\", and no decision stands now; decide anew", paper.told)};
  }
  const std::string now{state_name(paper.state)};
  if (paper.told.empty()) return letter(paper, now, "");
  if (paper.told == now) {
    if (!paper.told_failed) return Notice{NoticeStep::told, now, "told already"};
    return Notice{NoticeStep::person, now,
                  fmt::format("its letter did not arrive; papertray outbox retry {0} tries again, "
                              "papertray outbox show {0} says why",
                              paper.told_row)};
  }
  const std::string was = fmt::format("was told \"{}\" before", paper.told);
  if (paper.told_waits)
    return Notice{NoticeStep::person, now,
                  fmt::format("the letter \"{}\" still waits in the outbox; papertray outbox drop {} "
                              "takes it back, then notify",
                              paper.told, paper.told_row)};
  if (!again) return Notice{NoticeStep::again, now, was + "; --again writes the new decision"};
  return letter(paper, now, was);
}

std::optional<Notice> judge_reminder(const NoticeStanding& paper, bool again) {
  if (paper.state != SubmissionState::accepted || paper.final_copy) return std::nullopt;
  if (paper.reminded && !again)
    return Notice{NoticeStep::again, "reminder", "reminded already; --again reminds once more"};
  return letter(paper, "reminder",
                paper.told == "accepted" ? "" : "no letter of ours has told that it is accepted");
}

constexpr std::pair<NoticeTo, std::string_view> groups[] = {
    {NoticeTo::all, "all"},
    {NoticeTo::accepted, "accepted"},
    {NoticeTo::rejected, "rejected"},
    {NoticeTo::undecided, "undecided"},
    {NoticeTo::missing_final, "missing-final"},
    {NoticeTo::received_final, "received-final"}};

bool is_meant(NoticeTo to, const NoticeStanding& paper) {
  const bool accepted = paper.state == SubmissionState::accepted;
  switch (to) {
    case NoticeTo::all:
      return paper.state != SubmissionState::withdrawn;
    case NoticeTo::accepted:
      return accepted;
    case NoticeTo::rejected:
      return paper.state == SubmissionState::rejected;
    case NoticeTo::undecided:
      return paper.state == SubmissionState::submitted;
    case NoticeTo::missing_final:
      return accepted && !paper.final_copy;
    case NoticeTo::received_final:
      break;
  }
  return accepted && paper.final_copy;
}

}  // namespace

std::optional<NoticeTo> notice_to_from_name(std::string_view name) {
  for (const auto& [to, known] : groups)
    if (known == name) return to;
  return std::nullopt;
}

std::vector<std::string> notice_to_names() {
  std::vector<std::string> names;
  for (const auto& [to, name] : groups)
    names.emplace_back(name);
  return names;
}

std::optional<Notice> judge_letter(const std::string& kind, NoticeTo to, const NoticeStanding& paper,
                                   bool again) {
  if (!is_meant(to, paper)) return std::nullopt;
  if (paper.letter_row == 0) return letter(paper, kind, "");
  if (paper.letter_failed)
    return Notice{NoticeStep::person, kind,
                  fmt::format("its letter did not arrive; papertray outbox retry {0} tries again, "
                              "papertray outbox show {0} says why",
                              paper.letter_row)};
  if (!again) return Notice{NoticeStep::told, kind, "has this letter already"};
  if (paper.letter_waits)
    return Notice{NoticeStep::person, kind,
                  fmt::format("this letter still waits in the outbox; papertray outbox drop {} takes it "
                              "back",
                              paper.letter_row)};
  return letter(paper, kind, "had this letter before");
}

std::optional<Notice> judge_notice(NoticeWhat what, const NoticeStanding& paper, bool again) {
  if (what == NoticeWhat::missing_final) return judge_reminder(paper, again);
  std::optional<Notice> notice = judge_decision(paper, again);
  const bool asked = what == NoticeWhat::decisions ||
                     (what == NoticeWhat::accepted && notice && notice->kind == "accepted") ||
                     (what == NoticeWhat::rejected && notice && notice->kind == "rejected");
  return asked ? notice : std::nullopt;
}

std::string_view notice_step_name(NoticeStep step) {
  switch (step) {
    case NoticeStep::write:
      return "write";
    case NoticeStep::told:
      return "told";
    case NoticeStep::again:
      return "again";
    case NoticeStep::person:
      break;
  }
  return "person";
}

}  // namespace papertray
