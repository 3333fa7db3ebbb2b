#include "app/cmd_notify.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/letters.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"

namespace papertray {
namespace {

[[noreturn]] void wrong_usage(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::usage, text});
}

void check_word(const std::string& given, const std::vector<std::string>& words) {
  if (std::ranges::find(words, given) != words.end()) return;
  const std::string nearest = nearest_word(given, words);
  wrong_usage(fmt::format("\"{}\" is not one of {}{}", one_line(given), fmt::join(words, ", "),
                          nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
}

NoticeWhat what_of(const NotifyOptions& options) {
  check_word(options.what, {"decisions", "reminder", "accepted", "rejected"});
  if (!options.to.empty()) check_word(options.to, {"missing-final"});
  const bool reminder = options.what == "reminder";
  if (!reminder && !options.to.empty())
    wrong_usage("--to " + options.to + " is for notify reminder; decisions go to whom they are about");
  if (reminder && options.with_notes)
    wrong_usage("--with-notes is for decisions; a reminder has no notes");
  if (reminder) return NoticeWhat::missing_final;
  if (options.what == "accepted") return NoticeWhat::accepted;
  if (options.what == "rejected") return NoticeWhat::rejected;
  return NoticeWhat::decisions;
}

std::string command_of(const NotifyOptions& options) {
  std::string command = "notify " + options.what;
  if (!options.to.empty()) command += " --to " + options.to;
  if (options.with_notes) command += " --with-notes";
  if (options.again) command += " --again";
  return command;
}

void write(Acting& acting, const LetterPlan& plan, const std::string& command) {
  LettersOrdered ordered{.letters = plan.letters,
                         .receipts = acting.config().receipts,
                         .note = acting.note(),
                         .command = command};
  for (LettersOrdered::Letter& letter : ordered.letters)
    letter.token = chance_token();
  acting.write(std::move(ordered));
}

}  // namespace

int cmd_notify(const Globals& globals, const NotifyOptions& options) {
  const NoticeWhat what = what_of(options);
  const std::string command = command_of(options);
  KnownRecipients known;
  LetterPlan plan;
  Look look;
  // Nobody has the turn while a person reads.
  {
    Acting acting(globals, options.by, command);
    plan = plan_letters(acting, globals, what, options.again, options.with_notes, known);
    look = look_of(globals, acting.rules().timezone);
  }
  plan.view.command = command;
  const std::size_t number = letters_in(plan.view);
  if (!globals.json && (!globals.quiet || !options.yes)) print(notices_text(plan.view, look));
  const auto end = [&](Exit exit) {
    if (globals.json) print(notices_json(plan.view));
    return static_cast<int>(exit);
  };
  if (options.dry_run || number == 0) return end(Exit::done);
  if (!options.yes) {
    if (globals.json || !can_ask()) {
      complain("nothing was written: --yes writes these letters without asking");
      return end(Exit::not_there);
    }
    if (!ask(fmt::format("Write {}? [y/N] ", number == 1 ? "this letter" : "these letters"))) {
      print("Nothing was written.\n");
      return end(Exit::not_there);
    }
  }
  Acting acting(globals, options.by, command);
  const LetterPlan now = plan_letters(acting, globals, what, options.again, options.with_notes, known);
  if (!same_letters(plan, now))
    throw Failure(
        {Scope::program, Again::person, Exit::not_there,
         "something was decided or came in meanwhile and changes who is written to; nothing was "
         "written, look again"});
  write(acting, now, command);
  plan.view.written = true;
  if (!globals.json && !globals.quiet) print(noticed_text(plan.view, look));
  return end(Exit::done);
}

}  // namespace papertray
