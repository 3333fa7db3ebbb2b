#include "app/dry_run.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/passing_mail.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/system_clock.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "intake/record.h"
#include "report/outcome.h"
#include "store/sqlite_store.h"

namespace papertray {
namespace {

// Decides on each mail as it comes, and keeps the decision only.
class Onlooker : public MailReceiver {
 public:
  Onlooker(const Rules& rules, const SqliteStore* store, const Globals& globals)
      : rules_(rules), store_(store), inspector_(inspector_options(globals)) {}

  void begin(const MailFacts& facts) override {
    facts_ = facts;
    mail_ = std::make_shared<PassingMail>();
  }
  void write(std::span<const char> bytes) override { mail_->add(bytes); }
  void end() override {
    const std::shared_ptr<const MailBytes> mails[] = {std::move(mail_)};
    const std::string sha256 = sha256_of(*mails[0]);
    if (!seen_.insert(sha256).second || (store_ && store_->has_message(sha256))) return;  // a copy
    inspector_.inspect(mails, [this](std::size_t, const Inspected& inspected) { note(inspected); });
  }
  void abandon() override { mail_.reset(); }
  void vanished(const Place&) override {}
  void refused(const Place&, const std::string& why) override { complain(why); }
  void warning(const std::string& sentence) override { complain(sentence); }

  const std::vector<WouldTake>& rows() const { return rows_; }

 private:
  void note(const Inspected& inspected) {
    const Decision decision = decide(inspected, rules_, facts_);
    const Address* sender = sole_sender(inspected.message);
    rows_.push_back({.from = sender ? sender->address : "",
                     .subject = inspected.message.subject,
                     .fate = decision.fate,
                     .track = decision.track,
                     .reason = decision.reason});
  }

  const Rules& rules_;
  const SqliteStore* store_;
  WorkerInspector inspector_;
  MailFacts facts_;
  std::shared_ptr<PassingMail> mail_;
  std::set<std::string> seen_;  // SHA-256
  std::vector<WouldTake> rows_;
};

}  // namespace

int dry_run(const Config& config, const Globals& globals) {
  const Rules rules = present_rules(config);
  const SystemClock clock;
  MailboxConfig mailbox = *config.mailbox;
  mailbox.after = AfterTaking::none;  // the folder is opened read-only
  const std::unique_ptr<MailboxSource> source = open_mailbox(mailbox, clock);
  const std::unique_ptr<SqliteStore> store = SqliteStore::open_to_look(database_path(config));
  const NothingSeen nothing;
  const SeenPlaces& seen = store ? static_cast<const SeenPlaces&>(*store) : nothing;

  Onlooker onlooker(rules, store.get(), globals);
  try {
    while (!stop_asked() && source->fetch(seen, {}, onlooker) > 0)
      continue;
  } catch (const Stopped&) {
    // What has been seen so far is told.
  }
  print(globals.json ? would_take_json(onlooker.rows())
                     : would_take_text(onlooker.rows(), look_of(globals, rules.timezone)));
  return static_cast<int>(stop_asked() ? Exit::try_later : Exit::done);
}

}  // namespace papertray
