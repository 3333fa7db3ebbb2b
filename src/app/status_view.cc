#include "app/status_view.h"

#include "app/contact.h"
#include "app/readers.h"

namespace papertray {

StatusView status_view(const Config& config, const Rules& rules, const Reader* reader, Time now) {
  const Contact contact = read_contact(config.state);
  StatusView view;
  view.workshop = rules.workshop;
  // Before the first mail there is nothing to count, and that is no error.
  Sending sending;
  if (reader) {
    view.counts = reader->counts();
    sending = reader->sending(now);
  }
  view.sending = sending_state(sending, view.counts, config.limits.per_day, now);
  complete_tracks(view.counts, rules);
  view.deadlines = deadline_rows(rules);
  view.mailbox = {.last_contact = contact.status.last_contact,
                  .state = contact.word,
                  .detail = contact.status.detail,
                  .next_try = contact.status.next_try,
                  .lag = contact.status.lag};
  return view;
}

}  // namespace papertray
