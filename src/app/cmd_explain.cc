#include "app/cmd_explain.h"

#include "app/config.h"
#include "app/passing_mail.h"
#include "app/read_one_mail.h"
#include "app/readers.h"
#include "app/system_clock.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/may_reply.h"
#include "intake/record.h"
#include "log/tar_log.h"
#include "report/json.h"
#include "report/text.h"

namespace papertray {
namespace {

// Inspects and decides, and writes nothing.
void decide(ExplainView& view, const std::shared_ptr<const MailBytes>& bytes, const MailFacts& facts,
            const Rules& rules, const Globals& globals) {
  WorkerInspector inspector(inspector_options(globals));
  const std::shared_ptr<const MailBytes> mails[] = {bytes};
  inspector.inspect(mails, [&](std::size_t, const Inspected& inspected) {
    const Message& message = inspected.message;
    view.message_id = message.message_id;
    view.subject = message.subject;
    if (!message.from.empty()) {
      view.from = message.from.front().address;
      view.from_name = message.from.front().name;
    }
    view.notes = message.notes;
    view.clocks = clocks_of(facts, message);
    view.received = received_at(view.clocks);
    view.decision = decide(inspected, rules, facts);
    if (!inspected.quarantine.empty())
      view.may_reply.reason = "it could not be read";
    else if (facts.spam)
      view.may_reply.reason = "it was found in a spam folder";
    else
      view.may_reply = may_reply(message, rules.own_addresses, authenticate(message, rules.authserv));
  });
}

// What became of it stands on record as the rules' reason, then why it is of that submission.
void add_submission(ExplainView& view, const ShownMessage& shown, const Reader& reader) {
  view.submission = shown.row.submission;
  const std::string before = view.decision.reason + "; ";
  if (!view.submission.empty() && shown.row.reason.starts_with(before))
    view.match_reason = shown.row.reason.substr(before.size());
  if (const auto submission = reader.submission(view.submission))
    for (const VersionRow& version : submission->versions)
      if (version.message == shown.row.id) view.version = version.version;
}

ExplainView explain_message(const ShownMessage& shown, const Reader& reader, const Config& config,
                            const Rules& rules, const Globals& globals) {
  ExplainView view;
  view.what = shown.row.id;
  view.size = shown.size;
  view.sha256 = shown.row.sha256;
  view.recorded_fate = shown.row.fate;
  view.recorded_reason = shown.row.reason;
  view.spam_folder = shown.spam_folder;
  const std::unique_ptr<TarLog> log = TarLog::open(log_path(config), {}, TarLog::Mode::read);
  const MailRef ref{.segment = shown.log_segment, .offset = shown.log_offset, .size = shown.size};
  MailFacts facts;
  facts.internaldate = shown.internaldate;
  facts.mbox_from = shown.mbox_from;
  facts.file_time = shown.file_time;
  facts.fetched = shown.fetched;
  facts.spam = !shown.spam_folder.empty();
  facts.oversize = shown.oversize;
  facts.place.folder = shown.spam_folder;
  decide(view, log->open(ref), facts, rules, globals);
  add_submission(view, shown, reader);
  return view;
}

ExplainView explain_file(const std::string& path, const Rules& rules, const Globals& globals) {
  const OneMail mail = read_one_mail(path, SystemClock());
  ExplainView view;
  view.what = path == "-" ? "standard input" : path;
  view.size = mail.bytes->size();
  view.sha256 = sha256_of(*mail.bytes);
  decide(view, mail.bytes, mail.facts, rules, globals);
  return view;
}

// M-12, or the newest mail of P-7: a submission went where its mails went.
std::optional<ShownMessage> message_meant(const Reader& reader, const std::string& id) {
  if (std::optional<ShownMessage> message = reader.message(id)) return message;
  const std::optional<ShownSubmission> submission = reader.submission(id);
  if (!submission || submission->messages.empty()) return std::nullopt;
  return reader.message(submission->messages.back().id);
}

}  // namespace

int cmd_explain(const Globals& globals, const std::string& what) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const std::unique_ptr<Reader> reader = open_reader_if_there(config);
  const std::optional<ShownMessage> message = reader ? message_meant(*reader, what) : std::nullopt;
  const ExplainView view = message ? explain_message(*message, *reader, config, rules, globals)
                                   : explain_file(what, rules, globals);
  print(globals.json ? explain_json(view) : explain_text(view, look_of(globals, rules.timezone)));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
