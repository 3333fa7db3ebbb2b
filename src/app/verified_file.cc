#include "app/verified_file.h"

#include "core/error.h"

namespace papertray {

std::size_t VerifiedFile::read(std::span<char> buffer) {
  const std::size_t n = file_.read_at(at_, buffer);
  hash_.add(buffer.first(n));
  at_ += n;
  if (at_ > size_ || (n == 0 && (at_ != size_ || hash_.hex() != sha256_)))
    throw Failure(
        {Scope::program, Again::person, Exit::bad_data,
         file_.path() +
             " is not the paper that was sent in; papertray rebuild writes it anew from the log"});
  return n;
}

}  // namespace papertray
