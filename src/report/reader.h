// What people ask of the database, as rows; the words and columns are made elsewhere in report/.
// Read-only: any number of readers while the daemon writes. Every failure is Failure (store).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/act.h"
#include "core/checked_paper.h"
#include "core/retry.h"
#include "core/route.h"
#include "core/submission.h"
#include "core/time.h"

namespace papertray {

struct TrackCounts {
  std::string track;
  std::int64_t submissions = 0;
  std::int64_t on_time = 0;  // whose counting version is on time
  std::int64_t late = 0;
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t withdrawn = 0;
  std::int64_t final = 0;
  std::int64_t late_undecided = 0;
  std::int64_t with_findings = 0;  // whose counting version has some to look at
};

struct Counts {
  std::int64_t total = 0, recorded = 0, triage = 0, ignored = 0, quarantined = 0, vanished = 0;
  // Of them: found in a spam folder and nowhere else; and what of those is in triage.
  std::int64_t spam = 0, spam_triage = 0;
  std::int64_t open_notes = 0;  // that a person has to settle, of messages that are not in triage
  std::int64_t unchecked = 0;   // PDFs of versions that nobody has looked into yet
  std::vector<TrackCounts> tracks;
  std::int64_t queued = 0, sent = 0, failed = 0, suppressed = 0, unknown = 0, held = 0, paused = 0,
               dropped = 0;
};

// The final copy that counts: the newest on time, else the newest.
struct FinalRow {
  int version = 0;
  Time received{};
  bool on_time = true;
  std::optional<std::int64_t> margin_s;  // nullopt: there is no deadline
  std::string sha256;
  std::string file;  // "P-007_v3.pdf"
};

struct PaperRow {
  std::string id;  // "P-7"
  std::string title;
  std::string submitter;  // bare address
  std::string submitter_name;
  int versions = 0;
  // Of the version that counts: the newest on time, else the newest.
  int counting = 0;
  Time received{};
  bool on_time = true;
  std::int64_t margin_s = 0;
  std::string state;         // state_name
  std::optional<int> pages;  // nullopt until the paper check has run, or could count none
  int findings = 0;          // to look at (core/checked_paper.h)
  std::string sha256;
  std::string file;  // "P-007_v2.pdf"
  std::optional<FinalRow> final_copy = {};
  std::string authors = {};  // as pages name them; only where PagesReader::authors filled it in
};

struct QuestionRow {
  std::string id;     // "Q-3"
  std::string asker;  // bare address
  std::string asker_name;
  std::string text;
  Time received{};
  bool on_time = true;
  std::optional<int> panel;
  bool hidden = false;
};

struct MessageRow {
  std::string id;  // "M-12"
  std::string message_id;
  std::string from;  // bare address
  std::string subject;
  Time received{};
  Fate fate = Fate::triage;
  std::string reason;
  std::string track;       // "" for none
  std::string submission;  // "P-7", "" for none
  std::string sha256;
  std::vector<std::string> notes;
  std::vector<std::string> open_notes = {};  // those of them that a person has to settle
};

struct OutboxListRow {
  std::int64_t id = 0;
  std::string kind;
  std::string to;
  std::string subject;
  OutboxState state = OutboxState::queued;
  int attempts = 0;
  std::string reason;
  std::string submission;  // "P-7", "" for none
  Time created{};
  std::optional<Time> next_try;
};

// One line of a row's history: an attempt, or what a person ordered.
struct OutboxStep {
  Time begun{};
  std::optional<Time> ended;  // nullopt: under way, or cut off
  std::string state;          // of the row after it, "" while it is under way
  std::string reason;
  std::optional<Time> next_try;
};

struct ShownLetter {
  OutboxListRow row;
  std::string token;
  std::string message;     // "M-12" that it answers, "" for none
  std::string message_id;  // ours, without < >
  std::string bytes;       // the mail as it is sent, "" when it was never written
  std::vector<OutboxStep> steps;
};

// How it stands with sending.
struct Sending {
  std::string paused;         // why nothing is sent, "" when it is
  std::optional<Time> until;  // of the pause, nullopt: until a person resumes
  std::vector<Time> sent;     // handed over within limits_window, ascending
};

// The last look at a paper.
struct PaperCheckRow {
  Time at{};
  std::string style;  // PaperStyle::id
  std::string style_version;
  CheckedPaper paper;
};

struct VersionRow {
  int version = 0;
  std::string message;  // "M-12"
  Time received{};
  bool on_time = true;
  std::int64_t margin_s = 0;
  std::string file_name;  // the sender's
  std::string file;       // in papers/; "" for questions
  std::uint64_t size = 0;
  std::string sha256;
  std::string text;            // questions: what the asker says; papers: the mail's
  std::string full_text = {};  // questions: the mail's, "" when it is `text`
  bool counts = false;
  bool excused = false;          // late, and counts as on time by a person's word
  std::string merged_from = {};  // "P-9" whose mail it was, "" for its own
  // Of a final copy on_time and margin_s are about the deadline for those.
  bool final_copy = false;
  bool final_counts = false;                // and it is the one that counts
  bool has_due = true;                      // there is a deadline it is measured by
  std::optional<PaperCheckRow> check = {};  // nullopt: not yet, and for questions
};

// A paper as letters about it need it.
struct NoticeRow {
  std::string id;
  std::string track;
  std::string title;
  std::string state;              // state_name
  std::string message;            // "M-12", that brought the version which counts
  std::uint32_t log_segment = 0;  // where its bytes lie
  std::uint64_t log_offset = 0;
  std::uint64_t size = 0;
  bool final_copy = false;
  // The newest letter about a decision that was not dropped: its kind, "" for none, its row and state.
  std::string told;
  std::int64_t told_row = 0;
  OutboxState told_state = OutboxState::queued;
  bool reminded = false;
  // The newest letter of the organizers' own that was asked about: its row, 0 for none, and its state.
  std::int64_t letter_row = 0;
  OutboxState letter_state = OutboxState::queued;
  std::string decision_note;  // what stands beside the last decision
};

// A submission that a mail may be about.
struct RelatedRow {
  std::string id;  // "P-7"
  std::string title;
  std::string state;
  std::string why;  // "on its thread", "same sender"
};

// Something that happened, for `show`: in time order.
struct HistoryRow {
  Time at{};
  std::string what;  // one sentence
};

struct ShownSubmission {
  std::string id;
  std::string track;
  std::string title;
  std::string submitter, submitter_name;
  std::string state;
  std::vector<VersionRow> versions;
  std::vector<MessageRow> messages;
  std::vector<OutboxListRow> outbox;
  std::vector<HistoryRow> history;
  std::string merged_into = {};  // "P-7": it has no versions of its own any more; "" for most
  std::optional<int> panel = {};
  bool hidden = false;       // a question on no sheet and no page
  std::string authors = {};  // of a paper: as its PDF names them, or as a person did; "" for nobody
  // What a person put in the place of what was read, "" for nothing.
  std::string right_title = {}, right_authors = {};
};

// The last order of a person that was not undone, and what stands on it.
struct LastOrder {
  std::int64_t order = 0;
  Time at{};
  std::string command;
  std::vector<Act> acts;
  std::string routed, later, changed;  // as LastDone (desk/judge.h) has them
};

struct PlaceRow {
  std::string account, folder, name;
  std::uint32_t uidvalidity = 0, uid = 0;
  bool marked = false;
};

struct ShownMessage {
  MessageRow row;
  std::string from_name;
  std::vector<PlaceRow> places;
  // The clocks and which of them counted (clock_name).
  std::optional<Time> internaldate, received_header, delivery_date, mbox_from, file_time, date;
  Time fetched{};
  std::string clock;
  std::uint64_t size = 0;            // bytes in the log
  std::optional<Oversize> oversize;  // then those are a header
  std::string spam_folder;           // that it was found in and owes its fate to, "" for none
  std::uint32_t log_segment = 0;
  std::uint64_t log_offset = 0;
  std::vector<OutboxListRow> outbox;
  std::vector<HistoryRow> history = {};  // what people decided about it
};

struct ListFilter {
  std::string track;  // "" for all
  bool late = false;
  bool problems = false;  // outbox: not sent; messages: with notes, quarantined or vanished
  std::optional<Fate> fate;
  bool open_notes = false;   // messages: those with one, too, whatever their fate
  bool quarantined = false;  // messages: those in quarantine, too
  std::optional<int> panel;
  bool shown = false;      // questions: without those hidden or withdrawn
  std::string final_copy;  // "missing", "received": accepted papers without or with one; "" for all
  std::string state;       // submission state, "" for all
};

// Takes papers one after the other; each row lives during the call.
using PaperSink = std::function<void(const PaperRow&)>;
// Gives them.
using PaperRows = std::function<void(const PaperSink&)>;

// The vector must outlive what is returned.
inline PaperRows from(const std::vector<PaperRow>& rows) {
  return [&rows](const PaperSink& sink) {
    for (const PaperRow& row : rows)
      sink(row);
  };
}

// What a row needs to hold: all, or what the table shows (no name, counting version, SHA-256 and file).
enum class PaperDetail { table, all };

class Reader {
 public:
  virtual ~Reader() = default;
  virtual Counts counts() const = 0;
  // A list of 100,000 is never held as rows.
  virtual void each_paper(const ListFilter& filter, PaperDetail detail, const PaperSink& sink) const = 0;
  std::vector<PaperRow> papers(const ListFilter& filter) const {
    std::vector<PaperRow> rows;
    each_paper(filter, PaperDetail::all, [&](const PaperRow& row) { rows.push_back(row); });
    return rows;
  }
  virtual std::vector<QuestionRow> questions(const ListFilter& filter) const = 0;
  virtual std::vector<MessageRow> messages(const ListFilter& filter) const = 0;
  virtual std::vector<OutboxListRow> outbox(const ListFilter& filter) const = 0;
  virtual std::optional<ShownLetter> letter(std::int64_t outbox) const = 0;
  virtual Sending sending(Time now) const = 0;
  // By "P-7" / "M-12", case-insensitively; nullopt when there is none.
  virtual std::optional<ShownSubmission> submission(const std::string& id) const = 0;
  virtual std::optional<ShownMessage> message(const std::string& id) const = 0;
  // Those that a mail with these ancestors (Message-IDs without < >) replies to, then those that its
  // sender has sent a version of; the newest first, at most `limit`; none that are withdrawn.
  virtual std::vector<RelatedRow> related(const std::string& address,
                                          const std::vector<std::string>& ancestors,
                                          std::size_t limit) const = 0;
  // Papers that stand for themselves, in the order of their coming; `letter` is an own letter's kind.
  virtual std::vector<NoticeRow> notices(const std::string& letter = "") const = 0;
  virtual std::optional<LastOrder> last_order(const std::string& actor) const = 0;
};

}  // namespace papertray
