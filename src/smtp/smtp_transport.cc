#include "smtp/smtp_transport.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include <sys/socket.h>

#include "core/error.h"
#include "core/printable.h"
#include "net/curl.h"
#include "smtp/address.h"
#include "smtp/attempt.h"
#include "smtp/login.h"

namespace papertray {
namespace {

// The mail on its way into libcurl.
struct Upload {
  std::string_view bytes;
  std::size_t taken = 0;

  bool begun() const { return taken > 0; }
  bool handed_over() const { return taken == bytes.size(); }
};

std::size_t hand_over(char* to, std::size_t one, std::size_t count, void* data) {
  auto& upload = *static_cast<Upload*>(data);
  const std::size_t room = one * count;
  // libcurl takes a read of nothing for the end and would send a torn mail as complete: only when all of
  // it is through is 0 an honest answer.
  if (room == 0) return CURL_READFUNC_ABORT;
  const std::size_t length = std::min(room, upload.bytes.size() - upload.taken);
  std::memcpy(to, upload.bytes.data() + upload.taken, length);
  upload.taken += length;
  return length;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// A bare CR or LF is a line end to one server and none to the next (SMTP smuggling, CVE-2023-51764).
bool has_only_whole_line_ends(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '\0' || bytes[at] == '\n') return false;
    if (bytes[at] != '\r') continue;
    if (++at == bytes.size() || bytes[at] != '\n') return false;
  }
  return true;
}

// What is wrong with the mail itself, before any server hears of it; "" for nothing.
std::string problem_of(const OutgoingMail& mail) {
  if (const std::string problem = address_problem(mail.to); !problem.empty())
    return "the recipient's address " + problem;
  if (mail.bytes.empty()) return "the mail is empty";
  if (!has_only_whole_line_ends(mail.bytes))
    return "the mail holds a NUL or a line end that is not CRLF";
  return {};
}

}  // namespace

struct SmtpTransport::Connection {
  CurlHandle curl;
  bool used = false;  // a mail has gone over it

  ~Connection() {
    // Cleaning up sends QUIT and waits for the answer, up to two minutes. With the reading side shut
    // the QUIT still goes out, and the answer reads as the end.
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(curl.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
        socket != CURL_SOCKET_BAD)
      ::shutdown(socket, SHUT_RD);
  }
};

SmtpTransport::SmtpTransport(Server server, std::string envelope_from)
    : server_(std::move(server)), envelope_from_(std::move(envelope_from)) {
  if (envelope_from_.empty()) return;
  if (const std::string problem = address_problem(envelope_from_); !problem.empty())
    throw Failure(Error{Scope::account, Again::person, Exit::configuration,
                        "the bounce address \"" + one_line(envelope_from_) + "\" " + problem});
}

SmtpTransport::~SmtpTransport() = default;

void SmtpTransport::close() {
  connection_.reset();
}

Attempt SmtpTransport::deliver(const OutgoingMail& mail) {
  if (const std::string problem = problem_of(mail); !problem.empty())
    return {Delivery::refused, 0, problem};
  try {
    return attempt(mail);
  } catch (const Stopped& stopped) {
    connection_.reset();
    return {Delivery::unreachable, 0, stopped.error().text};
  } catch (const Failure& failure) {
    connection_.reset();
    return attempt_from(failure.error());
  }
}

Attempt SmtpTransport::attempt(const OutgoingMail& mail) {
  const std::unique_ptr<curl_slist, FreeList> recipients(curl_slist_append(nullptr, mail.to.c_str()));
  while (true) {
    const bool reused = connection_ && connection_->used;
    if (!connection_) {
      connection_ = std::make_unique<Connection>();
      prepare_to_send(connection_->curl, server_,
                      password_alone_ ? LoginBy::password_alone : LoginBy::whatever_serves);
    }
    CurlHandle& curl = connection_->curl;
    Upload upload{mail.bytes};
    curl.set(CURLOPT_MAIL_FROM, envelope_from_.c_str());
    curl.set(CURLOPT_MAIL_RCPT, recipients.get());
    curl.set(CURLOPT_UPLOAD, 1L);
    curl.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.bytes.size()));
    curl.set(CURLOPT_READFUNCTION, &hand_over);
    curl.set(CURLOPT_READDATA, static_cast<void*>(&upload));
    // A server that stops reading in the middle of a mail: no reply is due yet, so no other timeout
    // runs.
    curl.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl.set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(server_.reply_timeout.count()));

    const CURLcode code = curl.perform();
    if (code != CURLE_OK && !password_alone_ && kerberos_was_in_the_way(code, curl, server_)) {
      password_alone_ = true;
      connection_.reset();
      continue;  // at most once in this transport's life; nothing of the mail has left us
    }
    if (code != CURLE_OK && token_had_aged(code, curl, server_)) {
      connection_.reset();
      continue;  // at most once: the next login asks for a token of its own
    }
    const long response = curl.response_code();
    const Attempt result =
        attempt_from(code, response, last_reply_of(curl.lines().all(), response), upload.handed_over());
    connection_->used = true;
    curl.set(CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));
    curl.set(CURLOPT_READDATA, static_cast<void*>(nullptr));

    // After anything but a whole conversation replies and commands may be out of step: the next mail
    // would read the answer to this one (facts: imap, "SMTP").
    if (code != CURLE_OK && code != CURLE_WEIRD_SERVER_REPLY) connection_.reset();
    // A server may end a connection between two mails, with 421 or without a word. Nothing of this mail
    // has left us then: once more, on a new one.
    const bool gone = response == 0 || response == 421;
    if (reused && !upload.begun() && gone && result.delivery == Delivery::refused_later) {
      connection_.reset();
      continue;  // at most once: the new connection is not a reused one
    }
    return result;
  }
}

}  // namespace papertray
