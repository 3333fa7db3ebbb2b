#include "net/certificate.h"

#include <sstream>
#include <string_view>

#include <sys/socket.h>

#include "core/printable.h"
#include "net/curl.h"
#include "net/text.h"

namespace papertray {
namespace {

constexpr std::size_t issuer_columns = 80;

// "Expire date:Nov 30 17:10:29 2027 GMT", as OpenSSL prints it, in the order of a mail's date.
std::optional<Time> expiry(const std::string& text) {
  std::istringstream words(text);
  std::string month, day, clock, year, zone;
  if (!(words >> month >> day >> clock >> year >> zone)) return std::nullopt;
  return parse_mail_date(day + " " + month + " " + year + " " + clock + " " + zone);
}

// "name:value" of a line that libcurl tells.
std::optional<std::string> value_of(std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ':')
    return std::nullopt;
  return std::string(line.substr(name.size() + 1));
}

}  // namespace

std::optional<Certificate> certificate_of(const Server& server) {
  const Protocol protocol =
      protocol::starts_with_nocase(server.url, "imap") ? Protocol::imap : Protocol::smtp;
  CurlHandle curl;
  prepare_connection(curl, server, protocol);
  curl.set(CURLOPT_CERTINFO, 1L);
  curl.set(CURLOPT_CONNECT_ONLY, 1L);
  const CURLcode code = curl.perform();
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(curl.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
      socket != CURL_SOCKET_BAD)
    ::shutdown(socket, SHUT_RD);  // leave without waiting for the answer to a goodbye
  if (code != CURLE_OK) throw Failure(curl_error(code, curl, server));

  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(curl.get(), CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr ||
      chain->num_of_certs == 0)
    return std::nullopt;
  Certificate found;
  bool dated = false;
  for (const curl_slist* line = chain->certinfo[0]; line != nullptr; line = line->next) {
    if (const auto issuer = value_of(line->data, "Issuer"))
      found.issuer = cut_to(one_line(*issuer), issuer_columns);
    if (const auto date = value_of(line->data, "Expire date"))
      if (const std::optional<Time> at = expiry(*date)) {
        found.expires = *at;
        dated = true;
      }
  }
  if (!dated) return std::nullopt;
  return found;
}

}  // namespace papertray
