#include "log/sha256.h"

#include <array>
#include <new>
#include <string_view>

#include <openssl/evp.h>

#include "core/error.h"

namespace papertray {
namespace {

void must(int result) {
  if (result != 1)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   "OpenSSL does not compute SHA-256; check the system's OpenSSL configuration"});
}

// Fetched once: with EVP_sha256() OpenSSL 3 looks for its implementation at each start.
const EVP_MD* sha256() {
  static const std::unique_ptr<EVP_MD, void (*)(EVP_MD*)> fetched(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  must(fetched ? 1 : 0);
  return fetched.get();
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Context Sha256::make() {
  Context context(EVP_MD_CTX_new());
  if (!context) throw std::bad_alloc();
  return context;
}

Sha256::Sha256() : context_(make()), spent_(make()) {
  restart();
}

void Sha256::restart() {
  must(EVP_DigestInit_ex2(context_.get(), sha256(), nullptr));
}

void Sha256::add(std::span<const char> bytes) {
  must(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Sha256::hex() const {
  // Finishing spends a context, so a copy is finished.
  must(EVP_MD_CTX_copy_ex(spent_.get(), context_.get()));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  must(EVP_DigestFinal_ex(spent_.get(), digest.data(), &size));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * size);
  for (unsigned int i = 0; i < size; ++i) {
    hex += digits[digest[i] >> 4];
    hex += digits[digest[i] & 15];
  }
  return hex;
}

std::string sha256_hex(std::span<const char> bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

}  // namespace papertray
