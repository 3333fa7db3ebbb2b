#include "desk/notices.h"

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

}  // namespace

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
