// One transaction of the store. Internal to store/.
#pragma once

#include <map>
#include <tuple>

#include "intake/store.h"
#include "store/connection.h"

namespace papertray {

// The message of these bytes, when its fate is a spam folder's.
std::optional<SpamMail> find_spam_mail(Connection& db, const std::string& sha256);
// The same of any message.
std::optional<SpamMail> find_mail(Connection& db, const std::string& sha256);

// A letter has told its author that it is accepted.
bool told_accepted(Connection& db, std::int64_t submission);

class SqliteBatch : public StoreBatch {
 public:
  explicit SqliteBatch(Connection& db) : db_(db), transaction_(db) {}

  std::optional<std::int64_t> message_by_sha256(const std::string& sha256) override;
  std::int64_t add_message(const MessageRecord& record) override;
  std::optional<SpamMail> spam_mail(const std::string& sha256) override;
  std::optional<SpamMail> mail_on_record(const std::string& sha256) override;
  void decide_anew(std::int64_t message, const MessageRecord& record) override;
  void add_place(const MailFacts& facts, std::int64_t message) override;

  std::optional<std::int64_t> message_with_id(const std::string& message_id,
                                              const std::string& sha256) override;
  std::vector<Candidate> candidates(const std::string& track, const Incoming& incoming) override;
  int next_number(const std::string& track) override;
  std::int64_t add_submission(const SubmissionRecord& record) override;
  int next_version(std::int64_t submission) override;
  void add_version(const VersionRecord& record) override;
  std::optional<CountingVersion> counting_version(std::int64_t submission) override;
  void link_message(std::int64_t message, std::int64_t submission) override;
  void add_note(std::int64_t message, const std::string& note, bool open) override;
  void withdraw(std::int64_t submission) override;

  void add_outbox(const OutboxRecord& record) override;
  int receipts_to(const std::string& mailbox, Time since) override;
  std::optional<SentReceipt> outbox_by_token(const std::string& token) override;
  void bounce_outbox(std::int64_t row, std::int64_t message, const std::string& reason) override;
  std::optional<KnownCheck> known_check(const std::string& sha256, const std::string& track) override;
  std::vector<ReceiptDraft> drafts(const std::string& sha256, const std::string& track) override;
  void finish_draft(std::int64_t outbox, const std::optional<WrittenReceipt>& written) override;
  Candidate submission_called(const std::string& id) override;
  void add_route(const Event& event, const Routed& routed, std::int64_t message,
                 std::optional<std::int64_t> submission) override;
  AboutSubmission about(const std::string& id) override;
  std::int64_t begin_order(const Event& event, const std::string& command) override;
  void add_letter(std::int64_t order, const OutboxRecord& row, const std::string& note) override;
  void apply(const Event& event) override;
  void commit(LogPosition reached) override;

 private:
  // Events, one each.
  void apply_one(const Event& event, const RulesLoaded& rules);
  void apply_one(const Event& event, const SeenAgain& again);
  void apply_one(const Event& event, const Marked& marked);
  void apply_one(const Event& event, const Vanished& vanished);
  void apply_one(const Event& event, const Refused& refused);
  void apply_one(const Event& event, const SendingBegun& begun);
  void apply_one(const Event& event, const SendingEnded& ended);
  void apply_one(const Event& event, const RowsOrdered& ordered);
  void apply_one(const Event& event, const OutboxPaused& paused);
  void apply_one(const Event& event, const OutboxResumed& resumed);
  void apply_one(const Event& event, const Acted& acted);
  void apply_one(const Event& event, const Undone& undone);
  void apply_one(const Event& event, const Routed& routed);
  void apply_one(const Event& event, const PassedBy& passed);
  void apply_one(const Event& event, const LettersOrdered& ordered);
  void apply_one(const Event& event, const PaperChecked& checked);
  void apply_one(const Event& event, const CheckLate& late);

  // Decisions: acts.cc, merges.cc, acts_undone.cc.
  struct ActRow {
    std::int64_t order = 0;
    ActKind kind = ActKind::accept;
    std::optional<std::int64_t> submission = {};
    std::optional<std::int64_t> message = {};
    std::optional<std::int64_t> target = {};
    int panel = 0;
    std::string note = {};
    std::string text = {};
    std::string was = {};
    std::string was_reason = {};
    std::string was_track = {};
    std::string was_spam_folder = {};
  };
  struct DoneAct {
    std::int64_t id = 0;
    ActKind kind = ActKind::accept;
    std::int64_t submission = 0, message = 0, target = 0;
    std::string was, was_reason, was_track, was_spam_folder;
    Time at{};
  };
  struct FateBefore {
    std::string fate, reason, track, spam_folder;
  };
  std::int64_t submission_labelled(const std::string& id);
  std::int64_t message_labelled(const std::string& id);
  std::int64_t add_order(const Event& event, const std::string& command);
  std::int64_t add_act(const ActRow& row);
  void act_on_submission(std::int64_t order, const Act& act);
  void dismiss(const Event& event, std::int64_t order, const Act& act);
  void set_state(std::int64_t submission, SubmissionState state);
  void close_notes(std::int64_t act, const std::string& command);
  void merge(std::int64_t act, std::int64_t from, std::int64_t into);
  void unmerge(std::int64_t act, std::int64_t from, std::int64_t into);
  void derive(std::int64_t submission);
  void correct(ActKind kind, std::int64_t submission, const std::string& text);
  void retitle(std::int64_t submission);
  void take_back(const DoneAct& act, const Event& event);
  void drop_letter(const DoneAct& act, const Event& event);
  void drop_row(std::int64_t row, const Event& event);
  void unroute(const DoneAct& act, const Event& event);

  // Checks of papers: checks.cc.
  void tell_version(std::int64_t version, const std::string& title, std::int64_t summary);
  void hint_by_title(std::int64_t version, const std::string& track, const std::string& title);
  void adopt_check(std::int64_t version, const std::string& sha256, std::int64_t submission);
  void add_draft(std::int64_t outbox, const AwaitedCheck& awaited);
  void drop_draft(std::int64_t outbox);
  void add_title_keys(std::int64_t submission, const std::string& title);

  // The id of a place's folder; made when it is new.
  std::int64_t folder(const std::string& account, const std::string& name, std::uint32_t uidvalidity);
  // A place whose mail never reached us.
  void add_lost_place(const Place& place, Time at, Fate fate, const std::string& reason);
  // The outbox row of that token. Throws Failure when the log names one that no mail brought.
  std::int64_t outbox_row(const std::string& token);
  // A line of the row's history that no attempt stands for.
  void add_outbox_line(std::int64_t row, Time at, std::string_view state, const std::string& reason,
                       std::optional<std::int64_t> next);
  // Throws Failure (program) after commit.
  void require_open() const;

  void add_notes(std::int64_t message, const MessageRecord& record);

  Connection& db_;
  Transaction transaction_;
  std::map<std::int64_t, FateBefore> decided_anew_;  // messages of this transaction
  // Dies with the transaction, so a rolled back folder is not remembered.
  std::map<std::tuple<std::string, std::string, std::uint32_t>, std::int64_t> folders_;
};

}  // namespace papertray
