// Letters that organizers send: who would get which, as everything stands now.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/acting.h"
#include "core/may_reply.h"
#include "desk/notices.h"
#include "report/notices.h"

namespace papertray {

// May a machine write to who sent this mail? By message ("M-12"): reading it again is the dear part.
using KnownRecipients = std::map<std::string, MayReply>;

struct LetterPlan {
  NoticesView view;
  std::vector<LettersOrdered::Letter> letters;  // without tokens
};

// What a person asked for.
struct LetterWish {
  NoticeWhat what = NoticeWhat::decisions;
  std::string letter = {};  // "letters/posters", of NoticeWhat::letter
  NoticeTo to = NoticeTo::all;
  std::vector<std::string> ids = {};  // only these; all when empty
  bool again = false;
  bool with_notes = false;
};

// Throws Failure when nothing can be written at all: no [smtp], receipts off, templates that are not
// those in force.
LetterPlan plan_letters(Acting& acting, const Globals& globals, const LetterWish& wish,
                        KnownRecipients& known);

// Whether two plans write the same letters to the same people.
bool same_letters(const LetterPlan& a, const LetterPlan& b);

// A token that nobody can guess: a bounce or an answer is known by it.
std::string chance_token();

}  // namespace papertray
