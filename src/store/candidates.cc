// Which submissions a new mail could belong to: found by index, and never more work than a fixed amount,
// whatever a stranger has sent before.
#include <algorithm>
#include <set>
#include <span>

#include "core/receipt_token.h"
#include "core/title.h"
#include "store/batch.h"

namespace papertray {
namespace {

// The contract's: a person who is meant by more has to be asked anyway.
constexpr std::size_t most_candidates = 50;
// By thread and by bytes each, so that neither can crowd out the sender's own; and by each key of a
// title, so that the one which many have does not crowd out the telling one.
constexpr int most_by_clue = 16;
// In-Reply-To names one mail, sometimes two. Of References the nearest ancestors stand last (RFC 5322
// section 3.6.4); a hostile mail has thousands.
constexpr std::size_t most_replied_to = 10;
constexpr std::size_t most_references = 50;
// Versions, addresses and Message-IDs told of one submission; the incoming mail's own bytes and threads
// are looked for among all of them.
constexpr int most_told = 100;

class Search {
 public:
  Search(Connection& db, const std::string& track, const Incoming& incoming)
      : db_(db), track_(track), incoming_(incoming) {}

  std::vector<Candidate> run() {
    by_number();
    by_thread();
    by_bytes();
    by_sender();
    by_title();
    std::vector<Candidate> candidates;
    for (auto id = found_.rbegin(); id != found_.rend(); ++id)
      candidates.push_back(tell(*id));
    return candidates;
  }

 private:
  void take(Query& query) {
    while (found_.size() < most_candidates && query.next())
      found_.insert(query.integer(0));
  }

  void by_number() {
    const int number = number_in_subject(incoming_.subject, incoming_.prefix);
    if (number <= 0) return;
    Query query(db_,
                "SELECT coalesce(merged_into, id) FROM submission WHERE track = ?1 AND number = ?2"
                // One that was taken back has nothing that a mail could belong to.
                " AND merged_into IS NOT id",
                track_, number);
    take(query);
  }

  void by_thread() {
    const auto& replied = incoming_.in_reply_to;
    for (std::size_t i = 0; i < std::min(replied.size(), most_replied_to); ++i)
      by_mail(replied[i]);
    const auto& references = incoming_.references;
    const std::size_t skipped = references.size() - std::min(references.size(), most_references);
    for (std::size_t i = references.size(); i > skipped; --i)
      by_mail(references[i - 1]);
  }

  void by_mail(const std::string& message_id) {
    if (message_id.empty()) return;
    Query query(db_,
                "SELECT submission FROM thread WHERE message_id = ?1 AND track = ?2"
                " ORDER BY submission DESC",
                message_id, track_);
    while (by_thread_.size() < most_by_clue && query.next()) {
      by_thread_.emplace(query.integer(0), message_id);
      found_.insert(query.integer(0));
    }
    by_token(message_id);
  }

  // Our token finds its row, whatever a server has made of the rest of the Message-ID.
  void by_token(const std::string& message_id) {
    const std::string token = token_in(message_id);
    if (token.empty()) return;
    Query query(
        db_,
        "SELECT coalesce(s.merged_into, s.id) FROM outbox o JOIN submission s ON s.id = o.submission"
        " WHERE o.token = ?1 AND s.track = ?2",
        token, track_);
    if (!query.next() || by_thread_.size() >= most_by_clue) return;
    by_thread_.emplace(query.integer(0), message_id);
    found_.insert(query.integer(0));
  }

  void by_bytes() {
    if (incoming_.sha256.empty()) return;
    Query query(db_,
                "SELECT DISTINCT v.submission FROM version v JOIN submission s ON s.id = v.submission"
                " WHERE v.sha256 = ?1 AND s.track = ?2 ORDER BY v.submission DESC LIMIT ?3",
                incoming_.sha256, track_, most_by_clue);
    take(query);
  }

  void by_title() {
    for (const std::int64_t key : title_keys(incoming_.title)) {
      Query query(db_,
                  "SELECT submission FROM title_key WHERE key = ?1 AND track = ?2"
                  " ORDER BY submission DESC LIMIT ?3",
                  key, track_, most_by_clue);
      take(query);
    }
  }

  void by_sender() {
    if (incoming_.sender.empty()) return;
    Query query(
        db_, "SELECT submission FROM sender WHERE address = ?1 AND track = ?2 ORDER BY submission DESC",
        incoming_.sender, track_);
    take(query);
  }

  Candidate tell(std::int64_t id) {
    Candidate candidate;
    candidate.id = id;
    Query submission(
        db_, "SELECT number, state, versions, final_copy IS NOT NULL FROM submission WHERE id = ?1", id);
    submission.next();
    candidate.number = static_cast<int>(submission.integer(0));
    candidate.state = *state_from_name(submission.text(1));
    candidate.final_copy = submission.flag(3);
    candidate.told = told_accepted(db_, id);

    Query merged(db_, "SELECT number FROM submission WHERE merged_into = ?1 LIMIT ?2", id, most_told);
    while (merged.next())
      candidate.merged.push_back(static_cast<int>(merged.integer(0)));

    Query senders(db_, "SELECT address FROM sender WHERE submission = ?1 LIMIT ?2", id, most_told);
    while (senders.next())
      candidate.addresses.push_back(senders.text(0));

    Query versions(db_,
                   "SELECT mail_title, sha256, title FROM version WHERE submission = ?1 AND version > ?2"
                   " ORDER BY version DESC",
                   id, submission.integer(2) - most_told);
    while (versions.next()) {
      add_new(candidate.titles, comparable_title(versions.text(0)));
      add_new(candidate.sha256, versions.text(1));
      add_new(candidate.paper_titles, comparable_title(versions.text(2)));
    }
    if (Query(db_, "SELECT 1 FROM version WHERE sha256 = ?1 AND submission = ?2", incoming_.sha256, id)
            .next())
      add_new(candidate.sha256, incoming_.sha256);

    Query mails(db_, "SELECT message_id FROM thread WHERE submission = ?1 LIMIT ?2", id, most_told);
    while (mails.next())
      candidate.thread.push_back(mails.text(0));
    for (const auto& [submission_id, message_id] : by_thread_)
      if (submission_id == id) add_new(candidate.thread, message_id);
    return candidate;
  }

  static void add_new(std::vector<std::string>& to, std::string text) {
    if (!text.empty() && std::find(to.begin(), to.end(), text) == to.end())
      to.push_back(std::move(text));
  }

  Connection& db_;
  const std::string& track_;
  const Incoming& incoming_;
  std::set<std::int64_t> found_;
  std::set<std::pair<std::int64_t, std::string>> by_thread_;
};

}  // namespace

bool told_accepted(Connection& db, std::int64_t submission) {
  return Query(db,
               "SELECT 1 FROM submission s JOIN outbox o ON o.submission = s.id WHERE"
               " (s.id = ?1 OR s.merged_into = ?1) AND o.kind = 'accepted' AND o.state <> 'dropped' "
               "LIMIT 1",
               submission)
      .next();
}

std::vector<Candidate> SqliteBatch::candidates(const std::string& track, const Incoming& incoming) {
  require_open();
  return Search(db_, track, incoming).run();
}

}  // namespace papertray
