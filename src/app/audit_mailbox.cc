#include "app/audit_mailbox.h"

#include <algorithm>
#include <string>

#include "app/signals.h"
#include "app/sources.h"
#include "core/error.h"
#include "intake/mailbox_source.h"

namespace papertray {
namespace {

// Looked at, never changed: an IMAP folder is opened for reading only.
MailboxConfig untouched(MailboxConfig mailbox) {
  mailbox.after = AfterTaking::none;
  return mailbox;
}

AuditFolder audit_folder(const FolderUids& listed, bool spam, const AuditReader& database) {
  AuditFolder folder;
  folder.name = listed.folder;
  folder.spam = spam;
  folder.problem = listed.problem;
  if (!folder.problem.empty()) return folder;
  folder.uidvalidity = listed.uidvalidity;
  folder.mails = static_cast<std::int64_t>(listed.uids.size());
  const Place place{.account = listed.account,
                    .folder = listed.folder,
                    .uidvalidity = listed.uidvalidity,
                    .uid = 0,
                    .name = ""};
  const std::uint32_t last = database.last_uid(place.account, place.folder, place.uidvalidity);
  const std::vector<std::uint32_t> left = not_seen(database, place, listed.uids);
  for (const std::uint32_t uid : left)
    (uid < last ? folder.missed : folder.waiting).push_back("UID " + std::to_string(uid));
  // What has been taken in since the listing is in the database and not in the listing.
  folder.gone = database.places_seen(place, listed.uidnext) -
                (folder.mails - static_cast<std::int64_t>(left.size()));
  return folder;
}

// Says what the database knows, and counts it.
class Counting : public SeenPlaces {
 public:
  explicit Counting(const AuditReader& database) : database_(database) {}
  std::uint32_t last_uid(const std::string&, const std::string&, std::uint32_t) const override {
    return 0;
  }
  bool seen(const Place& place) const override {
    const bool known = database_.seen(place);
    known_ += known ? 1 : 0;
    return known;
  }
  std::vector<std::uint32_t> unmarked(const std::string&, const std::string&,
                                      std::uint32_t) const override {
    return {};
  }
  std::int64_t known() const { return known_; }

 private:
  const AuditReader& database_;
  mutable std::int64_t known_ = 0;
};

// Gets the mails that the database does not know.
class Unknown : public MailReceiver {
 public:
  explicit Unknown(AuditFolder& folder) : folder_(folder) {}
  void begin(const MailFacts& facts) override { folder_.waiting.push_back(facts.place.name); }
  void write(std::span<const char>) override {}
  void end() override {}
  void abandon() override {}
  void vanished(const Place&) override {}
  void refused(const Place& place, const std::string&) override {
    folder_.waiting.push_back(place.name);
  }

 private:
  AuditFolder& folder_;
};

// Files have no numbers that tell old from new, so nothing of them is `missed`; and their names change
// with whoever sorts them, so what is gone is not counted.
AuditFolder audit_files(const MailboxConfig& mailbox, const Clock& clock, const AuditReader& database) {
  AuditFolder folder;
  folder.name = mailbox.path;
  const std::unique_ptr<MailboxSource> source = open_mailbox(untouched(mailbox), clock);
  const Counting known(database);
  Unknown unknown(folder);
  source->look_at_all();
  while (source->fetch(known, {}, unknown) > 0)
    if (stop_asked()) throw Stopped();
  folder.mails = known.known() + static_cast<std::int64_t>(folder.waiting.size());
  return folder;
}

}  // namespace

std::vector<FolderUids> list_mailbox(const MailboxConfig& mailbox, const Clock& clock) {
  if (!mailbox.path.empty()) return {};
  return ImapSource(imap_settings(untouched(mailbox)), clock).list_all();
}

void audit_mailbox(AuditView& view, const MailboxConfig& mailbox, const std::vector<FolderUids>& listed,
                   const Clock& clock, const AuditReader& database) {
  if (!mailbox.path.empty()) {
    view.folders.push_back(audit_files(mailbox, clock, database));
    return;
  }
  for (const FolderUids& folder : listed)
    view.folders.push_back(audit_folder(
        folder, std::ranges::find(mailbox.spam, folder.folder) != mailbox.spam.end(), database));
}

}  // namespace papertray
