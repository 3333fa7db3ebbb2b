// What one attempt to send came to: a pure function of what libcurl and the server said (the table in
// facts: imap, "SMTP", measured with libcurl 7.88.1).
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/retry.h"

namespace papertray {

// The server's last reply with this code on one line, "550 5.1.1 No such user", from the lines it said;
// "" for none. By its code: libcurl sends QUIT after a refusal, and the answer to that comes last.
std::string last_reply_of(const std::deque<std::string>& lines, long response_code);

// `curl_code` is libcurl's CURLcode, `response_code` the code of the last reply (0 for none),
// `last_reply` its text. `all_bytes_handed_over`: libcurl has taken the last byte of the mail, so the
// final dot may have reached the server. From there on only the server's own word says what became of
// the mail; without it the attempt is ambiguous.
Attempt attempt_from(int curl_code, long response_code, std::string_view last_reply,
                     bool all_bytes_handed_over);

// When it failed before a word was said to the server: what may pass by itself (no memory) is tried later, what a
// person must mend (a password file that is not there) pauses the outbox as a refused login does.
Attempt attempt_from(const Error& error);

}  // namespace papertray
