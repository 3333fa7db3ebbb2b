#include "app/sources.h"

#include <utility>

#include "app/signals.h"
#include "files/maildir_source.h"
#include "files/mbox_source.h"
#include "smtp/transports.h"

namespace papertray {
namespace {

std::string after_word(const MailboxConfig& mailbox) {
  switch (mailbox.after) {
    case AfterTaking::none:
      return "none";
    case AfterTaking::flag:
      return "flag";
    case AfterTaking::move:
      return "move:" + mailbox.move_to;
  }
  return "none";
}

After::Kind after_kind(AfterTaking after) {
  switch (after) {
    case AfterTaking::none:
      return After::Kind::none;
    case AfterTaking::flag:
      return After::Kind::flag;
    case AfterTaking::move:
      return After::Kind::move;
  }
  return After::Kind::none;
}

}  // namespace

ImapSettings imap_settings(const MailboxConfig& mailbox) {
  ImapSettings settings;
  settings.server = mailbox.server;
  settings.server.stop = stop_descriptor();
  settings.folders = mailbox.folders;
  settings.largest = mailbox.largest;
  settings.spam = mailbox.spam;
  settings.after = {.kind = after_kind(mailbox.after), .folder = mailbox.move_to};
  return settings;
}

std::unique_ptr<MailboxSource> open_mailbox(const MailboxConfig& mailbox, const Clock& clock) {
  if (mailbox.path.empty()) return std::make_unique<ImapSource>(imap_settings(mailbox), clock);
  if (mailbox.mbox) return std::make_unique<MboxSource>(mailbox.path, clock);
  return std::make_unique<MaildirSource>(mailbox.path, clock, after_word(mailbox));
}

std::unique_ptr<Transport> open_transport(const SmtpConfig& smtp) {
  Server server = smtp.server;
  server.stop = stop_descriptor();
  return make_transport({.server = std::move(server), .maildir = smtp.maildir, .envelope_from = ""});
}

}  // namespace papertray
