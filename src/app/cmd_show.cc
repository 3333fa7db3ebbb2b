#include "app/cmd_show.h"

#include <memory>
#include <vector>

#include <fmt/format.h>

#include "app/config.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/printable.h"
#include "log/tar_log.h"
#include "report/json.h"
#include "report/text.h"

namespace papertray {

namespace {

[[noreturn]] void wrong_usage(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::usage, text});
}

// A stranger's bytes: to a file or a program, never to a terminal, which would obey some of them.
void print_source(const Globals& globals, const Config& config, const ShownMessage& shown) {
  if (globals.json) wrong_usage("--source gives the mail's bytes, which are no JSON; leave out --json");
  if (is_terminal_out())
    wrong_usage(
        fmt::format("--source is for a file: papertray show {0} --source > {0}.eml", shown.row.id));
  const std::unique_ptr<TarLog> log = TarLog::open(log_path(config), {}, TarLog::Mode::read);
  const std::unique_ptr<MailBytes> mail =
      log->open({.segment = shown.log_segment, .offset = shown.log_offset, .size = shown.size});
  std::vector<char> buffer(64 * 1024);
  std::uint64_t at = 0;
  while (const std::size_t n = mail->read(at, buffer)) {
    print({buffer.data(), n});
    at += n;
  }
}

}  // namespace

int cmd_show(const Globals& globals, const ShowOptions& options) {
  const std::string& id = options.id;
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  const std::unique_ptr<Reader> reader = open_reader(config);
  if (const auto message = reader->message(id); message && options.source) {
    print_source(globals, config, *message);
  } else if (options.source) {
    wrong_usage("--source is for a message: M-12");
  } else if (message) {
    print(globals.json ? message_json(*message) : message_text(*message, look));
  } else if (const auto submission = reader->submission(id)) {
    print(globals.json ? submission_json(*submission)
                       : submission_text(*submission, look, options.full));
  } else {
    throw Failure({Scope::program, Again::person, Exit::not_there,
                   "there is no " + one_line(id) +
                       "; papertray list messages and papertray list papers show the ids"});
  }
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
