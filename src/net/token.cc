#include "net/token.h"

#include <map>
#include <mutex>

namespace papertray {
namespace {

class KeptTokens {
 public:
  ~KeptTokens() {
    for (auto& [command, token] : tokens_)
      wipe(token);
  }

  std::string find(const std::string& command) {
    const std::lock_guard guard(mutex_);
    const auto found = tokens_.find(command);
    return found == tokens_.end() ? "" : found->second;
  }
  void keep(const std::string& command, const std::string& token) {
    const std::lock_guard guard(mutex_);
    std::string& place = tokens_[command];
    wipe(place);
    place = token;
  }
  // Another login may have fetched a newer one meanwhile: that one stays.
  void forget(const std::string& command, const std::string& token) {
    const std::lock_guard guard(mutex_);
    const auto found = tokens_.find(command);
    if (found == tokens_.end() || found->second != token) return;
    wipe(found->second);
    tokens_.erase(found);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> tokens_;
};

KeptTokens& kept_tokens() {
  static KeptTokens tokens;
  return tokens;
}

// Whoever writes a token into a file or a variable keeps it: reading it again costs nothing.
bool is_kept(const Server& server) {
  return by_token(server.auth) && server.secret.kind == SecretSource::Kind::command;
}

}  // namespace

LoginSecret login_secret(const Server& server) {
  if (!is_kept(server)) return {read_secret(server.secret, server.stop), false};
  if (std::string token = kept_tokens().find(server.secret.value); !token.empty())
    return {std::move(token), true};
  std::string token = read_secret(server.secret, server.stop);
  kept_tokens().keep(server.secret.value, token);
  return {std::move(token), false};
}

void forget_token(const Server& server, const std::string& refused) {
  if (is_kept(server)) kept_tokens().forget(server.secret.value, refused);
}

}  // namespace papertray
