#include "smtp/compose.h"

#include <algorithm>
#include <memory>
#include <sstream>
#include <string_view>

#include <mimetic/mimeentity.h>

#include "core/error.h"
#include "core/printable.h"
#include "smtp/address.h"
#include "smtp/body_text.h"
#include "smtp/header_text.h"

namespace papertray {
namespace {

// What our own header values never reach; a server that is fed more refuses the whole mail.
constexpr std::size_t max_value = 4000;
// RFC 5322 section 2.1.1: a line is at most 998 octets, and an id stands whole on one.
constexpr std::size_t max_id = 900;
// A long thread's References keep its root and its latest mails (the cap most mailers have).
constexpr std::size_t last_references = 20;
constexpr std::size_t max_header_name = 40;
// RFC 2046 section 5.1.1 allows 70 octets; ours begins with "=_".
constexpr std::size_t max_boundary = 68;

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw Failure(Error{Scope::message, Again::never, Exit::bad_data,
                      "the mail cannot be written: its " + one_line(name) + " " + std::string(why)});
}

// The one gate against header injection: every value passes it before anything else looks at it.
std::string_view checked(std::string_view name, std::string_view value) {
  if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
    refuse(name, "holds a line break or a NUL");
  if (value.size() > max_value) refuse(name, "is longer than 4000 octets");
  return value;
}

// A msg-id's inside (RFC 5322 section 3.6.4), as strangers write it: anything visible but its brackets.
bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= max_id && id.find("=?") == std::string_view::npos &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != '<' && c != '>'; });
}

bool same_nocase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

void check_extra_name(std::string_view name) {
  static constexpr std::string_view taken[] = {
      "Date",    "From",       "Sender",     "Reply-To", "To",          "Cc",          "Bcc",
      "Subject", "Message-ID", "References", "Received", "Return-Path", "In-Reply-To", "MIME-Version"};
  const auto good = [](char c) { return c > ' ' && c < '\x7f' && c != ':'; };
  if (name.empty() || name.size() > max_header_name || !std::all_of(name.begin(), name.end(), good))
    refuse("extra header \"" + std::string(name) + "\"", "has no usable name");
  if (same_nocase(name.substr(0, 8), "Content-") ||
      std::ranges::any_of(taken, [&](std::string_view other) { return same_nocase(name, other); }))
    refuse("extra header " + std::string(name), "is one that is written anyway");
}

// RFC 5322 section 3.6.4: the answered mail's References, then its Message-ID. Ours comes last, too:
// servers rewrite Message-ID, and a reply that carries our References is still recognised.
std::vector<std::string> thread_of(const Draft& draft) {
  std::vector<std::string> ids;
  const auto add = [&](std::string_view name, const std::string& id) {
    if (is_id(checked(name, id)) && id != draft.message_id && std::ranges::find(ids, id) == ids.end())
      ids.push_back(id);
  };
  for (const std::string& id : draft.references)
    if (id != draft.in_reply_to) add("References", id);
  add("In-Reply-To", draft.in_reply_to);
  if (ids.size() > last_references + 1)
    ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(last_references));
  ids.push_back(draft.message_id);
  return ids;
}

mimetic::Rfc822Header header_of(const Draft& draft) {
  mimetic::Rfc822Header header;
  // As text, not through mimetic's typed fields: those parse, and that is where it crashes.
  const auto add = [&](std::string_view name, const std::string& value) {
    header.push_back(mimetic::Field(std::string(name), value));
  };
  const Address from = parse_mailbox(checked("From", draft.from));
  if (const std::string problem = address_problem(checked("To", draft.to)); !problem.empty())
    refuse("recipient \"" + draft.to + "\"", problem);
  if (!is_id(checked("Message-ID", draft.message_id))) refuse("Message-ID", "is none");

  add("Date", mail_date(draft.date));
  add("From", mailbox_value("From", from.name, from.address));
  add("To", mailbox_value("To", "", draft.to));
  add("Subject", unstructured_value("Subject", valid_utf8(checked("Subject", draft.subject))));
  add("Message-ID", ids_value("Message-ID", {draft.message_id}));
  if (is_id(checked("In-Reply-To", draft.in_reply_to)))
    add("In-Reply-To", ids_value("In-Reply-To", {draft.in_reply_to}));
  add("References", ids_value("References", thread_of(draft)));
  for (const auto& [name, value] : draft.headers) {
    check_extra_name(name);
    add(name, unstructured_value(name, valid_utf8(checked(name, value))));
  }
  add("MIME-Version", "1.0");
  return header;
}

void set_text(mimetic::MimeEntity& entity, const char* subtype, std::string_view lines, bool as_7bit) {
  mimetic::ContentType type("text", subtype);
  type.param("charset", "UTF-8");
  entity.header().contentType(type);
  entity.header().contentTransferEncoding(
      mimetic::ContentTransferEncoding(as_7bit ? mimetic::ContentTransferEncoding::sevenbit
                                               : mimetic::ContentTransferEncoding::quoted_printable));
  entity.body().set(as_7bit ? with_crlf(lines) : quoted_printable(lines));
}

// Filled in place: mimetic's entities cannot be copied (their parts would be deleted twice).
void set_content(mimetic::MimeEntity& entity, const Draft& draft) {
  const std::string text = text_lines(draft.text);
  if (draft.html.empty()) {
    set_text(entity, "plain", text, goes_7bit(text));
    return;
  }
  const auto good = [](char c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  if (draft.boundary.empty() || draft.boundary.size() > max_boundary ||
      !std::all_of(draft.boundary.begin(), draft.boundary.end(), good))
    refuse("boundary", "is none");
  mimetic::ContentType type("multipart", "alternative");
  // Quoted-printable never holds "=_" (RFC 2045 section 6.7), so no part that is can hold this boundary.
  const std::string boundary = "=_" + draft.boundary;
  type.param("boundary", boundary);
  entity.header().contentType(type);
  const auto add_part = [&](const char* subtype, const std::string& lines) {
    auto part = std::make_unique<mimetic::MimeEntity>();
    set_text(*part, subtype, lines, goes_7bit(lines) && lines.find(boundary) == std::string::npos);
    entity.body().parts().push_back(part.get());
    part.release();  // the entity deletes its parts
  };
  add_part("plain", text);  // the plainest first (RFC 2046 section 5.1.4)
  add_part("html", text_lines(draft.html));
}

}  // namespace

std::string compose(const Draft& draft) {
  std::ostringstream out;
  for (const mimetic::Field& field : header_of(draft)) {
    field.write(out);  // without mimetic's folding: header_text.h
    out << "\r\n";
  }
  mimetic::MimeEntity content;
  set_content(content, draft);
  out << content;
  return out.str();
}

}  // namespace papertray
