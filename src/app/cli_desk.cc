#include "app/cli_desk.h"

#include <string>

#include <CLI/CLI.hpp>

#include "app/cmd_triage.h"
#include "app/cmd_undo.h"

namespace papertray {
namespace {

void add_by(CLI::App& command, ActBy& by) {
  command.add_option("--as", by.actor, "who decides it, instead of the login name")->type_name("NAME");
  command.add_option("--note", by.note, "why, for the history")->type_name("TEXT");
}

void add_notify(CLI::App& app, const Globals& globals, DeskOptions& options,
                std::function<int()>& chosen) {
  NotifyOptions& notify = options.notify;
  CLI::App* command = app.add_subcommand("notify", "write to authors, after showing what goes to whom");
  command
      ->add_option(
          "what", notify.what,
          "decisions, reminder, accepted, rejected, or a letter of your own: receipts/letters/NAME.txt")
      ->type_name("")
      ->required();
  command
      ->add_option("--to", notify.to,
                   "of a letter of your own: all, accepted, rejected, undecided, missing-final, "
                   "received-final or P-7,P-9; "
                   "of reminder: missing-final (default)")
      ->type_name("WHOM");
  command->add_flag("--dry-run", notify.dry_run, "only show");
  command->add_flag("--yes", notify.yes, "write without asking");
  command->add_flag("--again", notify.again,
                    "also who was told otherwise, reminded or written to before");
  command->add_flag("--with-notes", notify.with_notes, "tell authors the notes beside the decisions");
  add_by(*command, notify.by);
  command->footer("Example: papertray notify decisions --dry-run");
  command->callback(
      [&globals, &notify, &chosen] { chosen = [&] { return cmd_notify(globals, notify); }; });
}

}  // namespace

void add_desk_commands(CLI::App& app, const Globals& globals, DeskOptions& options,
                       std::function<int()>& chosen) {
  const auto add = [&](ActKind kind, const char* text, const char* ids, bool many, const char* example) {
    const std::string name(act_name(kind));
    CLI::App* command = app.add_subcommand(name, text);
    CLI::Option* what =
        many ? command->add_option("id", options.act.ids, ids)
             : command->add_option_function<std::string>(
                   "id", [&options](const std::string& id) { options.act.ids = {id}; }, ids);
    what->type_name("")->required();
    add_by(*command, options.act.by);
    command->footer(std::string("Example: papertray ") + example);
    command->callback([&globals, &options, &chosen, kind] {
      options.act.kind = kind;
      chosen = [&globals, &options] { return cmd_act(globals, options.act); };
    });
    return command;
  };

  CLI::App* route = app.add_subcommand("route", "say what a mail is that the machine left");
  route->add_option("id", options.route.id, "M-12")->type_name("")->required();
  route->add_option("to", options.route.to, "a track (papers, questions), or P-7: a version of it")
      ->type_name("")
      ->required();
  route->add_flag("--quiet-author", options.route.quiet_author, "no receipt");
  add_by(*route, options.route.by);
  route->footer("Example: papertray route M-12 papers");
  route->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_route(globals, options.route); }; });

  CLI::App* triage =
      app.add_subcommand("triage", "through what the machine would not decide, one screen each");
  add_by(*triage, options.triage);
  triage->footer("Example: papertray triage");
  triage->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_triage(globals, options.triage); }; });

  add(ActKind::dismiss, "nothing to do about a mail, or about its notes", "M-12 ...", true,
      "dismiss M-12 --note spam");
  CLI::App* merge = add(ActKind::merge, "make the versions of one submission another's", "P-9", false,
                        "merge P-9 --into P-7");
  merge->add_option("--into", options.act.into, "the submission that gets them")
      ->type_name("P-7")
      ->required();
  add(ActKind::excuse, "late versions count as on time", "P-7 ...", true, "excuse P-7");
  add(ActKind::withdraw, "take a submission back", "P-7 ...", true, "withdraw P-7");
  add(ActKind::accept, "accept papers; nobody is written to", "P-7 ...", true, "accept P-7 P-9");
  add(ActKind::reject, "reject papers; nobody is written to", "P-7 ...", true, "reject P-8");

  CLI::App* title = app.add_subcommand("title", "put the title or the authors of a paper right");
  title->add_option("id", options.title.id, "P-7")->type_name("")->required();
  title->add_option("title", options.title.title, "the right title")->type_name("");
  title->add_option("--authors", options.title.authors, "the right authors, in their order")
      ->type_name("NAMES");
  title->add_flag("--own", options.title.own, "what the paper itself says counts again");
  add_by(*title, options.title.by);
  title->footer(
      "Example: papertray title P-7 \"Large Batches\" --authors \"Ada Lovelace, Alan Turing\"");
  title->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_title(globals, options.title); }; });

  CLI::App* decide = app.add_subcommand("decide", "accept and reject by a list, all of it or nothing");
  decide->add_option("file", options.decide.file, "lines of id,decision[,note], or - for standard input")
      ->type_name("FILE.csv")
      ->required();
  decide->add_flag("--dry-run", options.decide.dry_run, "only check the list");
  add_by(*decide, options.decide.by);
  decide->footer("Example: papertray decide decisions.csv");
  decide->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_decide(globals, options.decide); }; });

  add_notify(app, globals, options, chosen);

  CLI::App* panel = add(ActKind::panel, "put a question on a panel", "Q-3", false, "panel Q-3 1");
  panel->add_option("number", options.act.panel, "1, 2, ...; 0 takes it off")->type_name("")->required();

  add(ActKind::hide, "keep a question off the sheets and pages", "Q-3 ...", true,
      "hide Q-3 --note 'asked twice'");
  add(ActKind::restore, "show a hidden question again", "Q-3 ...", true, "restore Q-3");

  CLI::App* undo = app.add_subcommand("undo", "take your last decision back");
  add_by(*undo, options.undo);
  undo->footer("Example: papertray undo");
  undo->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_undo(globals, options.undo); }; });

  CLI::App* replay =
      app.add_subcommand("replay", "what other rules would have decided; changes nothing");
  replay->add_option("--rules", options.replay.rules, "the other rules file")
      ->type_name("FILE")
      ->required();
  replay->add_flag("--apply", options.replay.apply, "after asking, take in and excuse what it shows");
  replay->add_flag("--yes", options.replay.yes, "with --apply: without asking");
  replay->add_flag("--quiet-author", options.replay.quiet_author, "with --apply: no receipts");
  add_by(*replay, options.replay.by);
  replay->footer("Example: papertray replay --rules new-rules.toml");
  replay->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_replay(globals, options.replay); }; });
}

}  // namespace papertray
