// What a server is logged in to with. A password is read anew at each login. A token that a command
// prints is kept in memory until a server refuses it: it lasts an hour, the helper that fetches it takes
// seconds and is asked by a provider to be asked rarely. All servers of one command share its token.
#pragma once

#include <string>

#include "net/server.h"

namespace papertray {

inline bool by_token(Auth auth) {
  return auth != Auth::password;
}

struct LoginSecret {
  std::string text;
  bool kept = false;  // an earlier login had it already, so it may have aged
};

// Throws as read_secret.
LoginSecret login_secret(const Server& server);

// The server has refused this token: the next login asks the command again.
void forget_token(const Server& server, const std::string& refused);

}  // namespace papertray
