#include "app/cmd_init.h"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/dialogue.h"
#include "app/init_ask.h"
#include "app/init_write.h"
#include "app/rules_file.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/terminal.h"
#include "core/error.h"
#include "imap/probe.h"
#include "net/server.h"
#include "report/init.h"
#include "smtp/probe.h"

namespace papertray {
namespace {

// What is written must be what the other commands read: a mistake shows before anything is written.
void check(const InitPlan& plan) {
  const Config config = parse_config(config_text(plan.answers), plan.places.config);
  RulesLoaded rules{.path = plan.rules_path,
                    .from = config.smtp ? config.smtp->from : "",
                    .toml = plan.rules_content,
                    .templates = {}};
  if (plan.rules_content.empty())
    rules = load_rules(plan.rules_path, rules.from);
  else
    for (const BuiltInFile& file : built_in_rules()) {
      const std::string_view path = file.path;
      constexpr std::string_view folder = "receipts/", end = ".txt";
      if (path.starts_with(folder) && path.ends_with(end))
        rules.templates.emplace_back(
            path.substr(folder.size(), path.size() - folder.size() - end.size()), file.text);
    }
  read_rules(rules);
}

void make_room(const std::vector<InitFile>& files, const InitOptions& options, Dialogue& dialogue) {
  const std::vector<std::string> there = in_the_way(files);
  if (there.empty() || options.force) return;
  const std::string names = fmt::format("{}", fmt::join(there, ", "));
  const std::string are = there.size() == 1 ? "is there already" : "are there already";
  if (dialogue.open() &&
      dialogue.yes(names + " " + are + ". Write over " + (there.size() == 1 ? "it" : "them"), false))
    return;
  throw Failure(
      {Scope::store, Again::person, Exit::cannot_write,
       names + " " + are +
           "; nothing is written: name another folder with --dir, or write over with --force"});
}

// Logs in as the daemon will. Nothing is changed there, nothing is sent.
InitTest test_login(const std::string& file) {
  const Config config = load_config(file, "");
  InitTest test;
  const ImapReport imap = probe_imap(imap_settings(*config.mailbox));
  test.imap = imap.server;
  for (const ImapFolderReport& folder : imap.folders) {
    if (!folder.there) test.remarks.push_back(folder.problem);
    if (folder.there && !folder.spam) test.mails += folder.mails;
  }
  Server sending = config.smtp->server;
  sending.stop = stop_descriptor();
  test.smtp = host_and_port(sending.url);
  probe_smtp(sending);
  return test;
}

// A password that was mistyped is asked for again; everything else a person has to look into.
InitTest test_until_it_works(InitPlan& plan, Dialogue& dialogue, const std::string& owner) {
  for (;;) {
    try {
      return test_login(plan.places.config);
    } catch (const Stopped&) {
      throw;
    } catch (const Failure& failure) {
      const bool refused = failure.error().exit == Exit::login_refused;
      if (refused && dialogue.open() && !plan.password.empty()) {
        dialogue.say(failure.error().text + ".");
        if (dialogue.yes("Try another password", true)) {
          wipe(plan.password);
          plan.password = ask_password(plan.answers.provider, dialogue);
          write_files({{plan.places.password, plan.password + "\n", true}}, owner);
          continue;
        }
      }
      Error error = failure.error();
      error.text += "; the files are written: correct them, then papertray --config " +
                    plan.places.config + " doctor";
      throw Failure(error);
    }
  }
}

InitView init(const Globals& globals, const InitOptions& options, Dialogue& dialogue) {
  InitPlan plan = ask_all(globals, options, dialogue);
  check(plan);
  const std::vector<InitFile> files = files_of(plan);
  make_room(files, options, dialogue);
  const std::string owner = service_user(plan.places.dir);
  write_files(files, owner);

  InitView view;
  view.config = plan.places.config;
  view.rules = plan.rules_path;
  view.mode = plan.answers.mode;
  view.service_user = owner;
  for (const InitFile& file : files)
    view.written.push_back(file.path);
  if (!options.no_test) {
    dialogue.say("Logging in to " + host_and_port(plan.answers.provider.imap) + " and " +
                 host_and_port(plan.answers.provider.smtp) + "...");
    view.test = test_until_it_works(plan, dialogue, owner);
  }
  wipe(plan.password);
  return view;
}

}  // namespace

int cmd_init(const Globals& globals, const InitOptions& options) {
  const bool open = !options.yes && !globals.json && somebody_is_there();
  if (!open && !options.yes)
    throw Failure(
        {Scope::program, Again::person, Exit::usage,
         globals.json
             ? "--json asks nothing: give the answers as options, and --yes"
             : "init asks questions, and nobody is at a terminal here; give the answers as options, and "
               "--yes (papertray init --help)"});
  stop_on_signals();
  Dialogue dialogue(open);
  const InitView view = init(globals, options, dialogue);
  if (globals.json)
    print(init_json(view));
  else if (!globals.quiet)
    print(init_text(view));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
