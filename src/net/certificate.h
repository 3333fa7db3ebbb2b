// How long a server's certificate lasts. Asks without logging in.
#pragma once

#include <optional>
#include <string>

#include "core/time.h"
#include "net/server.h"

namespace papertray {

struct Certificate {
  std::string issuer;  // safe to show
  Time expires{};
};

// Connects, does TLS and leaves. nullopt where the connection has none (loopback in clear) or the server
// tells no date that can be read. Throws Failure (account).
std::optional<Certificate> certificate_of(const Server& server);

}  // namespace papertray
