// One mail as the inspector read it: plain data, already decoded, already capped.
// Everything here comes from a stranger. Strings are valid UTF-8 (the inspector mends them), but
// may hold any character, control characters included, but NUL, CR and LF only where noted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace papertray {

// A mailbox address. Identity is `address`, never `name`.
struct Address {
  std::string name;  // display name, decoded (RFC 2047); may be empty
  std::string
      address;  // addr-spec, `local@domain`, the domain in lower case; may be empty if unreadable
};

// One header field. Kept in the order of the mail, repeated ones too.
struct Header {
  std::string name;   // as written
  std::string value;  // unfolded, as written; bytes that are no UTF-8 replaced
};

// What a part was found within: nothing but the mail, or a file of that kind.
enum class Container { none, zip, tnef, uuencode };

// What a part's bytes are, by how they begin: a name and a declared type are the sender's words.
enum class FileKind {
  unknown,
  pdf,
  damaged_pdf,  // begins as a PDF and has no end of one, nor what its pages hang on: no reader opens it
  archive,      // zip, and with it .docx, .odt and the like
  office,       // the older formats of word processors
  rich_text,
  postscript,
  html,
  latex,
  picture,
  empty
};

// A leaf of the MIME tree, or a thing found inside one (a PDF within message/rfc822).
struct Part {
  std::string path;         // "1.2.1": the position in the tree (RFC 9051 section 6.4.5.1)
  std::string type;         // declared, lower case: "application/octet-stream"
  std::string name;         // file name, decoded (RFC 2047 and 2231); shown, never used on disk
  std::string disposition;  // "attachment", "inline" or ""
  std::uint64_t size = 0;   // decoded bytes
  std::string sha256;       // of the decoded bytes, lower-case hex
  bool pdf = false;         // by content: "%PDF-" within the first 1,024 bytes; damaged ones too
  bool in_attached_message = false;  // below a message/rfc822 part
  // Where the decoded bytes lie in the inspector's output; only kept for PDFs.
  std::uint64_t offset = 0;
  Container container = Container::none;  // then its path is the container's and a number
  FileKind kind = FileKind::unknown;
};

enum class TextOrigin { none, plain, html };

// What a message holds that we cannot look into.
enum class Sealed { no, smime, pgp };

// What became of a mail by a report's own word (RFC 3464 section 2.3.3).
enum class ReportAction { none, failed, delayed, delivered, relayed, expanded };

std::string_view report_action_name(ReportAction action);  // "failed"; "" for none
std::optional<ReportAction> report_action_from_name(std::string_view name);

// What a mail says of one that was sent before: of message/delivery-status (RFC 3464) the first
// recipient whose delivery failed, else the first; of anything else what its text and the mail that
// it gives back tell. Each text may be "". Believe nothing of it: anybody can write one.
struct DeliveryReport {
  ReportAction action = ReportAction::none;
  std::string status;              // "5.1.1" (RFC 3463)
  std::string recipient;           // bare address: Final-Recipient, X-Failed-Recipients
  std::string original_recipient;  // bare address: Original-Recipient
  std::string diagnostic;          // the other server's words, one line
  std::string message_id;          // of the mail that is given back, without < >
  std::string token;               // ours, of that mail: "pt-" and 24 hex digits
};

struct Message {
  std::vector<Header> headers;

  std::vector<Address> from;  // every address of every From field
  std::vector<Address> sender;
  std::vector<Address> reply_to;  // shown, never taken for the sender
  std::vector<Address> to;        // To, Cc, Bcc and Resent-* of the same together
  std::optional<std::string>
      return_path;  // bare address; "" is the null path `<>`; nullopt: no such header

  std::string subject;                   // of the first Subject field, decoded, unfolded, no CR or LF
  std::string message_id;                // without < >; "" when absent or unusable
  std::vector<std::string> in_reply_to;  // without < >
  std::vector<std::string> references;

  std::optional<Time> date;           // Date: the sender's word
  std::optional<Time> received;       // of the topmost Received
  std::optional<Time> delivery_date;  // Delivery-date

  std::string type;         // of the whole mail, lower case: "multipart/report"
  std::vector<Part> parts;  // leaves, in the order of the mail
  std::string text;         // what a person reads: text/plain, else HTML as text; may hold LF
  TextOrigin text_from = TextOrigin::none;
  std::vector<std::string> links;  // http(s) addresses in text and HTML, at most 100
  Sealed sealed = Sealed::no;
  std::vector<std::string> notes;  // what was odd: "two Subject headers", "charset guessed"

  std::optional<DeliveryReport> report;  // only when the mail seems to be one
};

// Values of every header of that name, case-insensitively, in order.
std::vector<std::string_view> header_values(const Message& message, std::string_view name);
bool has_header(const Message& message, std::string_view name);

// The address that stands for the sender: the only From address; nullptr when there is none or
// there are several.
const Address* sole_sender(const Message& message);

}  // namespace papertray
