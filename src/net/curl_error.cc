// libcurl's codes in words for people (each case tried, with libcurl 7.88.1).
#include <algorithm>

#include <openssl/x509_vfy.h>

#include "core/printable.h"
#include "net/curl.h"
#include "net/text.h"
#include "net/token.h"
#include "net/trouble.h"

namespace papertray {
namespace {

std::string section(const Server& server) {
  return protocol::starts_with_nocase(server.url, "imap") ? "[mailbox]" : "[smtp]";
}

std::string quoted(const std::string& words) {
  return words.empty() ? "" : " (\"" + words + "\")";
}

// The server's own trouble, not the password's. SMTP says it with 4xx.
Trouble own_trouble(const std::string& refusal) {
  if (const Trouble trouble = trouble_of_words(refusal); trouble != Trouble::none) return trouble;
  const bool is_4xx = refusal.size() > 3 && refusal[0] == '4' && protocol::is_digit(refusal[1]) &&
                      protocol::is_digit(refusal[2]);
  return is_4xx ? Trouble::unavailable : Trouble::none;
}

// A server answers a token that it refuses with a challenge that holds its reason (RFC 7628
// section 3.2.2); at XOAUTH2 libcurl hangs up there, before the refusal itself (measured).
bool token_was_answered(const CurlHandle& curl, const Server& server) {
  return by_token(server.auth) && std::ranges::any_of(curl.lines().all(), [](const std::string& line) {
           return line.starts_with("+ ") || line.starts_with("334 ");
         });
}

Error login_error(const std::string& where, const CurlHandle& curl, const Server& server) {
  const std::string words = curl.lines().refusal();
  if (const Trouble trouble = own_trouble(words); trouble != Trouble::none)
    return {Scope::account, Again::later, Exit::try_later,
            where + " cannot log anybody in for now" + quoted(words) + "; try again later", trouble};
  if (words.empty() && !token_was_answered(curl, server))
    return {Scope::account, Again::person, Exit::login_refused,
            where + (curl.lines().mention("LOGINDISABLED")
                         ? " takes no password on an unencrypted connection; use imaps:// or smtps://"
                         : " offers no way to log in that serves here; set `auth` in " +
                               section(server) + " to another one"),
            Trouble::login_refused};
  return {Scope::account, Again::person, Exit::login_refused,
          where + " refused the login of " + one_line(server.user) + quoted(words) +
              (by_token(server.auth) ? "; check `user` and `token` in "
                                     : "; check `user` and `password` in ") +
              section(server),
          Trouble::login_refused};
}

Error certificate_error(const std::string& where, const CurlHandle& curl, const Server& server) {
  long verdict = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_SSL_VERIFYRESULT, &verdict);
  // The name is compared by libcurl itself, so OpenSSL has no verdict on it.
  if (protocol::contains_nocase(curl.error_text(), "subject name"))
    verdict = X509_V_ERR_HOSTNAME_MISMATCH;
  std::string what;
  switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      what = "is for another host name; correct the url in " + section(server);
      break;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      what = "has expired; it must be renewed on the server (or this machine's clock is wrong)";
      break;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      what = "is not valid yet; check this machine's clock";
      break;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      what =
          "is not signed by an authority this machine trusts; if it is your own authority, name its "
          "file as `ca_file` in " +
          section(server);
      break;
    default:
      what = "is not accepted: " + one_line(curl.error_text());
  }
  return {Scope::account, Again::person, Exit::unreachable, "the certificate of " + where + " " + what,
          Trouble::unreachable};
}

Error unreachable(Again again, std::string text) {
  return {Scope::account, again, Exit::unreachable, std::move(text), Trouble::unreachable};
}

// The connection ended, with or without a word.
Error ended(const std::string& where, const std::string& words) {
  Error error = unreachable(
      Again::later, where + (words.empty() ? " closed the connection" : " ended the conversation") +
                        quoted(words) + "; try again later");
  if (protocol::starts_with_nocase(words, "BYE")) error.trouble = Trouble::bye;
  if (const Trouble own = own_trouble(words); own != Trouble::none) error.trouble = own;
  return error;
}

}  // namespace

Error curl_error(CURLcode code, const CurlHandle& curl, const Server& server) {
  const std::string where = host_and_port(server.url);
  const std::string words = curl.lines().refusal();
  switch (code) {
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR:
      return login_error(where, curl, server);
    case CURLE_PEER_FAILED_VERIFICATION:
      return certificate_error(where, curl, server);
    case CURLE_SSL_CONNECT_ERROR:
      return unreachable(Again::person, where +
                                            " does not speak TLS there; for a port with STARTTLS the "
                                            "url in " +
                                            section(server) + " begins with imap:// or smtp://");
    case CURLE_USE_SSL_FAILED:
      return unreachable(Again::person, where + " offers no STARTTLS" + quoted(words) +
                                            " and the password must "
                                            "not cross a network in clear; use imaps:// or smtps://");
    case CURLE_SSL_CACERT_BADFILE:
      return {Scope::account, Again::person, Exit::configuration,
              "the file of certificate authorities " + one_line(server.ca_file) +
                  " cannot be read; correct `ca_file` in " + section(server),
              Trouble::other};
    case CURLE_COULDNT_RESOLVE_HOST:
      return unreachable(Again::later, "the host of " + where +
                                           " is not known to the name service; check the url in " +
                                           section(server) + " and the network");
    case CURLE_COULDNT_CONNECT:
      return unreachable(Again::later, where + " takes no connection; check host and port in " +
                                           section(server) + " and whether the server is up");
    case CURLE_OPERATION_TIMEDOUT:
      return unreachable(Again::later, where + " does not answer in time; try again later");
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
      return ended(where, words);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_NOT_BUILT_IN:
      return {Scope::account, Again::person, Exit::configuration,
              "libcurl cannot use the url of " + where + ": " + curl_easy_strerror(code),
              Trouble::other};
    default: {
      const std::string own = curl.error_text();
      return unreachable(Again::later, where + " cannot be used: " +
                                           one_line(own.empty() ? curl_easy_strerror(code) : own) +
                                           quoted(words));
    }
  }
}

}  // namespace papertray
