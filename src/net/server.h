// A server we talk to, as configured, and the secret to log in with. Shared by imap/ and smtp/.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace papertray {

// Where a password or token comes from. It is read anew at each login, kept as short as possible,
// and appears in no error, log line or child's environment.
struct SecretSource {
  enum class Kind { none, file, command, env, credential };
  Kind kind = Kind::none;
  std::string value;  // path, command line, variable's name, systemd credential's name
};

enum class Auth { password, xoauth2, oauthbearer };

struct Server {
  std::string url;   // imap:// imaps:// smtp:// smtps://, host, optional port; no user, no path
  std::string user;  // "" only for an SMTP server that wants no login
  SecretSource secret;
  Auth auth = Auth::password;
  std::string ca_file;                       // own certificate authority; "" for the system's
  std::chrono::seconds connect_timeout{30};  // covers DNS, TCP, TLS and login
  std::chrono::seconds reply_timeout{120};   // one reply of the server
  // Can be read once the program is to end (-1: never): whoever waits for this server, or for its
  // secret, gives up within stop_grace.
  int stop = -1;
};

// After an ask to stop, what is under way may still end well: answers that are on their way come within
// this time, and what comes later is worth no more of the service manager's patience.
inline constexpr std::chrono::milliseconds stop_grace{1000};

// The secret's text, without a final line end. Throws Failure (account, configuration) that names the
// source, never the content. A command runs under /bin/sh with a clean environment and 30 s; it is
// killed, and Stopped thrown, when the descriptor `stop` can be read.
std::string read_secret(const SecretSource& source, int stop = -1);

// Overwrites a secret that is not needed any more, then empties it.
void wipe(std::string& secret);

// The parts of a Server's url. Throws Failure (account, configuration) when it is none.
struct ServerUrl {
  std::string scheme;  // lower case: "imaps"
  std::string host;    // lower case, an IPv6 address without its brackets
  int port = 0;        // as written, else the scheme's own
  bool standard_port = true;
};
ServerUrl parse_server_url(std::string_view url);

// Host and port for people: "imap.gmail.com:993". Throws as parse_server_url.
std::string host_and_port(std::string_view url);

// TLS from the first byte, or STARTTLS demanded, unless the host is loopback (127.0.0.0/8, ::1,
// localhost): a password never crosses a network in clear. Throws as parse_server_url.
bool is_loopback(std::string_view url);

}  // namespace papertray
