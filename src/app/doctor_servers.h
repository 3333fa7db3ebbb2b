// What `doctor` asks of the servers. Nothing is changed there and nothing is sent.
#pragma once

#include "app/config.h"
#include "app/examination.h"

namespace papertray {

// Each is a check of its own: a mailbox that refuses does not keep sending from being looked at.
void look_at_mailbox(Examination& found, const Config& config);
void look_at_smtp(Examination& found, const Config& config);
void look_at_certificates(Examination& found, const Config& config);
// By what the server for sending says in its greeting, and by the mails that have come in.
void look_at_clock(Examination& found, const Config& config);

}  // namespace papertray
