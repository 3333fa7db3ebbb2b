// What people ask, over a read-only connection to papertray.db. Public header of store/ for report/ and
// app/; see report/reader.h for what each function promises.
//
// Works beside a writer and never makes it wait; each answer is of one moment. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "report/reader.h"

namespace papertray {

class Connection;

class SqliteReader : public Reader {
 public:
  // Throws Failure (store): no database yet (not there), damaged (bad data), made by a newer or an older
  // papertray (configuration).
  static std::unique_ptr<SqliteReader> open(const std::string& path);
  ~SqliteReader() override;

  Counts counts() const override;
  // Submissions whose counting version is a file, by number within the order of their coming.
  // `problems`: a mail of theirs has a note, or the PDF findings to look at. `panel` is nobody's yet, so
  // asking for one gives nothing.
  void each_paper(const ListFilter& filter, PaperDetail detail, const PaperSink& sink) const override;
  // Submissions whose counting version is none; the text is the newest version's.
  std::vector<QuestionRow> questions(const ListFilter& filter) const override;
  // By number, then the mails that never reached us: these have no number, "" for an id, and their place
  // in place of the subject.
  std::vector<MessageRow> messages(const ListFilter& filter) const override;
  std::vector<OutboxListRow> outbox(const ListFilter& filter) const override;
  std::optional<ShownLetter> letter(std::int64_t outbox) const override;
  Sending sending(Time now) const override;
  // "P-7", "p-7", "P7"; "M-12".
  std::optional<ShownSubmission> submission(const std::string& id) const override;
  std::optional<ShownMessage> message(const std::string& id) const override;
  std::vector<RelatedRow> related(const std::string& address, const std::vector<std::string>& ancestors,
                                  std::size_t limit) const override;
  std::vector<NoticeRow> notices(const std::string& letter) const override;
  std::optional<LastOrder> last_order(const std::string& actor) const override;

 private:
  explicit SqliteReader(std::unique_ptr<Connection> db);

  std::unique_ptr<Connection> db_;
};

}  // namespace papertray
