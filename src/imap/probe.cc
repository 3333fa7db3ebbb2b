#include "imap/probe.h"

#include "core/error.h"
#include "imap/folder.h"
#include "imap/session.h"

namespace papertray {
namespace {

ImapFolderReport look_at(Session& session, const std::string& name) {
  ImapFolderReport report;
  report.name = name;
  try {
    const Folder folder = open_folder(session, name, Access::look);
    report.there = true;
    report.mails = folder.exists;
    report.uidvalidity = folder.uidvalidity;
  } catch (const Failure& failure) {
    if (failure.error().scope != Scope::folder) throw;
    report.problem = failure.error().text;
  }
  return report;
}

}  // namespace

ImapReport probe_imap(const ImapSettings& settings, const ImapSource::Connect& connect) {
  Session session(connect(settings.server), host_and_port(settings.server.url),
                  settings.server.reply_timeout);
  ImapReport report;
  report.server = session.server();
  report.capabilities = session.capabilities();
  for (const std::string& folder : settings.folders)
    report.folders.push_back(look_at(session, folder));
  for (const std::string& folder : settings.spam) {
    report.folders.push_back(look_at(session, folder));
    report.folders.back().spam = true;
  }
  if (settings.after.kind == After::Kind::move) {
    report.folders.push_back(look_at(session, settings.after.folder));
    if (!session.can("MOVE"))
      report.remarks.push_back(session.can("UIDPLUS")
                                   ? session.server() +
                                         " cannot MOVE: mails are copied and then removed one by one"
                                   : session.server() +
                                         " can neither MOVE nor UID EXPUNGE: `after = \"move:...\"` "
                                         "does not work there, set it to \"flag\"");
  }
  return report;
}

}  // namespace papertray
