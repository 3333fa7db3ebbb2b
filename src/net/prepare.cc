// The options that every connection of ours has.
#include <chrono>

#include "net/curl.h"
#include "net/text.h"
#include "net/token.h"

namespace papertray {
namespace {

// A connection that idles for minutes behind a NAT: noticed dead before the server's own half hour.
constexpr long keepalive_seconds = 60;
// A little less than the second that libcurl's longest wait has.
constexpr std::chrono::milliseconds send_grace{900};

[[noreturn]] void wrong_configuration(const std::string& text) {
  throw Failure(Error{Scope::account, Again::person, Exit::configuration, text, Trouble::other});
}

class Wiped {
 public:
  explicit Wiped(std::string secret) : secret_(std::move(secret)) {}
  ~Wiped() { wipe(secret_); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  const std::string& text() const { return secret_; }

 private:
  std::string secret_;
};

void set_login(CurlHandle& curl, const Server& server, Protocol protocol) {
  if (server.user.empty()) {
    // Without a user libcurl reports success and hands over a session that is not logged in, even
    // when it holds a bearer token (measured).
    if (protocol == Protocol::imap || server.secret.kind != SecretSource::Kind::none ||
        by_token(server.auth))
      wrong_configuration("no user is configured for " + host_and_port(server.url) +
                          ": set `user` beside its url");
    return;
  }
  if (protocol::has_control(server.user))
    wrong_configuration("the user for " + host_and_port(server.url) + " holds a control character");
  LoginSecret login = login_secret(server);
  const bool kept = login.kept;
  const Wiped secret(std::move(login.text));
  curl.lines().hide(secret.text());
  if (by_token(server.auth)) curl.logs_in_with(secret.text(), kept);
  curl.set(CURLOPT_USERNAME, server.user.c_str());
  if (by_token(server.auth)) {
    curl.set(CURLOPT_XOAUTH2_BEARER, secret.text().c_str());
    // Otherwise a server that also offers CRAM-MD5 is tried with that and an empty password.
    curl.set(CURLOPT_LOGIN_OPTIONS,
             server.auth == Auth::oauthbearer ? "AUTH=OAUTHBEARER" : "AUTH=XOAUTH2");
  } else {
    curl.set(CURLOPT_PASSWORD, secret.text().c_str());
  }
}

}  // namespace

void prepare_connection(CurlHandle& curl, const Server& server, Protocol protocol) {
  const ServerUrl url = parse_server_url(server.url);
  const std::string_view plain = protocol == Protocol::imap ? "imap" : "smtp";
  if (!url.scheme.starts_with(plain))
    wrong_configuration("a server for " + std::string(plain == "imap" ? "mailboxes" : "sending") +
                        " is expected, but the url begins with " + url.scheme + "://; write " +
                        std::string(plain) + ":// or " + std::string(plain) + "s://");

  curl.set(CURLOPT_URL, (url.scheme + "://" + host_and_port(server.url) + "/").c_str());
  curl.set(CURLOPT_PROTOCOLS_STR, url.scheme.c_str());
  // STARTTLS is demanded, never tried: CURLUSESSL_TRY logs in in clear when it is missing
  // (measured).
  if (url.scheme == plain && !is_loopback(server.url))
    curl.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  curl.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // "or later"
  if (!server.ca_file.empty()) {
    curl.set(CURLOPT_CAINFO, server.ca_file.c_str());
    curl.set(CURLOPT_CAPATH, nullptr);  // this authority, not the system's beside it
  }
  // The credentials go to the configured server, not where an environment variable points.
  curl.set(CURLOPT_PROXY, "");
  curl.set(CURLOPT_NOSIGNAL, 1L);
  curl.set(CURLOPT_NOPROGRESS, 1L);
  // Nothing of a login is worth waiting for; a mail whose last byte is sent has its answer on the way.
  if (server.stop >= 0)
    curl.stop_on(server.stop, protocol == Protocol::imap ? std::chrono::milliseconds(0) : send_grace);
  curl.set(CURLOPT_TCP_KEEPALIVE, 1L);
  curl.set(CURLOPT_TCP_KEEPIDLE, keepalive_seconds);
  curl.set(CURLOPT_TCP_KEEPINTVL, keepalive_seconds);
  curl.set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(server.connect_timeout.count()));
  curl.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(server.reply_timeout.count()));
}

void prepare(CurlHandle& curl, const Server& server, Protocol protocol) {
  prepare_connection(curl, server, protocol);
  set_login(curl, server, protocol);
}

bool token_had_aged(CURLcode code, const CurlHandle& curl, const Server& server) {
  if (code != CURLE_LOGIN_DENIED && code != CURLE_AUTH_ERROR) return false;
  if (!by_token(server.auth)) return false;
  forget_token(server, curl.secret());
  return curl.secret_was_kept();
}

bool kerberos_was_in_the_way(CURLcode code, const CurlHandle& curl, const Server& server) {
  const bool refused = code == CURLE_LOGIN_DENIED || code == CURLE_AUTH_ERROR;
  // Other users get no Kerberos: their password has been refused, and is not tried twice.
  const bool like_kerberos = server.user.find_first_of("@/\\") != std::string::npos;
  return refused && like_kerberos && server.auth == Auth::password && curl.lines().mention("GSSAPI");
}

void insist_on_password(CurlHandle& curl) {
  curl.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
}

}  // namespace papertray
