#include "imap/session.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <utility>

#include "core/printable.h"
#include "imap/deflate_wire.h"
#include "net/text.h"
#include "net/trouble.h"

namespace papertray {
namespace {

// Goodbye is politeness: a server that does not answer it is not waited for.
constexpr std::chrono::seconds logout_patience{1};
// Once a line has begun while we idle, its end is due: nobody can wake us within one.
constexpr std::chrono::seconds idle_line_patience{5};
// DONE is answered at once, or the connection has died silently while we idled: common, and not worth
// the patience that a search may need.
constexpr std::chrono::seconds done_patience{15};
// Untagged responses to one command. A batch has hundreds; a mailbox in which somebody flags
// everything has as many as it has mails. A server that never ends must not hold us for ever.
constexpr std::size_t most_responses = 4'000'000;
constexpr std::size_t words_columns = 200;  // of the server's words in a sentence of ours

class Capabilities : public ResponseHandler {
 public:
  void capability(const std::vector<std::string>& words) override { all = words; }
  std::vector<std::string> all;
};

}  // namespace

Session::Session(std::unique_ptr<Wire> wire, std::string server, std::chrono::milliseconds patience,
                 std::string ahead, int stop)
    : wire_(std::move(wire)),
      input_(*wire_, std::move(server), patience, stop),
      reader_(input_),
      ahead_(std::move(ahead)) {
  // Bytes that came together with the login's OK stayed inside libcurl, so the first thing we read may
  // be half a line: everything before our own tag is passed over (measured with libcurl 7.88.1). All
  // commands in one packet: one round trip.
  const std::string first = next_tag();
  const std::string second = next_tag();
  std::string words = first + " NOOP\r\n" + second + " CAPABILITY\r\n";
  if (!ahead_.empty()) {
    refuse_control(ahead_);
    ahead_tag_ = next_tag();
    words += ahead_tag_ + " " + ahead_ + "\r\n";
  }
  in_step_ = false;  // no LOGOUT from a constructor that fails
  wire_->send(words);
  reader_.skip_to(first);
  Capabilities capabilities;
  require_ok(read_answer(second, capabilities), *this, Scope::account, "tell its capabilities");
  capabilities_ = std::move(capabilities.all);
  in_step_ = true;
}

Session::~Session() {
  if (!in_step_) return;
  try {
    input_.set_patience(logout_patience);
    settle_ahead();
    end_idle();
    ResponseHandler nothing;
    wire_->send(next_tag() + " LOGOUT\r\n");
    // libcurl sends none when the handle goes. BYE comes first, then the tag's OK.
    for (ReadResponse answer; answer.kind != ReadResponse::Kind::tagged;)
      answer = reader_.read(nothing);
  } catch (const std::exception&) {
    // The mails are in and recorded, or their failure has been told: a goodbye that finds nobody, or no
    // memory, changes neither.
  }
}

std::string Session::next_tag() {
  // Not A001: those are libcurl's.
  return "pt" + std::to_string(++last_tag_);
}

bool Session::can(std::string_view capability) const {
  return std::ranges::find(capabilities_, capability) != capabilities_.end();
}

void Session::refuse_control(std::string_view command) const {
  if (protocol::has_control(command))
    throw Failure(Error{Scope::program, Again::never, Exit::bad_data,
                        "a command to " + server() + " would hold a control character; it was not sent",
                        Trouble::other});
}

// Something else was wanted first: the answer to what was said ahead is passed over.
void Session::settle_ahead() {
  if (ahead_.empty()) return;
  ahead_.clear();
  ResponseHandler nothing;
  wait(ahead_tag_, nothing);
}

std::string Session::send(std::string_view command) {
  refuse_control(command);
  if (!ahead_.empty() && command == ahead_) {
    ahead_.clear();
    return ahead_tag_;
  }
  settle_ahead();
  end_idle();
  std::string tag = next_tag();
  const bool was_in_step = std::exchange(in_step_, false);  // half a command must not be gone on with
  wire_->send(tag + " " + std::string(command) + "\r\n");
  in_step_ = was_in_step;
  return tag;
}

StatusLine Session::wait(const std::string& tag, ResponseHandler& to) {
  in_step_ = false;  // until the answer is there: an exception leaves it so
  StatusLine answer = read_answer(tag, to);
  in_step_ = true;
  return answer;
}

StatusLine Session::read_answer(const std::string& tag, ResponseHandler& to) {
  for (std::size_t responses = 0; responses < most_responses; ++responses) {
    ReadResponse response = reader_.read(to);
    switch (response.kind) {
      case ReadResponse::Kind::tagged:
        if (response.tag != tag) input_.bad("an answer bears the tag of no command of ours");
        return std::move(response.line);
      case ReadResponse::Kind::continuation:
        input_.bad("it asks to go on with a command that was whole");
      case ReadResponse::Kind::status:
        note(response);
        to.status(response.line);
        break;
      case ReadResponse::Kind::data:
        note(response);
        break;
    }
  }
  input_.bad("its answer to one command does not end");
}

void Session::forget_folder() {
  uidvalidity_ = 0;
  exists_.reset();
  grown_ = false;
}

void Session::note(const ReadResponse& response) {
  if (response.kind == ReadResponse::Kind::status) note(response.line);
  if (response.expunged && exists_ && *exists_ > 0) --*exists_;
  if (response.exists) {
    if (exists_ && *response.exists > *exists_) grown_ = true;
    exists_ = response.exists;
  }
}

void Session::compress() {
  compress_asked_ = true;
  if (run("COMPRESS DEFLATE").status != Status::ok) return;  // TLS compresses already, or no memory
  // From the byte behind this answer on everything is compressed, also what has been read ahead.
  in_step_ = false;  // should there be no memory, nothing can be said any more
  wire_ = deflate_wire(std::move(wire_), input_.leave(), server());
  input_.use(*wire_);
  in_step_ = true;
}

void Session::idle() {
  idle_begun_ = false;
  std::string tag = send("IDLE");
  idle_tag_ = std::move(tag);
  idle_since_ = now();
}

bool Session::listen(std::chrono::milliseconds at_most, int wake) {
  in_step_ = false;  // an exception leaves it so
  const bool something = input_.wait(at_most, wake);
  if (something) {
    const std::chrono::milliseconds usual = input_.patience();
    input_.set_patience(std::min<std::chrono::milliseconds>(usual, idle_line_patience));
    read_while_idling();
    input_.set_patience(usual);
  }
  in_step_ = true;
  return something;
}

void Session::read_while_idling() {
  ResponseHandler nothing;
  const ReadResponse response = reader_.read(nothing);
  switch (response.kind) {
    case ReadResponse::Kind::tagged:
      if (response.tag != idle_tag_) input_.bad("an answer bears the tag of no command of ours");
      // NO, BAD, or an end that we did not ask for: DONE would be taken for a command now.
      idle_tag_.clear();
      idle_refused_ = true;
      break;
    case ReadResponse::Kind::continuation:
      if (idle_begun_) input_.bad("it asks to go on with a command that was whole");
      idle_begun_ = true;
      break;
    case ReadResponse::Kind::status:
    case ReadResponse::Kind::data:
      note(response);
  }
}

void Session::end_idle() {
  if (!idling()) return;
  in_step_ = false;
  const std::chrono::milliseconds usual = input_.patience();
  input_.set_patience(std::min<std::chrono::milliseconds>(usual, done_patience));
  // Before its "+" the server may still refuse, and DONE would be a command it does not know.
  for (std::size_t responses = 0; idling() && !idle_begun_; ++responses) {
    if (responses == most_responses) input_.bad("its answer to one command does not end");
    read_while_idling();
  }
  if (idling()) {
    wire_->send("DONE\r\n");
    ResponseHandler nothing;
    if (read_answer(std::exchange(idle_tag_, {}), nothing).status != Status::ok) idle_refused_ = true;
  }
  input_.set_patience(usual);
  in_step_ = true;
}

void Session::note(const StatusLine& line) {
  if (line.status == Status::bye) {
    const Trouble told = trouble_of_words(words_of(line));
    throw ConnectionLost(Error{Scope::account, Again::later, Exit::unreachable,
                               server() + " ended the session (" + words_of(line) + "); try again later",
                               told == Trouble::none ? Trouble::bye : told});
  }
  if (line.code != "UIDVALIDITY") return;
  std::uint32_t value = 0;
  const std::string& digits = line.arguments;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value == 0)
    input_.bad("a UIDVALIDITY is no number from 1 to 4294967295");
  uidvalidity_ = value;
}

StatusLine Session::run(std::string_view command, ResponseHandler& to) {
  return wait(send(command), to);
}

StatusLine Session::run(std::string_view command) {
  ResponseHandler nothing;
  return run(command, nothing);
}

std::string words_of(const StatusLine& line) {
  std::string words(status_word(line.status));
  if (!line.code.empty())
    words += " [" + line.code + (line.arguments.empty() ? "" : " " + line.arguments) + "]";
  if (!line.text.empty()) words += " " + line.text;
  return cut_to(one_line(words), words_columns);
}

bool is_passing(const StatusLine& line) {
  return trouble_of_code(line.code) != Trouble::none;
}

void require_ok(const StatusLine& line, const Session& session, Scope scope, const std::string& what) {
  if (line.status == Status::ok) return;
  const std::string text = session.server() + " does not " + what + " (" + words_of(line) + ")";
  if (is_passing(line))
    throw Failure(Error{scope, Again::later, Exit::try_later, text + "; try again later",
                        trouble_of_code(line.code)});
  throw Failure(Error{scope, Again::person, Exit::not_there,
                      text + "; look into the account with a mail client", Trouble::other});
}

}  // namespace papertray
