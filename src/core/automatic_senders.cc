#include "core/automatic_senders.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/automatic.h"

namespace papertray {
namespace {

// Display names of mail systems, in lower case. Nobody is called so.
constexpr std::string_view system_names[] = {
    "mail delivery system",   "mail delivery subsystem", "mail deliver system", "mail delivery service",
    "internet mail delivery", "mailer-daemon",           "mail daemon",         "mail system",
    "mmsc ndr administrator"};

std::string local_part(std::string_view address) {
  const auto at = address.rfind('@');
  return ascii::lower(address.substr(0, at));
}

std::string letters_of(std::string text) {
  std::erase_if(text, [](char c) { return !ascii::is_alpha(c); });
  return text;
}

bool is_system_name(std::string_view name) {
  return std::find(std::begin(system_names), std::end(system_names), ascii::lower(name)) !=
         std::end(system_names);
}

// `From: MAILER-DAEMON`, `From: Mail Delivery Subsystem <MAILER-DAEMON>`: no address that anybody could
// write to, so the inspector gives none.
std::string nameless_system(const Message& message) {
  for (const std::string_view value : header_values(message, "From")) {
    const std::string plain = plain_value(value);
    if (plain.find('@') != std::string::npos) return "";
    for (const std::string_view name :
         {"mailer-daemon", "postmaster", "mail delivery subsystem", "mail delivery system"}) {
      if (plain.find(name) != std::string::npos) return std::string(name);
    }
  }
  return "";
}

}  // namespace

std::string daemon_address(std::string_view address) {
  const std::string local = local_part(address);
  // post_master, mailer.daemon: all spelt alike without marks. A tag (`+x`) is part of no name.
  const std::string letters = letters_of(local.substr(0, local.find('+')));
  for (const std::string_view name : {"mailerdaemon", "postmaster", "maildaemon"}) {
    if (letters == name) return local;
  }
  // Exchange: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e.
  constexpr std::string_view exchange = "microsoftexchange";
  const bool number = local.find_first_not_of("0123456789abcdef", exchange.size()) == std::string::npos;
  if (local.starts_with(exchange) && local.size() == exchange.size() + 32 && number) return local;
  return "";
}

std::string list_address(std::string_view address) {
  if (const std::string daemon = daemon_address(address); !daemon.empty()) return daemon;
  const std::string local = local_part(address);
  for (const std::string_view name : {"listserv", "majordomo", "mailman"}) {
    if (local == name) return local;
  }
  if (local.starts_with("owner-")) return local;
  for (const std::string_view tail : {"-request", "-owner", "-bounces"}) {
    if (local.ends_with(tail)) return local;
  }
  return "";
}

std::string unanswered_address(std::string_view address) {
  if (const std::string list = list_address(address); !list.empty()) return list;
  const std::string local = local_part(address);
  for (const std::string_view name : {"nobody", "bounce", "bounces"}) {
    if (local == name || local.starts_with(std::string(name) + "+") ||
        local.starts_with(std::string(name) + "-")) {
      return local;
    }
  }
  // no-reply, no_reply, do.not.reply, drive-shares-noreply, noreply+x: all spelt alike without marks.
  const std::string letters = letters_of(local);
  for (const std::string_view name :
       {"noreply", "donotreply", "dontreply", "notreply", "noresponse", "unattended"}) {
    if (letters.starts_with(name) || letters.ends_with(name)) return local;
  }
  return "";
}

std::string mail_system(const Message& message) {
  for (const auto* addresses : {&message.from, &message.sender}) {
    for (const Address& address : *addresses) {
      if (std::string daemon = daemon_address(address.address); !daemon.empty()) return daemon;
      if (!address.name.empty() && is_system_name(address.name)) return address.name;
    }
  }
  return nameless_system(message);
}

}  // namespace papertray
