#include "app/cmd_title.h"

#include <utility>

#include <fmt/format.h>

#include "core/error.h"
#include "core/page_text.h"
#include "core/printable.h"
#include "report/authors.h"

namespace papertray {
namespace {

[[noreturn]] void wrong_usage(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::usage, text});
}

// On one line, without what could not be shown.
std::string words_of(const std::string& given, const char* what, std::size_t most) {
  std::string words = page_line(given);
  if (words.empty() && !given.empty()) wrong_usage(fmt::format("the {} has no words in it", what));
  if (words.size() > most)
    wrong_usage(fmt::format("the {} has {} bytes; at most {}", what, words.size(), most));
  return words;
}

// As it would be typed, for histories and for who wants to undo it.
std::string command_of(const TitleOptions& options, const std::string& title,
                       const std::string& authors) {
  std::string command = "title " + one_line(options.id);
  if (options.own) return command + " --own";
  if (!title.empty()) command += " \"" + title + "\"";
  if (!authors.empty()) command += " --authors \"" + authors + "\"";
  return command;
}

}  // namespace

int cmd_title(const Globals& globals, const TitleOptions& options) {
  const std::string title = words_of(options.title, "title", most_title_bytes);
  const std::string authors = words_of(options.authors, "list of authors", most_authors_bytes);
  if (options.own && !(title.empty() && authors.empty()))
    wrong_usage("--own takes what the paper says; a title or --authors beside it would not count");
  if (!options.own && title.empty() && authors.empty())
    wrong_usage("title needs the right title, --authors, or --own");
  // The pages show no address, so a list of them would name nobody.
  if (!authors.empty() && author_names(authors).empty())
    wrong_usage("--authors names nobody; it is a list like \"Ada Lovelace, Alan Turing\"");

  Acting acting(globals, options.by, "title");
  const Standing standing = acting.required(options.id);
  const ShownSubmission shown = acting.reader().submission(options.id).value();
  std::vector<Acting::Wanted> wanted;
  const auto want = [&](ActKind kind, const std::string& stands, const std::string& text) {
    wanted.push_back({Act{.kind = kind,
                          .id = standing.id,
                          .into = "",
                          .panel = 0,
                          .note = acting.note(),
                          .text = text},
                      judge_correction(standing, stands, text)});
  };
  if (options.own || !title.empty()) want(ActKind::title, shown.right_title, title);
  if (options.own || !authors.empty()) want(ActKind::authors, shown.right_authors, authors);
  acting.act(command_of(options, title, authors), wanted);
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
