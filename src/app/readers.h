// What the reading commands share: the rules as they are today and the database, opened for reading.
#pragma once

#include <memory>

#include "app/config.h"
#include "core/error.h"
#include "core/rules.h"
#include "report/reader.h"

namespace papertray {

Rules present_rules(const Config& config);

// The same, for commands that write: a mistake in the rules must stop them before they touch anything.
void check_rules(const Config& config);

// Throws Failure (not_there) before the first mail.
std::unique_ptr<Reader> open_reader(const Config& config);
// nullptr before the first mail.
std::unique_ptr<Reader> open_reader_if_there(const Config& config);

// Every track of the rules has its counts, zeros where no mail has come yet, in the rules' order.
void complete_tracks(Counts& counts, const Rules& rules);

}  // namespace papertray
