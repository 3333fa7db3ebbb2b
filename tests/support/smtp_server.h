// A scripted SMTP server for tests: one thread on loopback, one connection after the other. It answers
// every command as a well-behaved server would, unless the script says otherwise.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace papertray::testing {

// What the server does at one point of the conversation.
struct SmtpAnswer {
  // late: the reply comes when it is not waited for any more, with the client's next command.
  enum class Then { go_on, hang_up, silence, late };
  std::string reply;  // without the final line end; "" says nothing
  Then then = Then::go_on;
};

// Points are "greeting", "EHLO", "STARTTLS", "AUTH", "password" (a line after AUTH), "cancel" (that line is `*`), "MAIL", "RCPT",
// "DATA", "body" (the first line of a mail has come in), "dot", "idle" (after the dot was answered),
// "QUIT" and other commands by their name. `count` is how often this point was reached, from 1, over all
// connections. An answer with an empty reply and go_on means: as usual.
using SmtpScript = std::function<SmtpAnswer(const std::string& point, int count)>;

class SmtpServer {
 public:
  explicit SmtpServer(SmtpScript script = {});
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& host = "127.0.0.1") const;

  // Capabilities after the server's name in the answer to EHLO.
  void capabilities(std::vector<std::string> lines);

  // Each of these first lets the conversations come to their end, and ends the server. Close the client
  // before: a conversation that is still open is waited for.
  std::vector<std::string> commands();  // as sent, without line ends
  std::vector<std::string> mails();     // as received, dots unstuffed, CRLF kept; only those with a dot
  int connections();
  // A client that still waited when its QUIT had not been answered for a while.
  bool client_waited_for_quit();

 private:
  class Conversation;
  void serve();
  void settle();
  SmtpAnswer at(const std::string& point);

  SmtpScript script_;
  int listener_ = -1;
  int finish_[2] = {-1, -1};  // a pipe, closed at one end: take what has connected, then stop
  int abort_[2] = {-1, -1};   // the same: leave even an open conversation
  int port_ = 0;

  std::mutex mutex_;
  std::vector<std::string> capabilities_{"ENHANCEDSTATUSCODES", "SIZE 10000000", "AUTH PLAIN"};
  std::vector<std::string> commands_;
  std::vector<std::string> mails_;
  std::map<std::string, int> counts_;
  int connections_ = 0;
  bool client_waited_ = false;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace papertray::testing
