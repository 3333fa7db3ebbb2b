#include "inspect/output_parts.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <openssl/evp.h>

#include "core/error.h"

namespace papertray {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

Failure not_the_part(const std::string& what) {
  return Failure(Error{Scope::message, Again::never, Exit::bad_data,
                       "the inspector's PDF cannot be used: " + what});
}

struct Digest {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  Digest() { EVP_DigestInit_ex(context, EVP_sha256(), nullptr); }
  ~Digest() { EVP_MD_CTX_free(context); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context, bytes.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
      constexpr std::string_view digits = "0123456789abcdef";
      text += digits[bytes.at(i) >> 4];
      text += digits[bytes.at(i) & 15];
    }
    return text;
  }
};

}  // namespace

void OutputParts::read(const Part& part, const std::function<void(std::span<const char>)>& piece) const {
  if (!part.pdf) throw not_the_part("part " + part.path + " is no PDF");
  if (part.offset > end_ || part.size > end_ - part.offset)
    throw not_the_part("part " + part.path + " lies outside the output");
  Digest digest;
  std::array<char, piece_bytes> buffer{};
  std::uint64_t done = 0;
  while (done < part.size) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(part.size - done, buffer.size()));
    const ssize_t got =
        ::pread(output_.get(), buffer.data(), want, static_cast<off_t>(part.offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw not_the_part("part " + part.path + " is shorter than told");
    EVP_DigestUpdate(digest.context, buffer.data(), static_cast<std::size_t>(got));
    piece({buffer.data(), static_cast<std::size_t>(got)});
    done += static_cast<std::uint64_t>(got);
  }
  if (digest.hex() != part.sha256) throw not_the_part("the SHA-256 of part " + part.path + " differs");
}

}  // namespace papertray
