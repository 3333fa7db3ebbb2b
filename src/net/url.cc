// The url of a server: scheme, host, port and nothing else. What else a URL may hold (user, password,
// path, query) has its own key in the configuration or no meaning here, and is refused.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

#include "core/error.h"
#include "core/printable.h"
#include "net/server.h"

namespace papertray {
namespace {

struct Scheme {
  std::string_view name;
  int port;
};
constexpr std::array<Scheme, 4> schemes{{{"imap", 143}, {"imaps", 993}, {"smtp", 587}, {"smtps", 465}}};

constexpr std::size_t longest_host = 253;  // RFC 1035 section 2.3.4

[[noreturn]] void refuse(std::string_view url, const std::string& why) {
  // A url with a user part may hold a password: nothing of it is repeated.
  const bool tells_user = url.find('@') != std::string_view::npos;
  const std::string shown = tells_user ? "the server's url" : "the url '" + one_line(url) + "'";
  throw Failure(Error{Scope::account, Again::person, Exit::configuration,
                      shown + " cannot be used: " + why +
                          "; write it like imaps://imap.example.org or "
                          "smtp://mail.example.org:587",
                      Trouble::other});
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

// Bytes above 127 pass: an internationalized name is libcurl's to translate.
bool is_host_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 128 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' ||
         byte == '-' || byte == '_';
}

std::optional<int> port_number(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
    return std::nullopt;
  return port;
}

}  // namespace

ServerUrl parse_server_url(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) refuse(url, "it names no scheme");
  ServerUrl result;
  result.scheme = lower(url.substr(0, colon));
  const auto* scheme = std::ranges::find(schemes, result.scheme, &Scheme::name);
  if (scheme == schemes.end()) refuse(url, "only imap, imaps, smtp and smtps are known here");
  result.port = scheme->port;

  std::string_view rest = url.substr(colon + 3);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.find('@') != std::string_view::npos)
    refuse(url, "user and password have their own keys, they do not belong into it");

  std::string_view port;
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) refuse(url, "the bracket of its IPv6 address is not closed");
    result.host = lower(rest.substr(1, close - 1));
    in6_addr address{};
    if (inet_pton(AF_INET6, result.host.c_str(), &address) != 1)
      refuse(url, "what stands in its brackets is no IPv6 address");
    port = rest.substr(close + 1);
  } else {
    const std::size_t split = rest.find(':');
    result.host = lower(rest.substr(0, split));
    if (split != std::string_view::npos) port = rest.substr(split);
    if (result.host.empty() || result.host.size() > longest_host ||
        !std::ranges::all_of(result.host, is_host_byte))
      refuse(url, "a host name, optionally a port and nothing more is expected after '://'");
  }
  if (!port.empty()) {
    const std::optional<int> number = port.front() == ':' ? port_number(port.substr(1)) : std::nullopt;
    if (!number) refuse(url, "its port is no number from 1 to 65535");
    result.port = *number;
    result.standard_port = *number == scheme->port;
  }
  return result;
}

std::string host_and_port(std::string_view url) {
  const ServerUrl parts = parse_server_url(url);
  const bool v6 = parts.host.find(':') != std::string::npos;
  return (v6 ? "[" + parts.host + "]" : parts.host) + ":" + std::to_string(parts.port);
}

bool is_loopback(std::string_view url) {
  const std::string host = parse_server_url(url).host;
  if (host == "localhost") return true;
  // Numbers only: 127.example.org is somebody's name.
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace papertray
