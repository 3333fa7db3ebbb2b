#include "smtp/probe.h"

#include <memory>

#include <sys/socket.h>

#include "core/printable.h"
#include "net/curl.h"
#include "smtp/login.h"

namespace papertray {
namespace {

// Replies in order: greeting, EHLO, perhaps STARTTLS (220 again) and a second EHLO, perhaps a login.
void read_replies(const std::deque<std::string>& lines, SmtpProbe& probe) {
  bool name_next = true;  // an EHLO's first line is the server's name
  for (const std::string& line : lines) {
    if (line.starts_with("220")) {
      if (probe.greeting.empty()) probe.greeting = one_line(line);
      probe.capabilities.clear();
      name_next = true;
    } else if (line.starts_with("250") && line.size() > 4) {
      if (!name_next) probe.capabilities.push_back(one_line(line.substr(4)));
      name_next = false;
    } else if (line.starts_with("235")) {
      probe.logged_in = true;
    }
  }
}

}  // namespace

SmtpProbe probe_smtp(const Server& server) {
  // Up to the login, and no further. A handle is performed once: a second perform leaks the first
  // connection (measured).
  std::unique_ptr<CurlHandle> handle;
  const auto connect = [&](LoginBy by) {
    handle = std::make_unique<CurlHandle>();
    prepare_to_send(*handle, server, by);
    handle->set(CURLOPT_CONNECT_ONLY, 1L);
    return handle->perform();
  };
  CURLcode code = connect(LoginBy::whatever_serves);
  if (code != CURLE_OK && token_had_aged(code, *handle, server))
    code = connect(LoginBy::whatever_serves);
  if (code != CURLE_OK && kerberos_was_in_the_way(code, *handle, server))
    code = connect(LoginBy::password_alone);
  if (code != CURLE_OK) throw Failure(curl_error(code, *handle, server));
  const CurlHandle& curl = *handle;

  SmtpProbe probe;
  probe.encrypted = parse_server_url(server.url).scheme == "smtps" || !is_loopback(server.url);
  read_replies(curl.lines().all(), probe);

  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(curl.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
      socket != CURL_SOCKET_BAD)
    ::shutdown(socket, SHUT_RD);  // leave without waiting for the answer to QUIT

  // libcurl goes on unauthenticated when the server offers no AUTH.
  if (!server.user.empty() && !probe.logged_in)
    throw Failure(Error{Scope::account, Again::person, Exit::login_refused,
                        host_and_port(server.url) +
                            " offers no login; remove `user` from [smtp] if it wants none, or use the "
                            "port for submission (465 or 587)"});
  return probe;
}

}  // namespace papertray
