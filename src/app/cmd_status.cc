#include "app/cmd_status.h"

#include <memory>

#include "app/config.h"
#include "app/readers.h"
#include "app/status_view.h"
#include "app/terminal.h"
#include "report/json.h"
#include "report/text.h"

namespace papertray {

int cmd_status(const Globals& globals) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  const std::unique_ptr<Reader> reader = open_reader_if_there(config);
  const StatusView view = status_view(config, rules, reader.get(), look.now);
  print(globals.json ? status_json(view, look.now) : status_text(view, look));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
