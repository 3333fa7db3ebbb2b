#include "log/plain_tar.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "core/error.h"
#include "log/tar_block.h"

namespace papertray {
namespace {

constexpr std::size_t piece = 256 * 1024;

Failure cannot_hold(const std::string& what) {
  return Failure({Scope::store, Again::person, Exit::cannot_write, what});
}

}  // namespace

PlainTar::PlainTar(const std::string& path) : file_(File::create(path)) {}

void PlainTar::write(std::string_view bytes) {
  file_.write_at(end_, bytes);
  end_ += bytes.size();
}

void PlainTar::fill_block() {
  write(std::string(whole_blocks(end_) - end_, '\0'));
}

void PlainTar::head(std::string_view name, std::uint64_t size, Time time) {
  if (name.size() > max_ustar_name || size > max_ustar_number)
    throw cannot_hold(
        fmt::format("{} with {} bytes does not fit into a tar; copy the state directory instead, while "
                    "papertray is stopped",
                    name, size));
  std::array<char, tar_block> block{};
  write_tar_block(
      {.type = BlockType::file,
       .name = name,
       .size = size,
       .time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()))},
      block);
  write({block.data(), block.size()});
}

void PlainTar::add(std::string_view name, std::string_view bytes, Time time) {
  head(name, bytes.size(), time);
  write(bytes);
  fill_block();
}

void PlainTar::add_file(std::string_view name, const std::string& path, std::uint64_t size, Time time) {
  head(name, size, time);
  const File from = File::to_read(path);
  std::vector<char> buffer(std::min<std::uint64_t>(piece, size));
  for (std::uint64_t done = 0; done < size;) {
    const std::size_t want = std::min<std::uint64_t>(buffer.size(), size - done);
    if (from.read_at(done, {buffer.data(), want}) != want)
      throw cannot_hold(path + " became shorter while it was copied; run papertray audit");
    write({buffer.data(), want});
    done += want;
  }
  fill_block();
}

void PlainTar::finish() {
  write(std::string(2 * tar_block, '\0'));
  file_.sync();
}

}  // namespace papertray
