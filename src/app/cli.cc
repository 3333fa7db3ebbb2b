#include "app/cli.h"

#include <charconv>
#include <exception>
#include <functional>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "app/cli_describe.h"
#include "app/cli_desk.h"
#include "app/cli_init.h"
#include "app/cli_pages.h"
#include "app/cli_words.h"
#include "app/cmd_audit.h"
#include "app/cmd_backup.h"
#include "app/cmd_check_pdf.h"
#include "app/cmd_doctor.h"
#include "app/cmd_explain.h"
#include "app/cmd_import.h"
#include "app/cmd_list.h"
#include "app/cmd_outbox.h"
#include "app/cmd_rebuild.h"
#include "app/cmd_recheck.h"
#include "app/cmd_run.h"
#include "app/cmd_show.h"
#include "app/cmd_status.h"
#include "app/cmd_template.h"
#include "app/no_dumps.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/nearest.h"

#ifndef PAPERTRAY_VERSION
#error "PAPERTRAY_VERSION comes from CMake"
#endif

namespace papertray {
namespace {

// What the words on the command line ask for.
struct CommandLine {
  Globals globals;
  RunOptions run;
  ImportOptions import;
  ListOptions list;
  AuditOptions audit;
  CheckPdfOptions check_pdf;
  RecheckOptions recheck;
  OutboxOptions outbox;
  TemplateOptions letter;
  DeskOptions desk;
  PagesOptions pages;
  InitOptions init;
  ShowOptions show;
  std::string id;
  std::string file;          // of backup
  std::optional<int> watch;  // of status
  std::function<int()> chosen;
};

// Without a number, as CLI11 tells that: an empty one, or "true".
int watch_seconds(const std::vector<std::string>& given) {
  if (given.empty() || given.front().empty() || given.front() == "true") return 2;
  const std::string& text = given.front();
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > 86'400)
    throw CLI::ValidationError("--watch", "\"" + text + "\" is no number of seconds from 1 to 86,400");
  return seconds;
}

CLI::Validator panel_number() {
  return CLI::Validator(
      [](const std::string& given) -> std::string {
        int number = 0;
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
        if (error == std::errc() && end == given.data() + given.size() && number > 0) return "";
        return "\"" + given + "\" is no panel; panels are 1, 2, ...";
      },
      "");
}

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("--config", globals.config, "the configuration file")->type_name("FILE");
  app.add_option("--state", globals.state, "the state directory, instead of the configuration's")
      ->type_name("DIR");
  app.add_flag("--json", globals.json, "one JSON object instead of text (docs/json.md)");
  app.add_flag("--no-color", globals.no_color, "no colours, even on a terminal");
  app.add_flag("--quiet", globals.quiet,
               "no progress and no last line; only answers and what went wrong");
  app.add_flag("--unsafe-no-sandbox", globals.unsafe_no_sandbox,
               "read mail even where the inspector cannot be sandboxed");
  app.set_version_flag("--version", std::string("papertray ") + PAPERTRAY_VERSION);
  app.footer(
      "papertray COMMAND --help tells more of each, with an example.\n"
      "The global options may stand before or behind the command.");
}

void add_recheck(CLI::App& app, CommandLine& line) {
  CLI::App* command = app.add_subcommand(
      "recheck",
      "look into papers again: after their style changed, or those named; writes no receipts");
  command
      ->add_option("id", line.recheck.ids, "P-7 ...; without: those that were checked by another style")
      ->type_name("");
  command->add_flag("--all", line.recheck.all, "every paper, whatever it was checked by");
  command->footer("Example: papertray recheck --all");
  command->callback(
      [&line] { line.chosen = [&line] { return cmd_recheck(line.globals, line.recheck); }; });
}

void add_list(CLI::App& app, CommandLine& line) {
  ListOptions& list = line.list;
  CLI::App* command = app.add_subcommand("list", "papers, questions, messages, triage or outbox");
  command->add_option("what", list.what, "papers (default), questions, messages, triage, outbox")
      ->type_name("")
      ->check(one_of({"papers", "questions", "messages", "triage", "outbox"}));
  command->add_flag("--late", list.late, "only what came after the deadline");
  command->add_flag("--problems", list.problems, "only what a person should look at");
  command->add_option("--decision", list.decision, "submitted, accepted, rejected or withdrawn")
      ->type_name("D")
      ->check(one_of({"submitted", "accepted", "rejected", "withdrawn"}));
  command
      ->add_option("--final", list.final_copy,
                   "accepted papers whose final copy is missing, or received")
      ->type_name("F")
      ->check(one_of({"missing", "received"}));
  command->add_option("--panel", list.panel, "questions of this panel")
      ->type_name("N")
      ->check(panel_number());
  command
      ->add_option(
          "--format", list.format,
          "table (default), csv or json; of questions also sheet and html: to print for a panel")
      ->type_name("F")
      ->check(one_of({"table", "csv", "json", "sheet", "html"}));
  command->add_option("--html", list.html, "the questions' sheet as a page, into this file")
      ->type_name("FILE");
  command->add_flag("--askers", list.askers, "of a sheet: with the askers' names");
  command->footer("Example: papertray list papers --late --format csv");
  command->callback([&line] { line.chosen = [&line] { return cmd_list(line.globals, line.list); }; });
}

void add_outbox(CLI::App& app, CommandLine& line) {
  OutboxOptions& outbox = line.outbox;
  CLI::App* command = app.add_subcommand("outbox", "what is to be sent, and orders about it");
  command->require_subcommand(0, 1);
  command->add_flag("--problems", outbox.problems, "only what a person should look at");
  command->footer("Example: papertray outbox retry 17");
  command->callback([&line] {
    if (line.outbox.what.empty()) line.outbox.what = "list";
    line.chosen = [&line] { return cmd_outbox(line.globals, line.outbox); };
  });
  const auto add = [&](const char* name, const char* text, bool wants_ids, const char* example) {
    CLI::App* order = command->add_subcommand(name, text);
    const bool list = std::string_view(name) == "list";
    if (!list) {
      CLI::Option* ids = order->add_option("id", outbox.ids, "numbers of papertray outbox list");
      ids->type_name("");
      if (wants_ids) ids->required();
    } else {
      order->add_flag("--problems", outbox.problems, "only what a person should look at");
      order->add_option("--format", outbox.format, "table (default), csv or json")
          ->type_name("F")
          ->check(one_of({"table", "csv", "json"}));
    }
    if (!list && std::string_view(name) != "show") {
      order->add_flag("--dry-run", outbox.dry_run, "only show what would be done");
      order->add_option("--as", outbox.actor, "who orders it, instead of the login name")
          ->type_name("NAME");
    }
    order->footer(std::string("Example: papertray outbox ") + example);
    order->callback([&outbox, name] { outbox.what = name; });
  };
  add("list", "all of it (also: papertray list outbox)", false, "list --problems");
  add("show", "one mail with its text and its history", true, "show 17");
  add("send", "these, or all that are held; then send what is due", false, "send");
  add("retry", "queue failed, unknown, suppressed or dropped ones again, and send", true, "retry 17");
  add("drop", "never send these", true, "drop 17");
  add("pause", "these, or the whole outbox, until resumed", false, "pause");
  add("resume", "these, or the whole outbox", false, "resume");
}

void add_check_pdf(CLI::App& app, CommandLine& line) {
  CheckPdfOptions& check = line.check_pdf;
  CLI::App* command = app.add_subcommand("check-pdf", "whether papers look as the style asks");
  command->add_option("file", check.files, "the papers, PDF")->type_name("")->required();
  command->add_option("--style", check.style, "a style's name or file, instead of the rules'")
      ->type_name("S");
  command->add_option("--annotate", check.annotate, "draw page 1 with its text block into this PNG")
      ->type_name("FILE");
  command->add_flag("--ink", check.ink, "look at figures that stick out, too (slower)");
  command->footer("Example: papertray check-pdf paper.pdf --annotate page1.png");
  command->callback(
      [&line] { line.chosen = [&line] { return cmd_check_pdf(line.globals, line.check_pdf); }; });
}

void add_commands(CLI::App& app, CommandLine& line) {
  CLI::App* run = app.add_subcommand("run", "take in what is new, send what is due, wait for more");
  run->add_flag("--once", line.run.once, "exit instead of waiting (for cron and timers)");
  run->add_flag("--dry-run", line.run.dry_run, "only show what would be decided; change nothing");
  run->footer("Example: papertray run --once");
  run->callback([&line] { line.chosen = [&line] { return cmd_run(line.globals, line.run); }; });

  CLI::App* take = app.add_subcommand("import", "take in mail from files, the same way");
  take->add_option("path", line.import.paths,
                   "mbox, Maildir, .eml, a folder of such, or - for standard input")
      ->type_name("")
      ->required();
  take->add_flag("--receipts", line.import.receipts, "answer these mails too");
  take->footer("Example: papertray import old-mail.mbox");
  take->callback([&line] { line.chosen = [&line] { return cmd_import(line.globals, line.import); }; });

  CLI::App* status = app.add_subcommand("status", "counts, countdowns, what waits for a person");
  status
      ->add_option_function<std::vector<std::string>>(
          "--watch",
          [&line](const std::vector<std::string>& given) { line.watch = watch_seconds(given); },
          "show it anew every so many seconds (2), until q")
      ->expected(0, 1)
      ->type_name("SECONDS");
  status->footer("Example: papertray status --watch 5");
  status->callback([&line] { line.chosen = [&line] { return cmd_status(line.globals, line.watch); }; });

  add_list(app, line);
  add_recheck(app, line);
  add_outbox(app, line);
  add_desk_commands(app, line.globals, line.desk, line.chosen);
  add_pages_commands(app, line.globals, line.pages, line.chosen);

  CLI::App* show = app.add_subcommand("show", "one thing with its history");
  show->add_option("id", line.show.id, "P-7, Q-3 or M-12")->type_name("")->required();
  show->add_flag("--full", line.show.full, "a question with the quotes and signatures of its mail");
  show->add_flag("--source", line.show.source, "of M-12: the mail as it came, into a file or a program");
  show->footer("Example: papertray show P-7");
  show->callback([&line] { line.chosen = [&line] { return cmd_show(line.globals, line.show); }; });

  CLI::App* explain = app.add_subcommand("explain", "why a mail went where it went");
  explain->add_option("what", line.id, "M-12, P-7, a mail file, or - for standard input")
      ->type_name("")
      ->required();
  explain->footer("Example: papertray explain M-12");
  explain->callback([&line] { line.chosen = [&line] { return cmd_explain(line.globals, line.id); }; });

  CLI::App* letter = app.add_subcommand("template", "what a receipt would say");
  letter->add_option("name", line.letter.name, "received, late, ...; without it all, by their subjects")
      ->type_name("");
  letter->add_option("--for", line.letter.submission, "of this submission, instead of an invented one")
      ->type_name("P-7");
  letter->add_flag("--html", line.letter.html, "its HTML part");
  letter->footer("Example: papertray template received --for P-7");
  letter->callback(
      [&line] { line.chosen = [&line] { return cmd_template(line.globals, line.letter); }; });

  add_check_pdf(app, line);

  CLI::App* audit =
      app.add_subcommand("audit", "check that every mail has its fate, and that the disk holds it");
  audit->add_flag("--offline", line.audit.offline, "the disk alone; the mailbox is not asked");
  audit->footer("Example: papertray audit");
  audit->callback([&line] { line.chosen = [&line] { return cmd_audit(line.globals, line.audit); }; });

  CLI::App* rebuild = app.add_subcommand("rebuild", "make the database anew from the log");
  rebuild->footer("Example: papertray rebuild");
  rebuild->callback([&line] { line.chosen = [&line] { return cmd_rebuild(line.globals); }; });

  CLI::App* backup = app.add_subcommand("backup", "one archive of log, database and configuration");
  backup->add_option("file", line.file, "the tar to write; one of that name is replaced")
      ->type_name("FILE.tar")
      ->required();
  backup->footer(
      "Beside a running daemon, too. The way back: tar xf FILE.tar -C STATE, then papertray rebuild.\n"
      "Example: papertray backup /var/backups/papertray.tar");
  backup->callback([&line] { line.chosen = [&line] { return cmd_backup(line.globals, line.file); }; });

  add_init_command(app, line.globals, line.init, line.chosen);

  CLI::App* doctor =
      app.add_subcommand("doctor", "check configuration, deadlines, disk, sandbox, logins");
  doctor->footer("Example: papertray doctor");
  doctor->callback([&line] { line.chosen = [&line] { return cmd_doctor(line.globals); }; });
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr))
    names.push_back(command->get_name());
  return names;
}

// Of the program, and of the command where one was recognised.
std::vector<std::string> option_names(const CLI::App& app, const CLI::App* command) {
  std::vector<std::string> names;
  for (const CLI::App* of : {&app, command})
    if (of)
      for (const CLI::Option* option : of->get_options())
        for (const std::string& name : option->get_lnames())
          names.push_back("--" + name);
  return names;
}

std::string unknown_word(const CLI::App& app, const CLI::App* command, const std::string& word,
                         const std::string& help) {
  const bool option = word.starts_with("-") && word != "-";
  if (command && !option)
    return fmt::format("papertray {} has no use for \"{}\"{}", command->get_name(), word, help);
  const std::string nearest = nearest_word(word.substr(0, word.find('=')),
                                           option ? option_names(app, command) : command_names(app));
  return fmt::format("unknown {} \"{}\"{}", option ? "option" : "command", word,
                     nearest.empty() ? help : "; did you mean " + nearest + "?");
}

// What CLI11 says is about its own notions; this is about what was typed.
std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<CLI::App*> recognised = app.get_subcommands();
  const CLI::App* command = recognised.empty() ? nullptr : recognised.back();
  const std::string here = command ? "papertray " + command->get_name() : "papertray";
  const std::string help = "; " + here + " --help shows what there is";
  for (const std::string& word : app.remaining(true))
    if (word != "--") return unknown_word(app, command, word, help);
  if (!command && dynamic_cast<const CLI::RequiredError*>(&error)) return "no command given" + help;
  const std::string what = error.what();
  return here + ": " + what + (what.ends_with("?") ? "" : help);
}

int fail(const std::string& sentence, Exit exit) {
  complain(sentence);
  return static_cast<int>(exit);
}

// Nothing here may ask for memory.
int out_of_memory() {
  constexpr std::string_view line = "papertray: out of memory; nothing is lost, run it again\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
  return static_cast<int>(Exit::try_later);
}

constexpr const char* about = "papertray: a call-for-papers desk out of a mailbox";

void define(CLI::App& app, CommandLine& line) {
  app.require_subcommand(1);
  app.fallthrough();
  add_globals(app, line.globals);
  add_commands(app, line);
}

int obey(int argc, char** argv) {
  CLI::App app{about, "papertray"};
  CommandLine line;
  define(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return static_cast<int>(Exit::done);
  } catch (const CLI::CallForVersion& version) {
    print(std::string(version.what()) + "\n");
    return static_cast<int>(Exit::done);
  } catch (const CLI::ParseError& error) {
    return fail(usage_sentence(app, error), Exit::usage);
  }
  return line.chosen();
}

// What goes wrong is one sentence and an exit code. Throws std::bad_alloc where even that takes too
// much.
int told(int argc, char** argv) {
  try {
    guard_standard_streams();
    forbid_dumps();
    return obey(argc, argv);
  } catch (const Failure& failure) {
    return fail(failure.error().text, failure.error().exit);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    if (system && system->code() == std::errc::resource_unavailable_try_again)
      return fail("the system gives no thread or process more; nothing is lost, run it again",
                  Exit::try_later);
    return fail(
        std::string("a defect in papertray: ") + error.what() + "; nothing is lost, please report it",
        Exit::bad_data);
  }
}

}  // namespace

std::string describe_command_line(const std::string& form, const std::string& page) {
  CLI::App app{about, "papertray"};
  CommandLine line;
  define(app, line);
  if (form == "bash") return bash_completion(app);
  if (form == "zsh") return zsh_completion(app);
  return manual_page(app, page);
}

int command_line(int argc, char** argv) {
  try {
    return told(argc, argv);
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  }
}

}  // namespace papertray
