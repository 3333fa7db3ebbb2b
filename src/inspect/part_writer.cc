#include "inspect/part_writer.h"

#include <algorithm>
#include <array>

#include <openssl/evp.h>

#include "inspect/caps.h"
#include "inspect/file_kind.h"
#include "inspect/set_aside.h"
#include "inspect/unpack.h"

namespace papertray {
namespace {

// ISO 32000-1, annex H, note 13: readers accept the header within the first 1,024 bytes.
constexpr std::size_t pdf_head = 1024;
constexpr std::string_view pdf_mark = "%PDF-";

// Where a PDF's end is looked for. Readers ask for it within the last 1,024 bytes (ISO 32000-1, annex H,
// note 18); what mail programs and scanners put behind it is short.
constexpr std::size_t pdf_tail = 64 * caps::kib;

// None of 994 strange PDFs that a reader opens lacks all of these. A file that does was cut off, or is a
// beginning and nothing else. Every other damage is for the reader of papers to find.
bool has_end(std::string_view tail) {
  constexpr std::string_view signs[] = {"%%EOF", "startxref", "/Root", "/Catalog"};
  return std::ranges::any_of(
      signs, [&](std::string_view sign) { return tail.rfind(sign) != std::string_view::npos; });
}

}  // namespace

struct PartWriter::Digest {
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

PartWriter::PartWriter() : digest_(std::make_unique<Digest>()) {}
PartWriter::~PartWriter() = default;

void PartWriter::reset(Output& output) {
  output_ = &output;
  decoded_ = 0;
}

void PartWriter::begin() {
  EVP_DigestInit_ex2(digest_->context, digest_->algorithm, nullptr);
  size_ = 0;
  offset_ = output_->position();
  head_.clear();
  tail_.clear();
  decided_ = false;
  pdf_ = false;
  written_ = output_->wants_every_part();
}

void PartWriter::decide() {
  decided_ = true;
  // An archive that holds a PDF uncompressed shows its mark too.
  pdf_ = !is_zip(head()) && !is_tnef(head()) &&
         std::string_view(head_).substr(0, pdf_head).find(pdf_mark) != std::string_view::npos;
  written_ = written_ || pdf_;
  if (written_) output_->write(head_);
  if (pdf_) tail_ = head_;
}

void PartWriter::add(std::string_view piece) {
  size_ += piece.size();
  decoded_ += piece.size();
  if (decoded_ > caps::decoded_bytes) {
    throw set_aside("the mail's parts have more than the " + std::to_string(caps::decoded_bytes) +
                    " decoded bytes that are looked into");
  }
  EVP_DigestUpdate(digest_->context, piece.data(), piece.size());
  if (!decided_) {
    head_ += piece;
    if (head_.size() >= pdf_head) decide();
  } else if (written_) {
    output_->write(piece);
    if (pdf_) keep_tail(piece);
  }
}

void PartWriter::keep_tail(std::string_view piece) {
  if (piece.size() >= pdf_tail) {
    tail_ = piece.substr(piece.size() - pdf_tail);
    return;
  }
  tail_ += piece;
  if (tail_.size() > 2 * pdf_tail) tail_.erase(0, tail_.size() - pdf_tail);
}

void PartWriter::finish(Part& part) {
  if (!decided_) decide();
  part.kind = pdf_ ? (has_end(tail_) ? FileKind::pdf : FileKind::damaged_pdf) : file_kind(head_);
  part.size = size_;
  part.pdf = pdf_;
  part.offset = written_ ? offset_ : 0;
  part.sha256 = digest_->hex();
}

}  // namespace papertray
