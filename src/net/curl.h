// What imap/ and smtp/ share of libcurl: a handle, the options that every connection of ours has,
// the lines the server said, and errors for people. Included by .cc files of net, imap and smtp only.
//
//   CurlHandle curl;
//   prepare(curl, server, Protocol::smtp);            // url, TLS, timeouts, login
//   curl.set(CURLOPT_MAIL_FROM, "");
//   if (CURLcode rc = curl.perform(); rc != CURLE_OK) throw Failure(curl_error(rc, curl, server));
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <curl/curl.h>

#include "core/error.h"
#include "net/server.h"

namespace papertray {

enum class Protocol { imap, smtp };

// The lines a server says before and beside the transfer (CURLOPT_HEADERFUNCTION): greeting,
// capabilities, replies, refusals. Bounded: the oldest go first.
class ServerLines {
 public:
  ServerLines() = default;
  ~ServerLines();
  ServerLines(const ServerLines&) = delete;
  ServerLines& operator=(const ServerLines&) = delete;

  void add(std::string_view line);
  void clear() { lines_.clear(); }
  // Without their line ends, oldest first.
  const std::deque<std::string>& all() const { return lines_; }
  // Some line holds this text, ASCII case aside.
  bool mention(std::string_view text) const;
  // The last line that refuses something, made safe to show, without its tag:
  // "NO [AUTHENTICATIONFAILED] Wrong", "550 5.1.1 No such user"; "" when there was none.
  std::string refusal() const;
  // A server that echoes the secret does not bring it into our messages.
  void hide(std::string_view secret);

 private:
  std::deque<std::string> lines_;
  std::string hidden_;
};

// One easy handle. Its address is known to libcurl, so it stays where it is.
class CurlHandle {
 public:
  CurlHandle();  // throws Failure (program)
  ~CurlHandle();
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  CURL* get() const { return handle_.get(); }

  template <typename Value>
  void set(CURLoption option, Value value) {
    // curl_easy_setopt is variadic: an int where it takes a long is read as garbage.
    static_assert(std::is_pointer_v<Value> || std::is_same_v<Value, long> ||
                  std::is_same_v<Value, curl_off_t> || std::is_null_pointer_v<Value>);
    check(curl_easy_setopt(get(), option, value));
  }

  // Forgets the lines and error text of the performance before.
  CURLcode perform();
  // From now on perform ends with CURLE_ABORTED_BY_CALLBACK when the descriptor `stop` can be read and
  // `grace` has passed since: noticed at once where a signal made it readable, else within a second.
  void stop_on(int stop, std::chrono::milliseconds grace);

  // The token that this handle logs in with, and whether an earlier one did so too (net/token.h).
  void logs_in_with(const std::string& secret, bool kept);
  const std::string& secret() const { return secret_; }
  bool secret_was_kept() const { return secret_kept_; }

  ServerLines& lines() { return lines_; }
  const ServerLines& lines() const { return lines_; }
  // libcurl's own words about the last error, "" when it had none.
  std::string error_text() const { return std::string(error_); }
  long response_code() const;

 private:
  void check(CURLcode code) const;
  static int look_for_stop(void* handle, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  struct Cleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  // Before the handle: libcurl writes into both while the handle is cleaned up.
  ServerLines lines_;
  std::string secret_;
  bool secret_kept_ = false;
  char error_[CURL_ERROR_SIZE] = {};
  int stop_ = -1;
  std::chrono::milliseconds grace_{0};
  std::optional<std::chrono::steady_clock::time_point> stopped_;
  std::unique_ptr<CURL, Cleanup> handle_;
};

// Url, encryption, timeouts and login: reads the secret. Throws Failure (account, configuration) when
// the url is not of this protocol, the secret cannot be read, or a user is needed and missing.
void prepare_connection(CurlHandle& curl, const Server& server, Protocol protocol);  // all but the login
void prepare(CurlHandle& curl, const Server& server, Protocol protocol);

// A login by a token that an earlier one had was refused: the token is forgotten, and so is one that was
// fetched for this login. True for the former: perform once more on a new, prepared handle, which has a
// fresh one.
bool token_had_aged(CURLcode code, const CurlHandle& curl, const Server& server);

// libcurl 7.88.1 answers an offer of Kerberos (GSSAPI) first when the user is like a@b, and does not go
// on to the password when there is no ticket. True when a login has failed so, the password unsent:
// perform once more on a new handle, prepared and told to insist_on_password.
bool kerberos_was_in_the_way(CURLcode code, const CurlHandle& curl, const Server& server);
// PLAIN, or LOGIN where a server (Exchange) offers no PLAIN.
void insist_on_password(CurlHandle& curl);

// libcurl's code and the server's words as an Error (scope account). Not for CURLE_OK.
Error curl_error(CURLcode code, const CurlHandle& curl, const Server& server);

}  // namespace papertray
