// A server of a few lines that offers STARTTLS and notes what it hears after its answer to that. What it
// says with the answer, in clear and unasked, is what somebody on the way could put there. One
// connection.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace papertray::testing {

class StartTlsServer {
 public:
  // The answer to a line; TAG in it is the line's first word.
  using Answer = std::function<std::string(const std::string& line)>;

  StartTlsServer(std::string greeting, Answer answer)
      : greeting_(std::move(greeting)),
        answer_(std::move(answer)),
        listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, length) != 0 || listen(listener_, 5) != 0 ||
        getsockname(listener_, generic, &length) != 0)
      throw std::runtime_error("no port");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~StartTlsServer() {
    end();
    close(listener_);
  }
  StartTlsServer(const StartTlsServer&) = delete;
  StartTlsServer& operator=(const StartTlsServer&) = delete;

  int port() const { return port_; }
  // Every line that came in clear, and the first bytes after the answer to STARTTLS: a TLS hello begins
  // with 0x16, a client that left said nothing. Each ends the server.
  const std::string& in_clear() { return end(), in_clear_; }
  const std::string& afterwards() { return end(), afterwards_; }

 private:
  void end() {
    shutdown(listener_, SHUT_RDWR);  // wakes accept
    if (thread_.joinable()) thread_.join();
  }

  void serve() {
    const int peer = accept(listener_, nullptr, nullptr);
    if (peer < 0) return;
    converse(peer);
    close(peer);
  }

  void converse(int peer) {
    say(peer, greeting_);
    std::string line;
    for (char c = 0; recv(peer, &c, 1, 0) == 1;) {
      in_clear_ += c;
      line += c;
      if (c != '\n') continue;
      std::string answer = answer_(line.substr(0, line.size() - 2));
      for (std::size_t at = 0; (at = answer.find("TAG", at)) != std::string::npos;)
        answer.replace(at, 3, line.substr(0, line.find(' ')));
      say(peer, answer);
      if (line.find("STARTTLS") != std::string::npos) return hear(peer);
      line.clear();
    }
  }

  // In one piece: what is injected is there with the answer.
  static void say(int peer, const std::string& text) {
    if (send(peer, text.data(), text.size(), MSG_NOSIGNAL) < 0) return;  // the client has left
  }

  void hear(int peer) {
    char bytes[512];
    const ssize_t count = recv(peer, bytes, sizeof bytes, 0);
    if (count > 0) afterwards_.assign(bytes, static_cast<std::size_t>(count));
  }

  std::string greeting_;
  Answer answer_;
  int listener_;
  int port_ = 0;
  std::string in_clear_;
  std::string afterwards_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace papertray::testing
