// SHA-256 (FIPS 180-4) by OpenSSL's EVP.
#pragma once

#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace papertray {

class Sha256 {
 public:
  Sha256();
  // As if nothing had been added. Costs less than another Sha256.
  void restart();
  void add(std::span<const char> bytes);
  // Of everything added so far, lower-case hex; more may be added after it.
  std::string hex() const;

  static constexpr std::size_t hex_size = 64;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  using Context = std::unique_ptr<evp_md_ctx_st, Free>;
  static Context make();

  Context context_;
  Context spent_;  // hex() works in it
};

std::string sha256_hex(std::span<const char> bytes);

}  // namespace papertray
