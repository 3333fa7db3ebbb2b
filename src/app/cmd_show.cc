#include "app/cmd_show.h"

#include "app/config.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "core/error.h"
#include "core/printable.h"
#include "report/json.h"
#include "report/text.h"

namespace papertray {

int cmd_show(const Globals& globals, const std::string& id, bool full) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  const std::unique_ptr<Reader> reader = open_reader(config);
  if (const auto message = reader->message(id)) {
    print(globals.json ? message_json(*message) : message_text(*message, look));
  } else if (const auto submission = reader->submission(id)) {
    print(globals.json ? submission_json(*submission) : submission_text(*submission, look, full));
  } else {
    throw Failure({Scope::program, Again::person, Exit::not_there,
                   "there is no " + one_line(id) +
                       "; papertray list messages and papertray list papers show the ids"});
  }
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
