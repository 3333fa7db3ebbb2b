// Shows taken mails as done on the server: a flag, or another folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "imap/folder.h"
#include "imap/session.h"

namespace papertray {

// \Seen, and $Papertray where the folder takes keywords. `uids` ascending, of the selected folder; those
// that are gone are passed over by the server. Throws Failure (folder).
void mark_seen(Session& session, const Folder& folder, std::span<const std::uint32_t> uids);

// UID MOVE (RFC 6851), else COPY, \Deleted and UID EXPUNGE (RFC 4315). Never a plain EXPUNGE: it would
// remove what other people have marked. Throws Failure (folder).
void move_to(Session& session, const Folder& folder, std::span<const std::uint32_t> uids,
             const std::string& target);

}  // namespace papertray
