#include "support/smtp_server.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace papertray::testing {
namespace {

using Then = SmtpAnswer::Then;

// How long an unanswered QUIT waits for the client to leave. A client that leaves at once is never
// waited for.
constexpr int quit_patience_ms = 3000;

void need(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("the test's SMTP server: ") + what);
}

void close_fd(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

class SmtpServer::Conversation {
 public:
  Conversation(SmtpServer& server, int fd) : server_(server), fd_(fd) {}
  ~Conversation() { ::close(fd_); }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  void run() {
    if (!answer("greeting", "220 test ESMTP")) return;
    while (const auto line = read_line())
      if (!command(*line)) return;
  }

 private:
  bool command(const std::string& line) {
    note(line);
    const std::string verb = upper(line.substr(0, line.find(' ')));
    if (verb == "EHLO") return answer(verb, ehlo());
    if (verb == "AUTH") return login(line);
    if (verb == "DATA") return data();
    if (verb == "QUIT") return quit();
    return answer(verb,
                  verb == "MAIL" || verb == "RCPT" || verb == "RSET" || verb == "NOOP" || verb == "HELO"
                      ? "250 2.0.0 ok"
                      : "502 5.5.1 what is that");
  }

  std::string ehlo() {
    const std::lock_guard lock(server_.mutex_);
    std::string reply = server_.capabilities_.empty() ? "250 test" : "250-test";
    for (std::size_t i = 0; i < server_.capabilities_.size(); ++i)
      reply +=
          (i + 1 < server_.capabilities_.size() ? "\r\n250-" : "\r\n250 ") + server_.capabilities_[i];
    return reply;
  }

  bool login(const std::string& line) {
    const bool with_secret = std::count(line.begin(), line.end(), ' ') > 1;
    if (!answer("AUTH", with_secret ? "235 2.7.0 welcome" : "334 ")) return false;
    if (with_secret || refused_) return true;
    const auto secret = read_line();  // not noted: it may be the password
    if (!secret) return false;
    if (*secret == "*") return answer("cancel", "501 5.7.0 cancelled");
    // What LOGIN asks for second; the words are its own (base64 of "Password:").
    if (upper(line).ends_with("LOGIN")) {
      send("334 UGFzc3dvcmQ6");
      if (!read_line()) return false;
    }
    return answer("password", "235 2.7.0 welcome");
  }

  bool data() {
    if (!answer("DATA", "354 go on")) return false;
    if (refused_) return true;
    std::string mail;
    bool first = true;
    while (const auto line = read_line()) {
      if (*line == ".") {
        const std::lock_guard lock(server_.mutex_);
        server_.mails_.push_back(mail);
        break;
      }
      mail += (line->starts_with('.') ? line->substr(1) : *line) + "\r\n";
      if (first && !answer("body", "")) return false;
      first = false;
    }
    return !ended_ && answer("dot", "250 2.0.0 taken") && answer("idle", "");
  }

  bool quit() {
    const SmtpAnswer scripted = server_.at("QUIT");
    if (scripted.then != Then::silence) {
      send(scripted.reply.empty() ? "221 2.0.0 bye" : scripted.reply);
      return false;
    }
    pollfd wait[2] = {{fd_, POLLIN, 0}, {server_.abort_[0], POLLIN, 0}};
    if (::poll(wait, 2, quit_patience_ms) == 0) {
      const std::lock_guard lock(server_.mutex_);
      server_.client_waited_ = true;
    }
    return false;
  }

  // Says what the script wants at this point, else `usual`. False when the conversation is over.
  bool answer(const std::string& point, const std::string& usual) {
    const SmtpAnswer scripted = server_.at(point);
    if (scripted.then == Then::silence) {
      while (read_line()) {
      }
      return false;
    }
    if (scripted.then == Then::late) {
      const auto next = read_line();
      if (!next) return false;
      buffer_.insert(0, *next + "\r\n");
      send(scripted.reply);
      return true;
    }
    const bool as_usual = scripted.reply.empty() && scripted.then == Then::go_on;
    const std::string& reply = as_usual ? usual : scripted.reply;
    refused_ = reply.starts_with('4') || reply.starts_with('5');
    if (!reply.empty()) send(reply);
    return scripted.then == Then::go_on;
  }

  void send(std::string_view reply) {
    std::string bytes(reply);
    bytes += "\r\n";
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t count = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;  // the client is gone; reading will tell
      sent += static_cast<std::size_t>(count);
    }
  }

  // nullopt: the client has gone, or the test is over.
  std::optional<std::string> read_line() {
    while (true) {
      if (const std::size_t end = buffer_.find("\r\n"); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return line;
      }
      pollfd wait[2] = {{fd_, POLLIN, 0}, {server_.abort_[0], POLLIN, 0}};
      char bytes[16384];
      ssize_t count = 0;
      if (::poll(wait, 2, -1) > 0 && wait[1].revents == 0) count = ::recv(fd_, bytes, sizeof bytes, 0);
      if (count <= 0) {
        ended_ = true;
        return std::nullopt;
      }
      buffer_.append(bytes, static_cast<std::size_t>(count));
    }
  }

  void note(const std::string& line) {
    const std::lock_guard lock(server_.mutex_);
    server_.commands_.push_back(line);
  }

  SmtpServer& server_;
  int fd_;
  std::string buffer_;
  bool refused_ = false;  // the last answer was 4xx or 5xx
  bool ended_ = false;
};

SmtpServer::SmtpServer(SmtpScript script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  need(::bind(listener_, generic, sizeof address) == 0 && ::listen(listener_, 16) == 0, "cannot listen");
  need(::getsockname(listener_, generic, &length) == 0, "has no port");
  port_ = ntohs(address.sin_port);
  need(::pipe(finish_) == 0 && ::pipe(abort_) == 0, "has no pipe");
  thread_ = std::thread([this] { serve(); });
}

SmtpServer::~SmtpServer() {
  close_fd(abort_[1]);
  settle();
  close_fd(abort_[0]);
  close_fd(finish_[0]);
  close_fd(listener_);
}

std::string SmtpServer::url(const std::string& host) const {
  return "smtp://" + host + ":" + std::to_string(port_);
}

void SmtpServer::capabilities(std::vector<std::string> lines) {
  const std::lock_guard lock(mutex_);
  capabilities_ = std::move(lines);
}

std::vector<std::string> SmtpServer::commands() {
  settle();
  return commands_;
}

std::vector<std::string> SmtpServer::mails() {
  settle();
  return mails_;
}

int SmtpServer::connections() {
  settle();
  return connections_;
}

bool SmtpServer::client_waited_for_quit() {
  settle();
  return client_waited_;
}

void SmtpServer::settle() {
  close_fd(finish_[1]);
  if (thread_.joinable()) thread_.join();
}

void SmtpServer::serve() {
  while (true) {
    pollfd wait[2] = {{listener_, POLLIN, 0}, {finish_[0], POLLIN, 0}};
    if (::poll(wait, 2, -1) < 0) return;
    if ((wait[0].revents & POLLIN) == 0) return;  // finished, and nobody waits to be served
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    {
      const std::lock_guard lock(mutex_);
      ++connections_;
    }
    Conversation(*this, fd).run();
  }
}

SmtpAnswer SmtpServer::at(const std::string& point) {
  const int count = ++counts_[point];  // the server's thread only
  return script_ ? script_(point, count) : SmtpAnswer{};
}

}  // namespace papertray::testing
