// What an IMAP server says (RFC 3501 section 7, RFC 9051 section 7), as far as we ask for it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace papertray {

enum class Status { ok, no, bad, bye, preauth };

// `pt7 NO [TRYCREATE] No such mailbox`, tagged or not.
struct StatusLine {
  Status status = Status::bad;
  std::string code;       // upper case: "TRYCREATE"; "" for none
  std::string arguments;  // of the code, as written: "3857529045", "(\\Answered \\*)"
  std::string text;       // as written: a stranger's words
};

// The word of a status, for people: "NO".
std::string_view status_word(Status status);

// What a FETCH response told so far.
struct FetchItems {
  std::uint32_t number = 0;  // message sequence number
  std::optional<std::uint32_t> uid;
  std::optional<std::uint64_t> size;  // RFC822.SIZE
  std::optional<Time> internaldate;
  std::optional<std::vector<std::string>> flags;
  std::optional<std::uint64_t> gmail_id;
  std::optional<std::uint64_t> body_size;  // of BODY[]; nullopt: not in it, or NIL
  bool header = false;                     // what comes is BODY[HEADER], no mail
};

struct ListedFolder {
  std::vector<std::string> flags;
  std::string name;  // as on the wire: modified UTF-7
};

// Takes untagged responses as they are read. What a handler throws ends the reading in the middle of a
// response: the connection is of no use afterwards.
class ResponseHandler {
 public:
  virtual ~ResponseHandler() = default;
  virtual void status(const StatusLine&) {}
  virtual void capability(const std::vector<std::string>& /*upper_case*/) {}
  virtual void flags(const std::vector<std::string>&) {}
  virtual void exists(std::uint32_t) {}
  virtual void recent(std::uint32_t) {}
  virtual void expunge(std::uint32_t /*number*/) {}
  // SEARCH, a number being a range of one; ESEARCH's ALL. first <= last.
  virtual void found(std::uint32_t /*first*/, std::uint32_t /*last*/) {}
  virtual void listed(const ListedFolder&) {}
  // BODY[] and BODY[HEADER], streamed: begin with what the response told before it, then its bytes.
  virtual void body_begin(const FetchItems&, std::uint64_t /*size*/) {}
  virtual void body_bytes(std::span<const char>) {}
  // A FETCH response has ended well, its line end included.
  virtual void fetched(const FetchItems&) {}
};

}  // namespace papertray
