// How it stands with sending: asked by the outbox and shown to people. Internal to store/.
#pragma once

#include <optional>
#include <vector>

#include "intake/store.h"
#include "store/connection.h"

namespace papertray {

std::optional<OutboxPause> find_pause(Connection& db);

// When mails were handed over, surely or perhaps, after `since`; ascending.
std::vector<Time> find_sent_after(Connection& db, Time since);

}  // namespace papertray
