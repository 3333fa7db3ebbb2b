// papertray.toml, read and checked. Paths in it are relative to the file's folder.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/send_limits.h"
#include "intake/mailbox_source.h"
#include "intake/place.h"
#include "net/server.h"

namespace papertray {

enum class AfterTaking { none, flag, move };

struct MailboxConfig {
  Server server;     // for imap:// and imaps://
  std::string path;  // for maildir: and mbox:, absolute; "" for IMAP
  bool mbox = false;
  std::vector<std::string> folders;  // ["INBOX"]
  std::vector<std::string> spam;     // where the server puts what it takes for spam; [] for none
  AfterTaking after = AfterTaking::flag;
  std::string move_to;                   // for move:FOLDER
  std::uint64_t largest = largest_mail;  // bytes; of a larger mail only the header is taken in
  std::chrono::seconds poll{300};        // the daemon looks this often, beside being told of news
};

struct SmtpConfig {
  Server server;        // for smtp:// and smtps://
  std::string maildir;  // for maildir:PATH, absolute; "" for SMTP
  std::string from;     // the From field's text: "Name <address>"
};

struct Config {
  std::string file;                      // where it was read, absolute
  std::string rules;                     // absolute
  std::string state;                     // absolute
  std::string metrics;                   // Prometheus text is written there, absolute; "" for none
  std::optional<MailboxConfig> mailbox;  // `import` and the readers work without
  std::optional<SmtpConfig> smtp;        // needed when receipts are on
  Receipts receipts = Receipts::send;    // [receipts] mode
  SendLimits limits;                     // [receipts] per_address, per_day
  std::string authserv_id;
  bool checks = true;                     // [check] mode
  std::chrono::seconds check_budget{10};  // [check] budget_seconds: so long a receipt waits for a check
};

// `given` is --config or "". Otherwise $PAPERTRAY_CONFIG, ./papertray.toml,
// $XDG_CONFIG_HOME/papertray/papertray.toml, /etc/papertray/papertray.toml: the first that is there.
// Throws Failure (configuration). `state` from --state replaces the file's when not empty.
Config load_config(const std::string& given, const std::string& state);

// The same for what works without: nothing where there is none, unless one is named.
std::optional<Config> load_config_if_there(const std::string& given, const std::string& state);

// The same from a text, for tests; `path` must be absolute.
Config parse_config(const std::string& text, const std::string& path);

// "/var/lib/papertray/" -> "/var/lib/papertray"
std::string without_end_slash(std::string path);

// A file's whole text, at most `cap` bytes. Throws Failure (configuration) that names it.
std::string read_text_file(const std::string& path, std::size_t cap);

}  // namespace papertray
