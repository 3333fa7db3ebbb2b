// CURLOPT_CONNECT_ONLY: libcurl logs in, we speak from there on (measured: the other ways set \Seen, or
// end at a mail that speaks IMAP).
#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include <poll.h>

#include "imap/wire.h"
#include "net/curl.h"

namespace papertray {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// A send that waits for the socket looks again this often: TLS may want to read before it can write,
// which POLLOUT alone would not tell.
constexpr milliseconds send_slice{100};

int milliseconds_until(SteadyClock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - SteadyClock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000'000));
}

class CurlWire : public Wire {
 public:
  // A handle is performed once: a second perform leaks the first connection (measured).
  explicit CurlWire(const Server& server)
      : server_(host_and_port(server.url)), patience_(server.reply_timeout) {
    CURLcode code = log_in(server);
    if (code != CURLE_OK && token_had_aged(code, *curl_, server)) code = log_in(server);
    if (code != CURLE_OK && kerberos_was_in_the_way(code, *curl_, server)) code = log_in(server, true);
    if (code == CURLE_ABORTED_BY_CALLBACK) throw Stopped();
    if (code != CURLE_OK) throw Failure(curl_error(code, *curl_, server));
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(curl_->get(), CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD)
      lost("closed the connection right after the login");
    socket_ = socket;
  }

  void send(std::string_view bytes) override {
    // libcurl's own timeouts end with the hand-over.
    const auto deadline = SteadyClock::now() + patience_;
    while (!bytes.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(curl_->get(), bytes.data(), bytes.size(), &sent);
      if (code == CURLE_AGAIN) {
        // The loop comes back with the same pointer and length, as TLS demands.
        if (SteadyClock::now() >= deadline) lost("takes no more commands");
        wait(POLLOUT, std::min(send_slice, milliseconds(milliseconds_until(deadline))));
      } else if (code != CURLE_OK) {
        lost("closed the connection");
      } else {
        bytes.remove_prefix(sent);
      }
    }
  }

  std::optional<std::size_t> receive(std::span<char> buffer, milliseconds patience, int wake) override {
    const auto deadline = SteadyClock::now() + patience;
    for (;;) {
      // Always read before poll: TLS may hold bytes that the socket does not show any more; and POLLIN
      // without bytes for us is normal (measured).
      std::size_t count = 0;
      const CURLcode code = curl_easy_recv(curl_->get(), buffer.data(), buffer.size(), &count);
      if (code == CURLE_OK) return count;  // 0 is the end of the stream, cut TLS included (measured)
      if (code != CURLE_AGAIN) lost("broke the connection");
      if (SteadyClock::now() >= deadline) return std::nullopt;
      if (wait(POLLIN, milliseconds(milliseconds_until(deadline)), wake)) return std::nullopt;
    }
  }

 private:
  CURLcode log_in(const Server& server, bool password = false) {
    curl_ = std::make_unique<CurlHandle>();
    prepare(*curl_, server, Protocol::imap);
    if (password) insist_on_password(*curl_);
    curl_->set(CURLOPT_CONNECT_ONLY, 1L);
    return curl_->perform();
  }

  // Whether `wake` alone ended the waiting.
  bool wait(short events, milliseconds most, int wake = -1) const {
    std::array<pollfd, 2> waiting{pollfd{socket_, events, 0}, pollfd{wake, POLLIN, 0}};
    const int ready = poll(waiting.data(), waiting.size(), static_cast<int>(most.count()));
    if (ready < 0 && errno != EINTR) lost("cannot be waited for");
    return ready > 0 && waiting[0].revents == 0;
  }

  [[noreturn]] void lost(const std::string& how) const {
    throw ConnectionLost(Error{Scope::account, Again::later, Exit::unreachable,
                               server_ + " " + how + "; try again later", Trouble::unreachable});
  }

  // No multi handle anywhere: removing the handle from one would close the connection.
  // LOGOUT is the session's business, libcurl sends none.
  std::unique_ptr<CurlHandle> curl_;
  std::string server_;
  milliseconds patience_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
};

}  // namespace

std::unique_ptr<Wire> connect_imap(const Server& server) {
  return std::make_unique<CurlWire>(server);
}

}  // namespace papertray
