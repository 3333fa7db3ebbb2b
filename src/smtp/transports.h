// Which transport the configuration asks for.
#pragma once

#include <memory>
#include <string>

#include "intake/transport.h"
#include "net/server.h"

namespace papertray {

struct TransportSettings {
  Server server;              // smtp:// or smtps://
  std::string maildir;        // a folder to write into instead; "" to send
  std::string envelope_from;  // the bounce address; "" for `<>`
};

// Opens and makes nothing yet. Throws Failure (account, configuration) for a url that is none of these.
std::unique_ptr<Transport> make_transport(const TransportSettings& settings);

}  // namespace papertray
