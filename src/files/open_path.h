// What lies at a path, as a mailbox.
#pragma once

#include <memory>
#include <string>

#include "intake/clock.h"
#include "intake/mailbox_source.h"

namespace papertray {

// "-": standard input. A folder with cur/ or new/ in it: a Maildir, left as it is. Any other folder:
// every regular file below it. A file: an mbox when it begins like one, else one mail. The path is made
// absolute and free of symbolic links, so that one thing has one name. The clock must outlive the
// source. Standard input is given up, with Stopped, when the descriptor `stop` (-1: none) can be read.
// Throws Failure (account): not_there, or neither file nor folder.
std::unique_ptr<MailboxSource> open_path(const std::string& path, const Clock& clock, int stop = -1);

}  // namespace papertray
