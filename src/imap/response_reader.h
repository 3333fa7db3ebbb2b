// Reads one response after the other. Literals of BODY[] stream through, everything else is bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "imap/input.h"
#include "imap/lexer.h"
#include "imap/response.h"

namespace papertray {

struct ReadResponse {
  enum class Kind { tagged, continuation, status, data };
  Kind kind = Kind::data;
  std::string tag;                      // tagged
  StatusLine line;                      // tagged, status; continuation: its text
  std::optional<std::uint32_t> exists;  // data: the folder's mails
  bool expunged = false;                // data: there is one less
};

class ResponseReader {
 public:
  explicit ResponseReader(Input& input) : lexer_(input) {}

  // Waits for a response and reads all of it; untagged data goes to the handler. Throws Failure
  // (account) on what is no IMAP, ConnectionLost, and what the handler throws.
  ReadResponse read(ResponseHandler& to);

  // Passes over everything up to this tag's line: after the hand-over by libcurl the first bytes may be
  // the rest of a line (measured with libcurl 7.88.1).
  StatusLine skip_to(const std::string& tag);

 private:
  void read_untagged(ReadResponse& response, ResponseHandler& to);
  void read_numbered(ReadResponse& response, ResponseHandler& to);
  void read_fetch(std::uint32_t number, ResponseHandler& to);
  void read_body(FetchItems& items, ResponseHandler& to);
  void read_search(ResponseHandler& to);
  void read_esearch(ResponseHandler& to);
  void read_ranges(ResponseHandler& to);
  void read_list(ResponseHandler& to);

  Lexer lexer_;
};

// `OK`, `NO`...; nullopt for another word.
std::optional<Status> status_from_word(std::string_view word);
// Takes `[CODE arguments]` from the front of a status line's text.
StatusLine split_code(Status status, std::string text);

}  // namespace papertray
