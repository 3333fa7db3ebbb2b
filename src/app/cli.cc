#include "app/cli.h"

#include <exception>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cmd_doctor.h"
#include "app/cmd_explain.h"
#include "app/cmd_import.h"
#include "app/cmd_list.h"
#include "app/cmd_rebuild.h"
#include "app/cmd_run.h"
#include "app/cmd_show.h"
#include "app/cmd_status.h"
#include "core/error.h"
#include "core/printable.h"

#ifndef PAPERTRAY_VERSION
#error "PAPERTRAY_VERSION comes from CMake"
#endif

namespace papertray {
namespace {

int complain(const std::string& sentence, Exit exit) {
  fmt::print(stderr, "papertray: {}\n", one_line(sentence));
  return static_cast<int>(exit);
}

// What the words on the command line ask for.
struct CommandLine {
  Globals globals;
  RunOptions run;
  ImportOptions import;
  ListOptions list;
  std::string id;
  std::function<int()> chosen;
};

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("--config", globals.config, "the configuration file (papertray.toml)");
  app.add_option("--state", globals.state, "the state directory, instead of the configuration's");
  app.add_flag("--json", globals.json, "one JSON object instead of text");
  app.add_flag("--no-color", globals.no_color, "no colours, even on a terminal");
  app.add_flag("--quiet", globals.quiet, "nothing but what went wrong");
  app.add_flag("--unsafe-no-sandbox", globals.unsafe_no_sandbox,
               "read mail even where the inspector cannot be sandboxed");
  app.set_version_flag("--version", std::string("papertray ") + PAPERTRAY_VERSION);
}

void add_commands(CLI::App& app, CommandLine& line) {
  CLI::App* run = app.add_subcommand("run", "take in what is new, send what is due");
  run->add_flag("--once", line.run.once, "then exit (for cron and timers)");
  run->add_flag("--dry-run", line.run.dry_run, "only show what would be decided; change nothing");
  run->footer("Example: papertray run --once");
  run->callback([&line] { line.chosen = [&line] { return cmd_run(line.globals, line.run); }; });

  CLI::App* import = app.add_subcommand("import", "take in mail from files, the same way");
  import
      ->add_option("paths", line.import.paths,
                   "mbox, Maildir, .eml, folder of such, or - for standard input")
      ->required();
  import->add_flag("--receipts", line.import.receipts, "answer these mails too");
  import->footer("Example: papertray import old-mail.mbox");
  import->callback([&line] { line.chosen = [&line] { return cmd_import(line.globals, line.import);
};
}  // namespace
);

CLI::App* status = app.add_subcommand("status", "counts, countdowns, what waits for a person");
status->footer("Example: papertray status --json");
status->callback([&line] { line.chosen = [&line] { return cmd_status(line.globals); }; });

CLI::App* list = app.add_subcommand("list", "papers, questions, messages, triage or outbox");
list->add_option("what", line.list.what, "papers (default), questions, messages, triage, outbox")
    ->check(CLI::IsMember({"papers", "questions", "messages", "triage", "outbox"}));
list->add_flag("--late", line.list.late, "only what came after the deadline");
list->add_flag("--problems", line.list.problems, "only what a person should look at");
list->add_option("--decision", line.list.decision, "submitted, accepted, rejected or withdrawn");
list->add_option("--panel", line.list.panel, "questions of this panel");
list->add_option("--format", line.list.format, "table (default), csv or json")
    ->check(CLI::IsMember({"table", "csv", "json"}));
list->footer("Example: papertray list papers --late --format csv");
list->callback([&line] { line.chosen = [&line] { return cmd_list(line.globals, line.list); }; });

CLI::App* show = app.add_subcommand("show", "one thing with its history");
show->add_option("id", line.id, "P-7, Q-3 or M-12")->required();
show->footer("Example: papertray show P-7");
show->callback([&line] { line.chosen = [&line] { return cmd_show(line.globals, line.id); }; });

CLI::App* explain = app.add_subcommand("explain", "why a mail went where it went");
explain->add_option("what", line.id, "M-12, P-7 or a mail file")->required();
explain->footer("Example: papertray explain M-12");
explain->callback([&line] { line.chosen = [&line] { return cmd_explain(line.globals, line.id); }; });

CLI::App* rebuild = app.add_subcommand("rebuild", "make the database anew from the log");
rebuild->footer("Example: papertray rebuild");
rebuild->callback([&line] { line.chosen = [&line] { return cmd_rebuild(line.globals); }; });

CLI::App* doctor = app.add_subcommand("doctor", "check configuration, deadlines, disk, sandbox, logins");
doctor->footer("Example: papertray doctor");
doctor->callback([&line] { line.chosen = [&line] { return cmd_doctor(line.globals); }; });
}  // namespace papertray

}  // namespace

int command_line(int argc, char** argv) {
  CLI::App app{"papertray: a call-for-papers desk out of a mailbox", "papertray"};
  CommandLine line;
  app.require_subcommand(1);
  app.fallthrough();  // global options may stand behind the command too
  add_globals(app, line.globals);
  add_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version come as errors too, with exit code 0.
    if (error.get_exit_code() == 0) return app.exit(error);
    return complain(std::string(error.what()) + "; papertray --help shows what there is", Exit::usage);
  }
  try {
    return line.chosen();
  } catch (const Failure& failure) {
    return complain(failure.error().text, failure.error().exit);
  } catch (const std::bad_alloc&) {
    return complain("out of memory; nothing is lost, run it again", Exit::try_later);
  } catch (const std::exception& error) {
    return complain(
        std::string("a defect in papertray: ") + error.what() + "; nothing is lost, please report it",
        Exit::bad_data);
  }
}

}  // namespace papertray
