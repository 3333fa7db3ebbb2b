#include "report/replay.h"

#include <map>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"
#include "report/words.h"

namespace papertray {
namespace {

using ByMail = std::unordered_map<std::string, const ReplayedMail*>;

ByMail by_mail(const std::vector<ReplayedMail>& mails) {
  ByMail found;
  for (const ReplayedMail& mail : mails)
    found.emplace(mail.sha256, &mail);
  return found;
}

// The words of a reason tell of deadlines and numbers; what they led to is what counts.
bool same(const ReplayedMail& a, const ReplayedMail& b) {
  return a.fate == b.fate && a.track == b.track && a.root == b.root && a.version == b.version &&
         a.on_time == b.on_time && a.letters == b.letters;
}

std::string kind_of(const ReplayedMail& was, const ReplayedMail& now) {
  if (was.fate != now.fate || was.track != now.track) {
    const auto place = [](const ReplayedMail& mail) {
      return std::string(fate_name(mail.fate)) + (mail.track.empty() ? "" : " (" + mail.track + ")");
    };
    return place(was) + " -> " + place(now);
  }
  if (was.root != now.root || was.version != now.version) return "another submission or version";
  if (was.on_time != now.on_time) return now.on_time ? "late -> on time" : "on time -> late";
  return "another answer";
}

void plan(ReplayChange& change, const ByMail& database) {
  const ReplayedMail &was = change.was, &now = change.now;
  if (change.settled) return;
  if (now.fate == Fate::recorded && was.fate != Fate::recorded && now.version > 0) {
    change.step = ReplayStep::route;
    if (now.root == now.sha256) return;
    change.into_mail = now.root;
    const auto root = database.find(now.root);
    if (root != database.end()) change.into = root->second->submission;
  } else if (was.version > 0 && was.root == now.root && !was.on_time && now.on_time) {
    change.step = ReplayStep::excuse;
  }
}

// "recorded as papers P-3 version 2, late; answered with late"
std::string outcome(const ReplayedMail& mail, const std::string& submission) {
  std::string text(fate_name(mail.fate));
  if (mail.version > 0)
    text += fmt::format(" as {} {} version {}, {}", mail.track, submission, mail.version,
                        mail.on_time ? "on time" : "late");
  text += mail.letters.empty() ? "; not answered" : "; answered with " + mail.letters;
  return text + ": " + mail.reason;
}

std::string now_called(const ReplayChange& change) {
  if (!change.into.empty()) return change.into;
  if (change.now.root == change.was.root && !change.was.submission.empty()) return change.was.submission;
  return change.into_mail.empty() ? "(new)" : "(of another mail)";
}

const char* step_text(const ReplayChange& change) {
  if (change.settled) return "a person has decided about it since; it stays";
  switch (change.step) {
    case ReplayStep::route:
      return "--apply takes it in";
    case ReplayStep::excuse:
      return "--apply excuses it";
    case ReplayStep::none:
      break;
  }
  return "nothing is moved by itself; papertray list shows what a person can do";
}

std::map<std::string, std::int64_t> counts_of(const std::vector<ReplayChange>& changes) {
  std::map<std::string, std::int64_t> counts;
  for (const ReplayChange& change : changes)
    ++counts[change.kind];
  return counts;
}

json::Value decided_json(const ReplayedMail& mail, const std::string& submission) {
  json::Value value;
  value["fate"] = fate_name(mail.fate);
  value["track"] = json::words_or_null(mail.track);
  value["submission"] = json::words_or_null(submission);
  value["version"] = mail.version > 0 ? json::Value(mail.version) : json::Value(nullptr);
  value["on_time"] = mail.version > 0 ? json::Value(mail.on_time) : json::Value(nullptr);
  value["letters"] = json::words_or_null(mail.letters);
  value["reason"] = json::words(mail.reason);
  return value;
}

const char* step_name(const ReplayChange& change) {
  if (change.settled) return "settled";
  return change.step == ReplayStep::route    ? "route"
         : change.step == ReplayStep::excuse ? "excuse"
                                             : "none";
}

}  // namespace

std::vector<ReplayChange> replay_changes(const std::vector<ReplayedMail>& before,
                                         const std::vector<ReplayedMail>& after,
                                         const std::vector<ReplayedMail>& database) {
  const ByMail anew = by_mail(after), stands = by_mail(database);
  std::vector<ReplayChange> changes;
  for (const ReplayedMail& was : before) {
    const auto now = anew.find(was.sha256);
    if (now == anew.end() || same(was, *now->second)) continue;
    ReplayChange change{.was = was, .now = *now->second, .kind = kind_of(was, *now->second)};
    const auto today = stands.find(was.sha256);
    if (today != stands.end()) {
      const ReplayedMail& is = *today->second;
      change.settled = is.fate != was.fate || is.track != was.track || is.root != was.root ||
                       is.version != was.version || is.on_time != was.on_time;
      change.was.submission = is.submission;
      change.was.id = is.id;
    }
    plan(change, stands);
    changes.push_back(std::move(change));
  }
  return changes;
}

std::string replay_text(const ReplayView& view, const Look& look) {
  std::string text;
  for (const ReplayChange& change : view.changes) {
    Facts facts;
    facts.add("was", outcome(change.was, change.was.submission));
    facts.add("would be", outcome(change.now, now_called(change)), Tone::strong);
    facts.add("", "");
    text += heading(
        fmt::format("{} {}: {}", change.was.id, one_line(change.was.from), one_line(change.was.subject)),
        look);
    text += facts.text(look, 2);
    text += block(step_text(change), look, 2, Tone::dim);
  }
  if (!text.empty()) text += "\n";
  text += fmt::format("{} of {} mails would be decided otherwise under {}\n",
                      grouped(static_cast<std::int64_t>(view.changes.size())), grouped(view.mails),
                      one_line(view.rules));
  for (const auto& [kind, count] : counts_of(view.changes))
    text += fmt::format("  {}  {}\n", grouped(count), kind);
  if (view.applied) text += fmt::format("{} moved\n", grouped(view.moved));
  return text;
}

std::string replay_json(const ReplayView& view) {
  json::Value value = json::document("replay");
  value["rules"] = json::words(view.rules);
  value["mails"] = view.mails;
  value["changed"] = view.changes.size();
  value["applied"] = view.applied;
  value["moved"] = view.moved;
  value["counts"] = json::Value::array();
  for (const auto& [kind, count] : counts_of(view.changes)) {
    json::Value one;
    one["kind"] = kind;
    one["mails"] = count;
    value["counts"].push_back(std::move(one));
  }
  value["items"] = json::Value::array();
  for (const ReplayChange& change : view.changes) {
    json::Value item;
    item["id"] = change.was.id;
    item["from"] = json::words(change.was.from);
    item["subject"] = json::words(change.was.subject);
    item["kind"] = change.kind;
    item["apply"] = step_name(change);
    item["was"] = decided_json(change.was, change.was.submission);
    item["now"] = decided_json(change.now, now_called(change));
    value["items"].push_back(std::move(item));
  }
  return json::printed(value);
}

}  // namespace papertray
