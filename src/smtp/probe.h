// Asks a server for sending how it is, without sending anything.
#pragma once

#include <string>
#include <vector>

#include "net/server.h"

namespace papertray {

struct SmtpProbe {
  std::string greeting;                   // "220 smtp.gmail.com ESMTP ...", safe to show
  std::vector<std::string> capabilities;  // of the last EHLO: "SIZE 35882577", "8BITMIME"
  bool encrypted = false;
  bool logged_in = false;  // false only when no user is configured
};

// Connects, greets, encrypts and logs in as for sending, then leaves. Throws Failure (account) for
// whatever fails on the way, a server that offers no login although a user is configured among it.
SmtpProbe probe_smtp(const Server& server);

}  // namespace papertray
