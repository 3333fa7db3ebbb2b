// A folder as the server tells of it: select, find new UIDs, tell what they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"
#include "imap/session.h"

namespace papertray {

enum class Access { look, change };  // EXAMINE, SELECT

struct Folder {
  std::string name;  // UTF-8, as configured
  Access access = Access::look;
  std::uint32_t uidvalidity = 0;
  std::uint32_t uidnext = 0;  // 0: not told
  std::uint32_t exists = 0;
  bool read_only = false;
  bool keywords = false;  // $Papertray can be set (PERMANENTFLAGS)
};

// The keyword that a mail bears which has been taken in.
inline constexpr const char* taken_keyword = "$Papertray";

// `SELECT "INBOX"`.
std::string open_command(const std::string& name, Access access);

// Throws Failure (folder): not there (naming what is), or without UIDVALIDITY.
Folder open_folder(Session& session, const std::string& name, Access access);

// Selectable folders, decoded, at most a thousand.
std::vector<std::string> folder_names(Session& session);

// The lowest UIDs from `from` on, ascending, at most `most`.
std::vector<std::uint32_t> find_uids(Session& session, std::uint32_t from, std::size_t most);

struct Announced {
  std::uint32_t uid = 0;
  bool there = false;  // the server still knows it
  std::uint64_t size = 0;
  std::optional<Time> internaldate;
  std::vector<std::string> flags;
  std::uint64_t gmail_id = 0;
};

// One entry for each UID (ascending), in their order.
std::vector<Announced> announce(Session& session, std::span<const std::uint32_t> uids);

}  // namespace papertray
