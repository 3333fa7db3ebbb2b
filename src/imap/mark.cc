#include "imap/mark.h"

#include "core/fail_point.h"
#include "core/printable.h"
#include "imap/folder_name.h"
#include "imap/uid_set.h"

namespace papertray {
namespace {

void require_writable(const Session& session, const Folder& folder, const std::string& what) {
  if (!folder.read_only) return;
  throw Failure(Error{Scope::folder, Again::person, Exit::cannot_write,
                      session.server() + " opens '" + one_line(folder.name) +
                          "' only for reading, so mails cannot be " + what +
                          " there; set `after = \"none\"` in [mailbox] or ask for the right to write",
                      Trouble::other});
}

void require_target(const Session& session, const StatusLine& answer, const std::string& target) {
  if (answer.status != Status::ok && (answer.code == "TRYCREATE" || answer.code == "NONEXISTENT"))
    throw Failure(Error{Scope::folder, Again::person, Exit::not_there,
                        session.server() + " has no folder '" + one_line(target) +
                            "' to move mails to; make it, or correct `after` in [mailbox]",
                        Trouble::folder_missing});
  require_ok(answer, session, Scope::folder, "move mails to '" + one_line(target) + "'");
}

}  // namespace

void mark_seen(Session& session, const Folder& folder, std::span<const std::uint32_t> uids) {
  require_writable(session, folder, "flagged");
  const std::string flags = folder.keywords ? "(\\Seen " + std::string(taken_keyword) + ")" : "(\\Seen)";
  // SILENT: the server need not tell what we know.
  for (const UidSet& set : uid_sets(uids)) {
    reached("imap:flag");
    require_ok(session.run("UID STORE " + set.text + " +FLAGS.SILENT " + flags), session, Scope::folder,
               "flag the mails in '" + one_line(folder.name) + "'");
    reached("imap:flagged");
  }
}

void move_to(Session& session, const Folder& folder, std::span<const std::uint32_t> uids,
             const std::string& target) {
  require_writable(session, folder, "moved");
  const std::string where = quoted_name(target);
  if (!session.can("MOVE") && !session.can("UIDPLUS"))
    throw Failure(Error{Scope::folder, Again::person, Exit::configuration,
                        session.server() +
                            " can neither MOVE nor UID EXPUNGE, so moving could remove other mails; "
                            "set `after = \"flag\"` in [mailbox]",
                        Trouble::other});
  for (const UidSet& set : uid_sets(uids)) {
    if (session.can("MOVE")) {
      reached("imap:move");
      require_target(session, session.run("UID MOVE " + set.text + " " + where), target);
      reached("imap:moved");
      continue;
    }
    // Nothing is marked before its copy stands.
    reached("imap:copy");
    require_target(session, session.run("UID COPY " + set.text + " " + where), target);
    reached("imap:copied");
    require_ok(session.run("UID STORE " + set.text + " +FLAGS.SILENT (\\Deleted)"), session,
               Scope::folder, "mark moved mails in '" + one_line(folder.name) + "'");
    reached("imap:expunge");
    require_ok(session.run("UID EXPUNGE " + set.text), session, Scope::folder,
               "remove moved mails from '" + one_line(folder.name) + "'");
    reached("imap:expunged");
  }
}

}  // namespace papertray
