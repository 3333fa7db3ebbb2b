#include "inspect/output_parts.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/error.h"

namespace papertray {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

Failure not_the_part(const std::string& what) {
  return Failure(Error{Scope::message, Again::never, Exit::bad_data,
                       "the inspector's PDF cannot be used: " + what});
}

}  // namespace

OutputParts::~OutputParts() {
  if (files_) files_->give_back(std::move(output_));
}

void OutputParts::read(const Part& part, const std::function<void(std::span<const char>)>& piece) const {
  if (!part.pdf) throw not_the_part("part " + part.path + " is no PDF");
  if (part.offset > end_ || part.size > end_ - part.offset)
    throw not_the_part("part " + part.path + " lies outside the output");
  if (!output_) return piece(std::span(bytes_).subspan(part.offset, part.size));
  std::array<char, piece_bytes> buffer{};
  std::uint64_t done = 0;
  while (done < part.size) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(part.size - done, buffer.size()));
    const ssize_t got =
        ::pread(output_.get(), buffer.data(), want, static_cast<off_t>(part.offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw not_the_part("part " + part.path + " is shorter than told");
    piece({buffer.data(), static_cast<std::size_t>(got)});
    done += static_cast<std::uint64_t>(got);
  }
}

}  // namespace papertray
