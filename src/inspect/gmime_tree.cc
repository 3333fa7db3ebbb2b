#include "inspect/gmime_tree.h"

#include <array>

#include "core/ascii.h"
#include "inspect/caps.h"
#include "inspect/plain_text.h"

namespace papertray {
namespace {

constexpr std::array message_types = {"rfc822", "rfc2822", "global", "news"};

bool is_type(GMimeObject* object, const char* type, const char* subtype) {
  GMimeContentType* const content = g_mime_object_get_content_type(object);
  return content != nullptr && g_mime_content_type_is_type(content, type, subtype) != FALSE;
}

}  // namespace

OptionsPtr parser_options() {
  OptionsPtr options(g_mime_parser_options_new());
  // Raw 8-bit headers (RFC 6532, or no standard at all): UTF-8 where it fits, else western.
  std::array<const char*, 4> guesses = {"utf-8", "windows-1252", "iso-8859-1", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), guesses.data());
  return options;
}

ObjectPtr<GMimeObject> parse(GByteArray* bytes, GMimeParserOptions* options) {
  const ObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_byte_array(bytes));
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream.get()), FALSE);
  const ObjectPtr<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  // As a part, not as a message: GMime would parse every address header at once, by recursion, before
  // we could cut it (measured: 1,000,000 of `a:` overflow the stack).
  return ObjectPtr<GMimeObject>(g_mime_parser_construct_part(parser.get(), options));
}

std::string parameter(GMimeObject* object, const char* name) {
  GMimeContentType* const content = g_mime_object_get_content_type(object);
  if (content == nullptr) return {};
  return line_value(trim(view(g_mime_content_type_get_parameter(content, name))), caps::name_bytes);
}

void register_messages_as_leaves() {
  for (const char* subtype : message_types)
    g_mime_object_register_type("message", subtype, GMIME_TYPE_PART);
}

bool is_attached_message(GMimeObject* object, const Part& part) {
  for (const char* subtype : message_types)
    if (is_type(object, "message", subtype)) return true;
  return part.type == "application/octet-stream" && ascii::ends_with(part.name, ".eml");
}

std::optional<std::size_t> type_that_counts(GMimeObject* root) {
  GMimeHeaderList* const headers = g_mime_object_get_header_list(root);
  std::size_t seen = 0;
  std::optional<std::size_t> multipart;
  for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
    if (!same_ascii(trim(view(g_mime_header_get_name(header))), "Content-Type")) continue;
    const std::string_view value = trim(view(g_mime_header_get_raw_value(header)));
    if (!multipart && same_ascii(value.substr(0, 10), "multipart/")) multipart = seen;
    ++seen;
  }
  return seen < 2 ? std::nullopt : std::optional(multipart.value_or(0));
}

}  // namespace papertray
