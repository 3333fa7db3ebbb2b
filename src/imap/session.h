// Commands and their answers. Tags are handed out in order, so commands may be sent ahead
// (pipelining) and waited for one after the other.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imap/input.h"
#include "imap/response.h"
#include "imap/response_reader.h"
#include "imap/wire.h"

namespace papertray {

class Session {
 public:
  // Speaks the first words: finds the beginning of the server's answers and asks for its capabilities.
  // `server` is named in errors. `ahead`: the command that will be the first, "" for none; it goes out
  // together with the first words, and `send` finds it said. `stop` as Input has it. Throws Failure
  // (account), Stopped.
  Session(std::unique_ptr<Wire> wire, std::string server, std::chrono::milliseconds patience,
          std::string ahead = {}, int stop = -1);
  // LOGOUT, when the connection is still in step.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool can(std::string_view capability) const;
  const std::vector<std::string>& capabilities() const { return capabilities_; }
  const std::string& server() const { return input_.server(); }
  // As last announced; 0 before any. It changes under a selected folder when that is made anew.
  std::uint32_t uidvalidity() const { return uidvalidity_; }
  // More mails have been announced than there were when the folder was selected: the last answer that
  // told of the folder may be without them.
  bool grown() const { return grown_; }
  // It is going to be searched: what is announced from here on is news again.
  void forget_growth() { grown_ = false; }
  // Another folder is about to be selected.
  void forget_folder();

  // COMPRESS=DEFLATE (RFC 4978), once. A server that offers and refuses it is spoken to as before.
  bool can_compress() const { return can("COMPRESS=DEFLATE") && !compress_asked_; }
  void compress();

  // IDLE (RFC 2177): the server tells by itself of what happens in the selected folder. Lasts over
  // any number of listens, until something else is sent.
  bool can_idle() const { return can("IDLE") && !idle_refused_; }
  bool idling() const { return !idle_tag_.empty(); }
  // When IDLE was begun last; nullopt: never.
  std::optional<std::chrono::steady_clock::time_point> idle_since() const { return idle_since_; }
  void idle();
  // While idling: waits for one response, at most so long or until the descriptor `wake` can be read;
  // false: none came. A server that ends IDLE, or refuses it, ends it for this session.
  bool listen(std::chrono::milliseconds at_most, int wake);
  void end_idle();

  // The time that patience is measured by.
  std::chrono::steady_clock::time_point now() const { return wire_->now(); }

  // Sends a command, returns its tag. No line end in it.
  std::string send(std::string_view command);
  // Reads up to the answer of that tag, the oldest one that is waited for. BYE is ConnectionLost.
  StatusLine wait(const std::string& tag, ResponseHandler& to);
  // Both.
  StatusLine run(std::string_view command, ResponseHandler& to);
  StatusLine run(std::string_view command);

 private:
  std::string next_tag();
  void refuse_control(std::string_view command) const;
  void settle_ahead();
  void note(const ReadResponse& response);
  void note(const StatusLine& line);
  void read_while_idling();
  StatusLine read_answer(const std::string& tag, ResponseHandler& to);

  std::unique_ptr<Wire> wire_;
  Input input_;
  ResponseReader reader_;
  std::vector<std::string> capabilities_;
  std::uint32_t uidvalidity_ = 0;
  std::optional<std::uint32_t> exists_;  // as last announced
  bool grown_ = false;
  bool compress_asked_ = false;
  std::string idle_tag_;     // "" when not idling
  bool idle_begun_ = false;  // the server has said so
  bool idle_refused_ = false;
  std::optional<std::chrono::steady_clock::time_point> idle_since_;
  unsigned last_tag_ = 0;
  std::string ahead_;  // the command said ahead, "" when there is none or `send` has been asked for it
  std::string ahead_tag_;  // its tag
  bool in_step_ = true;    // no answer was left in the middle
};

// The server's own words for an error's text, safe to show: `NO [OVERQUOTA] Too much`.
std::string words_of(const StatusLine& line);

// Throws unless OK: `Failure` of that scope, "imap.x:993 does not WHAT (NO ...)"; try_later when the
// answer's code says it is a passing trouble (RFC 5530).
void require_ok(const StatusLine& line, const Session& session, Scope scope, const std::string& what);
// The server's own trouble: throttled, over_quota, unavailable. An OK may tell it as well (Gmail).
bool is_passing(const StatusLine& line);

}  // namespace papertray
