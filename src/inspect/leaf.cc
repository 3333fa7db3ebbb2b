#include "inspect/leaf.h"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/evp.h>

#include "inspect/base64.h"
#include "inspect/caps.h"
#include "inspect/gobject_ptr.h"
#include "inspect/plain_text.h"
#include "inspect/set_aside.h"

namespace papertray {
namespace {

// ISO 32000-1, annex H, note 13: readers accept the header within the first 1,024 bytes.
constexpr std::size_t pdf_head = 1024;
constexpr std::string_view pdf_mark = "%PDF-";
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

bool hides_bytes(GMimeContentEncoding encoding) {
  return encoding == GMIME_CONTENT_ENCODING_BASE64 ||
         encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
         encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

// Gives out decoded pieces; nothing is copied that is not encoded.
class Decoder {
 public:
  explicit Decoder(GMimeObject* object) : left_(encoded_bytes(object)) {
    encoding_ = GMIME_IS_PART(object) ? g_mime_part_get_content_encoding(GMIME_PART(object))
                                      : GMIME_CONTENT_ENCODING_DEFAULT;
    g_mime_encoding_init_decode(&state_, encoding_);
    if (encoding_ == GMIME_CONTENT_ENCODING_UUENCODE) {
      left_ = after_begin_line(left_);
      state_.state |= GMIME_UUDECODE_STATE_BEGIN;
    }
    usual_base64_ = encoding_ == GMIME_CONTENT_ENCODING_BASE64;
    if (hides_bytes(encoding_))
      buffer_ = std::make_unique_for_overwrite<char[]>(
          g_mime_encoding_outlen(&state_, std::min(slice, left_.size())));
  }

  // "" at the end only.
  std::string_view next() {
    if (usual_base64_) {
      const Base64Run run = decode_whole_groups(left_, slice, buffer_.get());
      left_.remove_prefix(run.read);
      if (run.written > 0) return {buffer_.get(), run.written};
      usual_base64_ = false;  // padding, or what only GMime understands; nothing is pending
    }
    while (!left_.empty()) {
      const std::string_view piece = left_.substr(0, slice);
      left_.remove_prefix(piece.size());
      if (!buffer_) return piece;
      const std::size_t size = g_mime_encoding_step(&state_, piece.data(), piece.size(), buffer_.get());
      if (size > 0) return {buffer_.get(), size};
    }
    return {};
  }

 private:
  std::string_view left_;
  GMimeContentEncoding encoding_{};
  GMimeEncoding state_{};
  bool usual_base64_ = false;
  std::unique_ptr<char[]> buffer_;
};

}  // namespace

struct LeafDecoder::Digest {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // once: it looks through providers
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  Digest() = default;
  ~Digest() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
  }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context, bytes.data(), &size);
    std::string text;
    text.reserve(std::size_t{2} * size);
    for (unsigned i = 0; i < size; ++i) {
      constexpr std::string_view digits = "0123456789abcdef";
      text += digits[bytes.at(i) >> 4];
      text += digits[bytes.at(i) & 15];
    }
    return text;
  }
};

LeafDecoder::LeafDecoder() : digest_(std::make_unique<Digest>()) {}

LeafDecoder::~LeafDecoder() = default;

std::optional<std::string_view> LeafDecoder::plain_bytes(GMimeObject* object) {
  if (!GMIME_IS_PART(object) || hides_bytes(g_mime_part_get_content_encoding(GMIME_PART(object))))
    return std::nullopt;
  return encoded_bytes(object);
}

Part LeafDecoder::labels(GMimeObject* object, const EncodedWords& words, GMimeParserOptions* options) {
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

std::string LeafDecoder::decode(GMimeObject* object, std::size_t keep, Part& part, Output& output) {
  EVP_DigestInit_ex2(digest_->context, digest_->algorithm, nullptr);
  Decoder decoder(object);
  std::string kept;
  std::string head;  // until it is known whether this is a PDF
  bool decided = false;
  part.offset = output.position();
  const auto decide = [&] {
    decided = true;
    part.pdf = std::string_view(head).substr(0, pdf_head).find(pdf_mark) != std::string_view::npos;
    if (part.pdf)
      output.write(head);
    else
      part.offset = 0;
  };
  for (std::string_view piece = decoder.next(); !piece.empty(); piece = decoder.next()) {
    part.size += piece.size();
    decoded_ += piece.size();
    if (decoded_ > caps::decoded_bytes) {
      throw set_aside("the mail's parts have more than the " + std::to_string(caps::decoded_bytes) +
                      " decoded bytes that are looked into");
    }
    EVP_DigestUpdate(digest_->context, piece.data(), piece.size());
    if (kept.size() < keep) kept += piece.substr(0, keep - kept.size());
    if (!decided) {
      head += piece;
      if (head.size() >= pdf_head) decide();
    } else if (part.pdf) {
      output.write(piece);
    }
  }
  if (!decided) decide();
  part.sha256 = digest_->hex();
  return kept;
}

}  // namespace papertray
