#include "app/cmd_status.h"

#include "app/config.h"
#include "app/contact.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "report/json.h"
#include "report/status.h"
#include "report/text.h"

namespace papertray {

int cmd_status(const Globals& globals) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Contact contact = read_contact(config.state);

  StatusView view;
  view.workshop = rules.workshop;
  // Before the first mail there is nothing to count, and that is no error.
  Sending sending;
  const Look look = look_of(globals, rules.timezone);
  if (const std::unique_ptr<Reader> reader = open_reader_if_there(config)) {
    view.counts = reader->counts();
    sending = reader->sending(look.now);
  }
  view.sending = sending_state(sending, view.counts, config.limits.per_day, look.now);
  complete_tracks(view.counts, rules);
  view.deadlines = deadline_rows(rules);
  view.mailbox = {.last_contact = contact.status.last_contact,
                  .state = contact.word,
                  .detail = contact.status.detail,
                  .next_try = contact.status.next_try,
                  .lag = contact.status.lag};

  print(globals.json ? status_json(view, look.now) : status_text(view, look));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
