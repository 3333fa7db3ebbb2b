// The database as the intake and the outbox need it. Readers for people are in report/.
// One writer (the holder of the state directory's lock). Every failure is Failure (store).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/bounce.h"
#include "core/message.h"
#include "core/received_at.h"
#include "core/retry.h"
#include "core/route.h"
#include "core/submission.h"
#include "intake/event.h"
#include "intake/known.h"
#include "intake/log.h"
#include "intake/receipt_writer.h"

namespace papertray {

// M-12 as it is recorded.
struct MessageRecord {
  std::string sha256;
  MailRef ref;
  MailFacts facts;
  MailClocks clocks;
  ReceivedAt received;
  std::string message_id;
  std::string from;  // bare address, "" when unknown
  std::string from_name;
  std::string subject;
  Decision decision;
  std::vector<std::string> notes;  // of the inspector and the decision together
  // Those that a person has to settle, though the fate is clear; each ends with the command for it.
  std::vector<std::string> open_notes = {};
};

struct SubmissionRecord {
  std::string track;
  int number = 0;  // next_number
  std::string prefix;
  std::string submitter;  // bare address
  std::string submitter_name;
  std::string title;
};

// One version of a paper, or one question's text.
struct VersionRecord {
  std::int64_t submission = 0;
  int version = 1;
  std::int64_t message = 0;
  Time received{};
  std::optional<Time> due;  // the deadline's last second when it was decided
  bool on_time = true;
  Seconds margin{0};
  std::string file_name;  // as the sender named it
  std::uint64_t size = 0;
  std::string sha256;                  // of the PDF, or of the text
  std::string text;                    // questions: what the asker says; papers: the mail's text
  std::string full_text = {};          // questions: the mail's text, "" when nothing was cut of it
  std::string paper_file;              // "P-007_v2.pdf" in papers/; "" for questions
  std::string title;                   // of this version
  std::optional<Time> final_due = {};  // the last second for final copies when it was decided
  bool final_copy = false;
};

struct CountingVersion {
  int version = 0;
  bool on_time = false;
};

// A receipt that tells what was found in its paper waits a while for that.
struct AwaitedCheck {
  std::string sha256;  // of the PDF
  std::string track;
  ReceiptOrder order;  // with which it is written again
};

struct OutboxRecord {
  std::string token;
  std::string kind;  // receipt_kind_name
  std::string to;
  std::string subject;
  std::string message_id;
  std::string bytes;  // "" when suppressed
  OutboxState state = OutboxState::queued;
  std::string reason;
  std::optional<std::int64_t> submission;
  std::int64_t message = 0;  // the one it answers
  Time created{};
  bool authenticated = false;  // the sender is surely who the mail says: goes first when not all can
  std::optional<AwaitedCheck> awaits = {};
};

struct ReceiptDraft {
  std::int64_t outbox = 0;
  ReceiptOrder order;
};

// A PDF that is a version.
struct PaperOnRecord {
  std::int64_t version = 0;  // the store's key
  std::string submission;    // "P-7"
  std::string track;
  std::string sha256;
  std::string file;        // in papers/
  MailRef mail;            // that brought it
  std::string checked_by;  // PaperStyle::version of the last look, "" before the first
};

struct KnownCheck {
  std::string style_version;
  CheckedPaper paper;
};

// A submission as a letter tells of it: by the version that counts.
struct AboutSubmission {
  std::int64_t submission = 0;
  std::string track;
  std::string title;
  int version = 0;
  Time received{};
  std::string file_name;  // as the sender named it
  std::uint64_t size = 0;
  std::string sha256;
  std::int64_t message = 0;  // that brought it
  std::string message_id;    // of that, without < >
};

// Nothing is sent while this holds.
struct OutboxPause {
  std::string reason;
  std::optional<Time> until;  // nullopt: until a person resumes it
};

struct OutboxRow {
  std::int64_t id = 0;
  std::string token;
  std::string to;
  std::string bytes;
  OutboxState state = OutboxState::queued;
  int attempts = 0;  // begun so far
  bool was_unknown = false;
  Time created{};
};

// One transaction. Rolled back unless committed.
class StoreBatch {
 public:
  virtual ~StoreBatch() = default;

  virtual std::optional<std::int64_t> message_by_sha256(const std::string& sha256) = 0;
  virtual std::int64_t add_message(const MessageRecord& record) = 0;
  virtual std::optional<SpamMail> spam_mail(const std::string& sha256) = 0;
  virtual std::optional<SpamMail> mail_on_record(const std::string& sha256) = 0;
  // Its fate, reason, track and further notes; from now on it is no spam_mail.
  virtual void decide_anew(std::int64_t message, const MessageRecord& record) = 0;
  // Another place of a message that is there already. (Places without a message come by the events
  // Vanished and Refused: fates vanished and quarantined.)
  virtual void add_place(const MailFacts& facts, std::int64_t message) = 0;

  // The oldest message of that Message-ID whose bytes are others; nullopt: none.
  virtual std::optional<std::int64_t> message_with_id(const std::string& message_id,
                                                      const std::string& sha256) = 0;

  // Submissions that could be meant: same sender, same bytes, same thread, same or similar title, or the
  // number in the subject. At most 50, newest first.
  virtual std::vector<Candidate> candidates(const std::string& track, const Incoming& incoming) = 0;
  virtual int next_number(const std::string& track) = 0;
  virtual std::int64_t add_submission(const SubmissionRecord& record) = 0;
  virtual int next_version(std::int64_t submission) = 0;
  virtual void add_version(const VersionRecord& record) = 0;
  // The version that counts: the newest on time, else the newest; nullopt when there is none.
  virtual std::optional<CountingVersion> counting_version(std::int64_t submission) = 0;
  // A message that brought nothing new to this submission (the same file again) belongs to it all the
  // same.
  virtual void link_message(std::int64_t message, std::int64_t submission) = 0;
  // `open`: a person has to settle it.
  virtual void add_note(std::int64_t message, const std::string& note, bool open = false) = 0;
  // From now on its state is withdrawn.
  virtual void withdraw(std::int64_t submission) = 0;

  virtual void add_outbox(const OutboxRecord& record) = 0;
  // Receipts to that mailbox (mailbox_key) written since `since` and not suppressed.
  virtual int receipts_to(const std::string& mailbox, Time since) = 0;
  virtual std::optional<SentReceipt> outbox_by_token(const std::string& token) = 0;
  // The row came back with this message: it is `failed`, and nothing is tried again.
  virtual void bounce_outbox(std::int64_t row, std::int64_t message, const std::string& reason) = 0;

  // The last look at that PDF; nullopt before the first.
  virtual std::optional<KnownCheck> known_check(const std::string& sha256, const std::string& track) = 0;
  // Receipts that wait for the look at that PDF.
  virtual std::vector<ReceiptDraft> drafts(const std::string& sha256, const std::string& track) = 0;
  // It waits no longer; nullopt: what it says already is all that it will say.
  virtual void finish_draft(std::int64_t outbox, const std::optional<WrittenReceipt>& written) = 0;

  // "P-7" by its id and number alone, or what it was merged into. Throws Failure when there is none.
  virtual Candidate submission_called(const std::string& id) = 0;
  // Writes down that a person took the message in, and as what; its open notes are settled.
  virtual void add_route(const Event& event, const Routed& routed, std::int64_t message,
                         std::optional<std::int64_t> submission) = 0;

  // "P-7" by its id and number. Throws Failure when there is none, or it has no version.
  virtual AboutSubmission about(const std::string& id) = 0;
  // A person's command that is made of several rows; its key.
  virtual std::int64_t begin_order(const Event& event, const std::string& command) = 0;
  // A letter of that order: its row, and that a person sent it.
  virtual void add_letter(std::int64_t order, const OutboxRecord& row, const std::string& note) = 0;

  // Applies what an event changes (places, marks, sendings, rules); SeenAgain adds a place.
  virtual void apply(const Event& event) = 0;

  virtual void commit(LogPosition reached) = 0;
};

class Store : public Known {
 public:
  // How far the log has been applied; {1, 0} for a new database.
  virtual LogPosition position() const = 0;
  // The rules last loaded, as the log holds them; nullopt before the first.
  virtual std::optional<RulesLoaded> rules() const = 0;

  virtual std::unique_ptr<StoreBatch> begin() = 0;

  // Rows to be sent at `now`: first those of authenticated senders, then the oldest.
  virtual std::vector<OutboxRow> due(Time now, std::size_t limit) const = 0;
  // When the next row wants to be sent, past or future; nullopt: none will by itself.
  virtual std::optional<Time> next_due() const = 0;
  virtual std::optional<OutboxPause> pause() const = 0;
  // When mails were handed over to the server, surely or perhaps, after `since`; ascending.
  virtual std::vector<Time> sent_after(Time since) const = 0;
  // PDFs of versions after that one, in their order; `unchecked`: only those not looked into yet.
  virtual std::vector<PaperOnRecord> papers_after(std::int64_t version, std::size_t limit,
                                                  bool unchecked) const = 0;
  // Those that receipts wait for; each once.
  virtual std::vector<PaperOnRecord> awaited_papers() const = 0;
  // Rows left in state sending by a run that was killed.
  virtual std::vector<OutboxRow> interrupted() const = 0;
};

}  // namespace papertray
