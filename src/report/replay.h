// All mail decided anew under other rules, beside what it was decided as: what would change and why.
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/route.h"
#include "report/look.h"

namespace papertray {

// One mail and all that was decided about it.
struct ReplayedMail {
  std::string id = {};      // "M-12"
  std::string sha256 = {};  // of the mail
  std::string from = {}, subject = {};
  Fate fate = Fate::triage;
  std::string reason = {};
  std::string track = {};
  std::string submission = {};  // "P-3" of the version it brought, "" for none
  std::string root = {};  // sha256 of that submission's first mail: numbers may differ, this does not
  int version = 0;
  bool on_time = true;
  std::string letters = {};  // the kinds of what answers it: "received", "received (suppressed)"
};

// What `--apply` can do about it.
enum class ReplayStep { none, route, excuse };

struct ReplayChange {
  ReplayedMail was = {};  // submission: as the database calls it
  ReplayedMail now = {};
  std::string kind = {};  // "triage -> recorded": counted by it
  ReplayStep step = ReplayStep::none;
  std::string into =
      {};  // route: the submission of the database whose version it would be, "" for a new one
  // route: the mail (sha256) whose submission it would join, "" when it is its own.
  std::string into_mail = {};
  bool settled = false;  // a person has decided about it since: it stays
};

struct ReplayView {
  std::string rules = {};  // the file
  std::int64_t mails = 0;
  std::vector<ReplayChange> changes = {};  // in the order of the mails
  bool applied = false;
  std::int64_t moved = 0;
};

// `before`: all mail by the rules that the log has; `after`: by the others; `database`: as it stands,
// with what people did since. Mails are matched by their bytes.
std::vector<ReplayChange> replay_changes(const std::vector<ReplayedMail>& before,
                                         const std::vector<ReplayedMail>& after,
                                         const std::vector<ReplayedMail>& database);

std::string replay_text(const ReplayView& view, const Look& look);
std::string replay_json(const ReplayView& view);

}  // namespace papertray
