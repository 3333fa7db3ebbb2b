#include "imap/deflate_wire.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <zlib.h>

namespace papertray {
namespace {

using std::chrono::milliseconds;

constexpr int raw = -1;  // zlib's sign for deflate without a header
// What we say is short: a small window and little memory do. The server's window is as large as it may
// be.
constexpr int our_window = 12;
constexpr int our_memory = 5;
constexpr int their_window = MAX_WBITS;
constexpr std::size_t piece_size = 32UL * 1024;

Bytef* bytes_of(char* text) {
  return reinterpret_cast<Bytef*>(text);
}

class DeflateWire : public Wire {
 public:
  DeflateWire(std::unique_ptr<Wire> inner, std::string received, std::string server)
      : inner_(std::move(inner)), server_(std::move(server)) {
    // What was read ahead is at most one buffer of the reader's.
    compressed_.assign(std::max(piece_size, received.size()), '\0');
    std::ranges::copy(received, compressed_.begin());
    in_.next_in = bytes_of(compressed_.data());
    in_.avail_in = static_cast<uInt>(received.size());
    if (inflateInit2(&in_, raw * their_window) != Z_OK) no_memory();
    if (deflateInit2(&out_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw * our_window, our_memory,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      inflateEnd(&in_);
      no_memory();
    }
  }
  ~DeflateWire() override {
    inflateEnd(&in_);
    deflateEnd(&out_);
  }
  DeflateWire(const DeflateWire&) = delete;
  DeflateWire& operator=(const DeflateWire&) = delete;

  void send(std::string_view bytes) override {
    std::array<char, 1024> piece;
    out_.next_in = bytes_of(const_cast<char*>(bytes.data()));  // zlib only reads it
    out_.avail_in = static_cast<uInt>(bytes.size());
    std::string packet;
    do {
      out_.next_out = bytes_of(piece.data());
      out_.avail_out = static_cast<uInt>(piece.size());
      // Flushed: the server is to act on it now. Not Z_FULL_FLUSH: what was said before shortens the
      // rest.
      deflate(&out_, Z_SYNC_FLUSH);
      packet.append(piece.data(), piece.size() - out_.avail_out);
    } while (out_.avail_out == 0);
    inner_->send(packet);
  }

  std::optional<std::size_t> receive(std::span<char> buffer, milliseconds patience, int wake) override {
    const auto deadline = now() + patience;
    for (;;) {
      // First of all what zlib still holds: the inner wire may have nothing more to give.
      if (const std::size_t count = inflate_into(buffer); count > 0) return count;
      if (ended_) return 0;
      const auto left = std::chrono::ceil<milliseconds>(deadline - now());
      const std::optional<std::size_t> count =
          inner_->receive(compressed_, std::max(left, milliseconds(0)), wake);
      if (!count || *count == 0) return count;
      in_.next_in = bytes_of(compressed_.data());
      in_.avail_in = static_cast<uInt>(*count);
    }
  }

  std::chrono::steady_clock::time_point now() const override { return inner_->now(); }

 private:
  std::size_t inflate_into(std::span<char> buffer) {
    if (ended_) return 0;
    in_.next_out = bytes_of(buffer.data());
    in_.avail_out = static_cast<uInt>(buffer.size());
    const int result = inflate(&in_, Z_SYNC_FLUSH);
    ended_ = result == Z_STREAM_END;  // RFC 4978 knows no end but the connection's
    // Z_BUF_ERROR: it can go no further without more bytes.
    if (result != Z_OK && result != Z_BUF_ERROR && !ended_)
      throw Failure(Error{Scope::account, Again::later, Exit::unreachable,
                          server_ + " sends what is not compressed as it should be; the connection was "
                                    "given up and nothing of it was used",
                          Trouble::other});
    return buffer.size() - in_.avail_out;
  }

  [[noreturn]] static void no_memory() {
    throw Failure(Error{Scope::program, Again::later, Exit::try_later, "there is no memory for zlib",
                        Trouble::other});
  }

  std::unique_ptr<Wire> inner_;
  std::string server_;
  std::vector<char> compressed_;
  z_stream in_{};
  z_stream out_{};
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Wire> deflate_wire(std::unique_ptr<Wire> inner, std::string received,
                                   std::string server) {
  return std::make_unique<DeflateWire>(std::move(inner), std::move(received), std::move(server));
}

}  // namespace papertray
