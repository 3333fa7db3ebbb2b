// What a person may do with a submission or a message as it stands: pure tables. They say no only where
// the act would mean nothing or would hide something; whether it is wise is the person's business.
#pragma once

#include <string>
#include <vector>

#include "core/act.h"
#include "core/route.h"
#include "core/submission.h"

namespace papertray {

// A submission as it stands.
struct Standing {
  std::string id = {};     // "P-7"
  std::string track = {};  // "papers"
  SubmissionState state = SubmissionState::submitted;
  bool paper = true;             // of a track that wants PDFs; else a question
  int late = 0;                  // versions that are late and not excused
  std::string merged_into = {};  // "P-3", "" when it stands for itself; itself: its route was undone
  int panel = 0;                 // 0: none
  int panels = 0;                // that the track has
  bool hidden = false;           // on no sheet and no page
};

// A message as it stands.
struct MessageStanding {
  std::string id = {};  // "M-12"
  Fate fate = Fate::triage;
  std::string submission = {};  // "P-7", "" for none
  int open_notes = 0;
};

enum class Step {
  act,      // to be done
  already,  // it is so: nothing to do, and no mistake
  refuse,
};

struct ActVerdict {
  Step step = Step::act;
  std::string text = {};  // already, refuse: why, one sentence
};

// accept, reject, withdraw, excuse, hide, restore.
ActVerdict judge_act(ActKind kind, const Standing& standing);
ActVerdict judge_merge(const Standing& from, const Standing& into);
// A title or an authors' list: `stands` is what a person had put in its place before, "" for nothing.
ActVerdict judge_correction(const Standing& standing, const std::string& stands,
                            const std::string& wanted);
ActVerdict judge_panel(const Standing& standing, int panel);
ActVerdict judge_dismiss(const MessageStanding& message);

// A message that is to become a submission, or a version of one.
ActVerdict judge_route(const MessageStanding& message);
ActVerdict judge_route_into(const Standing& into);

// The last thing that a person did, and what stands on it.
struct LastDone {
  std::string command = {};  // "accept P-7"; "" when there is none
  std::string routed = {};   // "M-12 was taken as P-9": of a route whose author was told
  std::string later = {};    // "bob's `reject P-7`": what a later decision did to the same
  std::string changed = {};  // "P-7 is withdrawn": it is not any more what that made it
};
ActVerdict judge_undo(const LastDone& last, const std::string& actor);

}  // namespace papertray
