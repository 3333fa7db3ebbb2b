#include "inspect/fields.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "inspect/gobject_ptr.h"
#include "inspect/set_aside.h"

namespace papertray {
namespace {

// RFC 5322 section 2.2.3: unfolding takes the line ends out and nothing else.
std::string unfolded(std::string_view raw) {
  std::string value(trim(raw));
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });
  return value;
}

// The domain in lower case (RFC 5321 section 2.4); a quoted local part may hold an @.
std::string with_lower_domain(std::string address) {
  const auto at = address.rfind('@');
  if (at == std::string::npos) return address;
  return address.substr(0, at) + lower_ascii(std::string_view(address).substr(at));
}

// A header value on its way: `raw` keeps bytes that are no UTF-8, for GMime's own guessing.
struct Field {
  std::string name;
  std::string raw;
};

class FieldReader {
 public:
  FieldReader(const std::vector<Field>& fields, const EncodedWords& words, GMimeParserOptions* options,
              Notes& notes)
      : fields_(fields), words_(words), options_(options), notes_(notes) {}

  const Field* first(std::string_view name) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const Field& field) { return same_ascii(field.name, name); });
    return found == fields_.end() ? nullptr : &*found;
  }

  std::size_t count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(fields_.begin(), fields_.end(),
                      [&](const Field& field) { return same_ascii(field.name, name); }));
  }

  // Every address of every field of that name, members of groups too.
  void addresses(std::string_view name, std::vector<Address>& to) {
    for (const Field& field : fields_)
      if (same_ascii(field.name, name)) addresses_of(field, to);
  }

  std::string decoded(std::string_view raw) const {
    return line_value(words_.decoded(raw), caps::one_header_bytes);
  }

  // `<id>` tokens; RFC 5322 section 3.6.4. What stands between them is somebody's prose.
  std::vector<std::string> ids(std::string_view name) {
    std::vector<std::string> found;
    for (const Field& field : fields_)
      if (same_ascii(field.name, name)) ids_of(field.raw, found);
    return found;
  }

  void ids_of(std::string_view raw, std::vector<std::string>& to) {
    for (auto open = raw.find('<'); open != std::string_view::npos; open = raw.find('<', open + 1)) {
      const auto close = raw.find('>', open);
      if (close == std::string_view::npos) return;
      if (to.size() >= caps::message_ids) return notes_.add("more message ids than are kept");
      // A fold within an id (some mailers break long ones) is no part of it.
      std::string id;
      for (const char c : line_value(raw.substr(open + 1, close - open - 1), caps::one_header_bytes))
        if (c != ' ' && c != '\t' && c != '<') id += c;
      if (!id.empty()) to.push_back(std::move(id));
      open = close;
    }
  }

 private:
  void addresses_of(const Field& field, std::vector<Address>& to) {
    std::string raw = words_.merged(field.raw);
    if (cut_at_colons(raw)) notes_.add("the " + field.name + " header is cut: too many colons");
    const ObjectPtr<InternetAddressList> list(internet_address_list_parse(options_, raw.c_str()));
    if (!list || internet_address_list_length(list.get()) == 0) {
      if (!trim(raw).empty() && !bracketed_address(raw, to))
        notes_.add("the " + field.name + " header holds no address");
      return;
    }
    // Groups can hold groups in what GMime makes of hostile text: a stack of places, no recursion.
    std::vector<std::pair<InternetAddressList*, int>> places{{list.get(), 0}};
    while (!places.empty()) {
      auto& [one, next] = places.back();
      if (next >= internet_address_list_length(one)) {
        places.pop_back();
        continue;
      }
      InternetAddress* const address = internet_address_list_get_address(one, next++);
      if (INTERNET_ADDRESS_IS_GROUP(address)) {
        places.emplace_back(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), 0);
      } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
        if (to.size() >= caps::addresses) return notes_.add("more addresses than are kept");
        to.push_back({line_value(view(internet_address_get_name(address)), caps::name_bytes),
                      address_of(INTERNET_ADDRESS_MAILBOX(address))});
      }
    }
  }

  // GMime gives up at what must not stand unquoted in a name: `[EXT] Ada <ada@example.org>`.
  bool bracketed_address(const std::string& raw, std::vector<Address>& to) const {
    const auto open = raw.rfind('<');
    const auto close = raw.find('>', open == std::string::npos ? 0 : open);
    if (open == std::string::npos || close == std::string::npos || to.size() >= caps::addresses)
      return false;
    const std::string address = line_value(raw.substr(open + 1, close - open - 1), caps::name_bytes);
    if (address.find('@') == std::string::npos ||
        address.find_first_of(" \t\",;:()<") != std::string::npos)
      return false;
    std::string name = decoded(raw.substr(0, open));
    cut_utf8(name, caps::name_bytes);
    to.push_back({std::string(trim(name)), with_lower_domain(address)});
    return true;
  }

  static std::string address_of(InternetAddressMailbox* mailbox) {
    // IDNA leaves ASCII as it is, after a lot of work.
    const std::string_view raw = view(internet_address_mailbox_get_addr(mailbox));
    std::string address = line_value(
        ascii::all(raw) ? raw : view(internet_address_mailbox_get_idn_addr(mailbox)), caps::name_bytes);
    // GMime takes a word without a domain for an address; it names nobody.
    if (address.find('@') == std::string::npos) return {};
    return with_lower_domain(std::move(address));
  }

  static bool cut_at_colons(std::string& raw) {
    std::size_t colons = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] != ':' || ++colons <= caps::address_colons) continue;
      raw.resize(i);
      return true;
    }
    return false;
  }

  const std::vector<Field>& fields_;
  const EncodedWords& words_;
  GMimeParserOptions* options_;
  Notes& notes_;
};

// RFC 5321 section 4.4: `<>` or `<path>`; the comment some servers add is left out.
std::string path_of(std::string_view raw) {
  const auto open = raw.find('<');
  const auto close = raw.find('>', open == std::string_view::npos ? 0 : open);
  if (open != std::string_view::npos && close != std::string_view::npos)
    raw = raw.substr(open + 1, close - open - 1);
  // The domain as in From, where GMime writes an international one as IDNA does.
  const std::string address = line_value(trim(raw), caps::name_bytes);
  if (address.find('@') == std::string::npos || ascii::all(address)) return with_lower_domain(address);
  const ObjectPtr<InternetAddress> mailbox(internet_address_mailbox_new("", address.c_str()));
  return with_lower_domain(
      std::string(view(internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(mailbox.get())))));
}

std::optional<Time> date_in(const Field* field) {
  return field == nullptr ? std::nullopt : parse_mail_date(field->raw);
}

constexpr std::array receivers = {"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"};

}  // namespace

void read_fields(GMimeHeaderList* headers, const EncodedWords& words, GMimeParserOptions* options,
                 Message& message, Notes& notes) {
  std::vector<Field> fields;
  std::size_t bytes = 0;
  const int count = g_mime_header_list_get_count(headers);
  if (count > static_cast<int>(caps::headers)) {
    throw set_aside("the mail has " + std::to_string(count) + " header fields, more than the " +
                    std::to_string(caps::headers) + " that are looked at");
  }
  for (int i = 0; i < count; ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
    const std::string_view raw = view(g_mime_header_get_raw_value(header));
    Field field{line_value(trim(view(g_mime_header_get_name(header))), caps::name_bytes), ""};
    field.raw = unfolded(raw);
    bytes += field.name.size() + field.raw.size();
    if (bytes > caps::header_bytes) {
      throw set_aside("the mail's header has more than the " + std::to_string(caps::header_bytes) +
                      " bytes that are looked at");
    }
    message.headers.push_back({field.name, line_value(field.raw, caps::one_header_bytes * 3)});
    fields.push_back(std::move(field));
  }

  FieldReader reader(fields, words, options, notes);
  reader.addresses("From", message.from);
  reader.addresses("Sender", message.sender);
  reader.addresses("Reply-To", message.reply_to);
  for (const char* name : receivers)
    reader.addresses(name, message.to);
  if (const Field* path = reader.first("Return-Path")) message.return_path = path_of(path->raw);

  if (const Field* subject = reader.first("Subject")) {
    message.subject = reader.decoded(subject->raw);
  }
  if (const Field* id = reader.first("Message-ID")) {
    std::vector<std::string> ids;
    reader.ids_of(id->raw, ids);
    const std::string bare = line_value(id->raw, caps::one_header_bytes);
    if (!ids.empty())
      message.message_id = ids.front();
    else if (bare.find_first_of(" \t<>") == std::string::npos)
      message.message_id = bare;
  }
  message.in_reply_to = reader.ids("In-Reply-To");
  message.references = reader.ids("References");
  message.date = date_in(reader.first("Date"));
  message.received = date_in(reader.first("Received"));
  message.delivery_date = date_in(reader.first("Delivery-date"));

  if (count == 0) notes.add("no header fields");
  for (const char* once : {"Subject", "From", "Date", "Message-ID", "To", "Content-Type"}) {
    const std::size_t times = reader.count(once);
    if (times > 1)
      notes.add((times == 2 ? "two" : std::to_string(times)) + std::string(" ") + once + " headers");
  }
  if (message.from.size() > 1) notes.add("several From addresses");
}

std::vector<Address> read_from(GMimeHeaderList* headers, const EncodedWords& words,
                               GMimeParserOptions* options, Notes& notes) {
  GMimeHeader* const header = g_mime_header_list_get_header(headers, "From");
  const std::string_view raw = header == nullptr ? "" : view(g_mime_header_get_raw_value(header));
  std::vector<Address> from;
  if (raw.empty() || raw.size() > caps::one_header_bytes) return from;
  const std::vector<Field> fields{{"From", std::string(trim(raw))}};
  FieldReader(fields, words, options, notes).addresses("From", from);
  return from;
}

}  // namespace papertray
