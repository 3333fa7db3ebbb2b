#include "app/cmd_notify.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/letters.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "core/ascii.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/printable.h"
#include "core/receipt.h"

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

// Those of the rules' own letters, by name.
std::vector<std::string> own_letters_of(const Rules& rules) {
  std::vector<std::string> names;
  for (const auto& [kind, text] : rules.templates)
    if (const auto name = own_letter_name(kind)) names.emplace_back(*name);
  return names;
}

// "P-7,P-9" into its parts.
std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  for (std::string_view rest = list; !rest.empty();) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    if (const std::string_view part = ascii::trimmed(rest.substr(0, end)); !part.empty())
      parts.emplace_back(part);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return parts;
}

// Ids have a digit, groups have none.
void choose_recipients(const std::string& to, LetterWish& wish) {
  const auto group = notice_to_from_name(to);
  if (group) wish.to = *group;
  if (group || to.empty()) return;
  wish.ids = parts_of(to);
  for (const std::string& id : wish.ids)
    if (!std::ranges::any_of(id, ascii::is_digit)) check_word(to, notice_to_names());
}

LetterWish wish_of(const NotifyOptions& options, const Rules& rules) {
  std::vector<std::string> words = {"decisions", "reminder", "accepted", "rejected"};
  const std::vector<std::string> own = own_letters_of(rules);
  words.insert(words.end(), own.begin(), own.end());
  check_word(options.what, words);
  LetterWish wish{.again = options.again, .with_notes = options.with_notes};
  if (std::ranges::find(own, options.what) != own.end()) {
    if (options.with_notes)
      wrong_usage("--with-notes is for decisions; what a letter says stands in its template");
    if (options.to.empty())
      wrong_usage(fmt::format("notify {} needs --to: {}, or ids like P-7,P-9", options.what,
                              fmt::join(notice_to_names(), ", ")));
    wish.what = NoticeWhat::letter;
    wish.letter = std::string(own_letters) + options.what;
    choose_recipients(options.to, wish);
    return wish;
  }
  const bool reminder = options.what == "reminder";
  if (!reminder && !options.to.empty())
    wrong_usage("--to " + one_line(options.to) +
                " is for notify reminder and letters of your own; decisions go to whom they are about");
  if (reminder && !options.to.empty()) check_word(options.to, {"missing-final"});
  if (reminder && options.with_notes)
    wrong_usage("--with-notes is for decisions; a reminder has no notes");
  wish.what = reminder                     ? NoticeWhat::missing_final
              : options.what == "accepted" ? NoticeWhat::accepted
              : options.what == "rejected" ? NoticeWhat::rejected
                                           : NoticeWhat::decisions;
  return wish;
}

std::string command_of(const NotifyOptions& options) {
  std::string command = "notify " + options.what;
  if (!options.to.empty()) command += " --to " + one_line(options.to);
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
  const LetterWish wish = wish_of(options, present_rules(load_config(globals.config, globals.state)));
  const std::string command = command_of(options);
  KnownRecipients known;
  LetterPlan plan;
  Look look;
  // Nobody has the turn while a person reads.
  {
    Acting acting(globals, options.by, command);
    plan = plan_letters(acting, globals, wish, known);
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
  const LetterPlan now = plan_letters(acting, globals, wish, known);
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
