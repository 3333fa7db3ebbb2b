#include "inspect/leaf.h"

#include <algorithm>
#include <cctype>
#include <memory>

#include "inspect/base64.h"
#include "inspect/caps.h"
#include "inspect/gobject_ptr.h"
#include "inspect/plain_text.h"

namespace papertray::leaf {
namespace {

constexpr std::size_t slice = 64 * caps::kib;

// The encoded bytes, where they lie in the mail: the stream is a window on the buffer it was parsed
// from.
std::string_view encoded_bytes(GMimeObject* object) {
  if (!GMIME_IS_PART(object)) return {};
  GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return {};
  GMimeStream* const stream = g_mime_data_wrapper_get_stream(content);
  if (stream == nullptr || !GMIME_IS_STREAM_MEM(stream)) return {};
  const GByteArray* const buffer = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  if (buffer == nullptr) return {};
  const auto size = static_cast<gint64>(buffer->len);
  const gint64 start = std::clamp<gint64>(stream->bound_start, 0, size);
  const gint64 end = stream->bound_end < 0 ? size : std::clamp<gint64>(stream->bound_end, start, size);
  return {reinterpret_cast<const char*>(buffer->data) + start, static_cast<std::size_t>(end - start)};
}

// uuencode has a line of its own before the data, which GMime's decoder wants to be told of.
std::string_view after_begin_line(std::string_view encoded) {
  std::size_t line = 0;
  if (!encoded.starts_with("begin ")) {
    const auto found = encoded.find("\nbegin ");
    if (found == std::string_view::npos) return {};
    line = found + 1;
  }
  const auto end = encoded.find('\n', line);
  return end == std::string_view::npos ? std::string_view() : encoded.substr(end + 1);
}

// As written, when it holds encoded words: those are not for GMime (encoded_words.h). "" otherwise.
std::string with_words(GMimeObject* object, const char* name) {
  GMimeHeader* const header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  const std::string_view raw = header == nullptr ? "" : view(g_mime_header_get_raw_value(header));
  return raw.find("=?") == std::string_view::npos || raw.size() > caps::one_header_bytes
             ? ""
             : std::string(raw);
}

std::string file_name(GMimeObject* object, const EncodedWords& words, GMimeParserOptions* options) {
  if (const std::string raw = with_words(object, "Content-Disposition"); !raw.empty()) {
    const ObjectPtr<GMimeContentDisposition> disposition(
        g_mime_content_disposition_parse(options, words.merged(raw).c_str()));
    const char* name = g_mime_content_disposition_get_parameter(disposition.get(), "filename");
    if (name != nullptr) return name;
  }
  if (const std::string raw = with_words(object, "Content-Type"); !raw.empty()) {
    const bool named = g_mime_object_get_content_disposition_parameter(object, "filename") != nullptr;
    const ObjectPtr<GMimeContentType> type(
        g_mime_content_type_parse(options, words.merged(raw).c_str()));
    const char* name = named ? nullptr : g_mime_content_type_get_parameter(type.get(), "name");
    if (name != nullptr) return name;
  }
  return std::string(view(g_mime_part_get_filename(GMIME_PART(object))));
}

// RFC 2045 section 6.8. Text that begins with other characters is no base64, whatever the label says:
// some programs forget to encode. Later on there may be garbage, which decoders pass over.
bool begins_like_base64(std::string_view text) {
  constexpr std::size_t enough = 16;  // no text has so long a first word
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  std::string_view line = trim(text.substr(0, text.find('\n')));
  line = line.substr(0, line.find_last_not_of('=') + 1).substr(0, enough);
  return std::all_of(line.begin(), line.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; });
}

GMimeContentEncoding encoding_of(GMimeObject* object) {
  if (!GMIME_IS_PART(object)) return GMIME_CONTENT_ENCODING_DEFAULT;
  const GMimeContentEncoding encoding = g_mime_part_get_content_encoding(GMIME_PART(object));
  return encoding == GMIME_CONTENT_ENCODING_BASE64 && !begins_like_base64(encoded_bytes(object))
             ? GMIME_CONTENT_ENCODING_DEFAULT
             : encoding;
}

bool hides_bytes(GMimeContentEncoding encoding) {
  return encoding == GMIME_CONTENT_ENCODING_BASE64 ||
         encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
         encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

}  // namespace

struct LeafBytes::State {
  std::string_view left;
  GMimeContentEncoding encoding{};
  GMimeEncoding gmime{};
  bool usual_base64 = false;
  std::unique_ptr<char[]> buffer;
};

LeafBytes::LeafBytes(GMimeObject* object) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.left = encoded_bytes(object);
  s.encoding = encoding_of(object);
  g_mime_encoding_init_decode(&s.gmime, s.encoding);
  if (s.encoding == GMIME_CONTENT_ENCODING_UUENCODE) {
    s.left = after_begin_line(s.left);
    s.gmime.state |= GMIME_UUDECODE_STATE_BEGIN;
  }
  s.usual_base64 = s.encoding == GMIME_CONTENT_ENCODING_BASE64;
  if (hides_bytes(s.encoding))
    s.buffer = std::make_unique_for_overwrite<char[]>(
        g_mime_encoding_outlen(&s.gmime, std::min(slice, s.left.size())));
}

LeafBytes::~LeafBytes() = default;

std::string_view LeafBytes::next() {
  State& s = *state_;
  if (s.usual_base64) {
    const Base64Run run = decode_whole_groups(s.left, slice, s.buffer.get());
    s.left.remove_prefix(run.read);
    if (run.written > 0) return {s.buffer.get(), run.written};
    s.usual_base64 = false;  // padding, or what only GMime understands; nothing is pending
  }
  while (!s.left.empty()) {
    const std::string_view piece = s.left.substr(0, slice);
    s.left.remove_prefix(piece.size());
    if (!s.buffer) return piece;
    const std::size_t size = g_mime_encoding_step(&s.gmime, piece.data(), piece.size(), s.buffer.get());
    if (size > 0) return {s.buffer.get(), size};
  }
  return {};
}

std::optional<std::string_view> plain_bytes(GMimeObject* object) {
  if (!GMIME_IS_PART(object) || hides_bytes(encoding_of(object))) return std::nullopt;
  return encoded_bytes(object);
}

Part labels(GMimeObject* object, const EncodedWords& words, GMimeParserOptions* options) {
  Part part;
  if (GMimeContentType* const type = g_mime_object_get_content_type(object)) {
    const TextPtr text(g_mime_content_type_get_mime_type(type));
    part.type = line_value(lower_ascii(view(text.get())), caps::name_bytes);
  }
  // RFC 2183 section 2.8: a disposition nobody knows is an attachment.
  if (const char* disposition = g_mime_object_get_disposition(object); disposition != nullptr)
    part.disposition = same_ascii(trim(disposition), "inline") ? "inline" : "attachment";
  if (GMIME_IS_PART(object))
    part.name = line_value(trim(file_name(object, words, options)), caps::name_bytes);
  return part;
}

std::string decode(GMimeObject* object, std::size_t keep, PartWriter& writer) {
  LeafBytes decoded(object);
  std::string kept;
  writer.begin();
  for (std::string_view piece = decoded.next(); !piece.empty(); piece = decoded.next()) {
    writer.add(piece);
    if (kept.size() < keep) kept += piece.substr(0, keep - kept.size());
  }
  return kept;
}

}  // namespace papertray::leaf
