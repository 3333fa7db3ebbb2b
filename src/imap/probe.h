// What `doctor` asks of a mailbox server. Changes nothing on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "imap/source.h"
#include "net/server.h"

namespace papertray {

struct ImapFolderReport {
  std::string name;
  bool there = false;
  std::uint32_t mails = 0;
  std::uint32_t uidvalidity = 0;
  std::string problem;  // one sentence, "" when all is well
  bool spam = false;    // one for spam: nothing stops without it
};

struct ImapReport {
  std::string server;                     // "imap.example.org:993"
  std::vector<std::string> capabilities;  // upper case
  std::vector<ImapFolderReport> folders;  // as configured, and the one mails are moved to
  std::vector<std::string> remarks;       // what will not be as configured: one sentence each
};

// Connects, logs in and looks at each folder. Throws Failure (account) when it does not get that far.
ImapReport probe_imap(const ImapSettings& settings, const ImapSource::Connect& connect = connect_imap);

}  // namespace papertray
