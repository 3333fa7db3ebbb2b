// Where the mails in an mbox begin and end. The bytes between are the mails' as they stand in the file:
// `>From ` and `>>From ` stay (mboxo quotes the first, mboxrd both: which one wrote a file cannot be
// told from it).
//
// A mail begins after a From line (from_line.h) that stands at the start of the file or after an empty
// line; after any other line too when a header field follows it, for some programs leave out the empty
// line, and a mail that is taken for the end of another is lost. It ends before the empty line in front
// of the next From line, or at the end of the file, one empty line there not counted: each mail in an
// mbox is followed by one. Any other line that begins with `From ` is text.
// Content-Length (mboxcl) is not believed: it is the sender's word, and a wrong one would hide the mails
// that follow; so an mboxcl2 whose mails hold lines that look like From lines falls into more pieces,
// and nothing is lost. LF or CRLF. A file that begins with a line of four ^A is MMDF: such lines stand
// around each mail, and a From line may follow them.
#pragma once

#include <cstdint>
#include <optional>

#include "core/time.h"
#include "files/line_scanner.h"
#include "files/read_file.h"

namespace papertray {

struct MboxPiece {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t check = 0;   // FNV-1a of its bytes
  std::optional<Time> from;  // of its From line
};

class MboxReader {
 public:
  // The file must stay, and its first `size` bytes as they are.
  MboxReader(const ReadFile& file, std::uint64_t size);

  // The next mail; nullopt at the end. Throws Failure (folder) when the file cannot be read.
  std::optional<MboxPiece> next();

 private:
  bool separator(const Line& line, bool after_empty, std::optional<Time>& date) const;
  void begin_mail(const Line& separator, std::optional<Time> date);

  LineScanner lines_;
  bool mmdf_ = false;
  std::optional<MboxPiece> mail_;  // whose separator was seen
};

// By its first lines, empty ones passed over.
bool looks_like_mbox(const ReadFile& file);

}  // namespace papertray
