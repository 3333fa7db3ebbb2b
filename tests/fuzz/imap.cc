// A server's answers, whatever they are: a clear error or a response, never more bytes of a mail than
// were announced.
#include <algorithm>

#include "core/error.h"
#include "fuzz/target.h"
#include "imap/response_reader.h"

using namespace papertray;

namespace {

class Bytes : public Wire {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  void send(std::string_view) override {}
  std::optional<std::size_t> receive(std::span<char> buffer, std::chrono::milliseconds, int) override {
    const std::size_t size = std::min(buffer.size(), bytes_.size());
    std::copy_n(bytes_.begin(), size, buffer.begin());
    bytes_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view bytes_;
};

class Counter : public ResponseHandler {
 public:
  void body_begin(const FetchItems&, std::uint64_t size) override { announced_ = size; }
  void body_bytes(std::span<const char> bytes) override {
    fuzz::expect(bytes.size() <= announced_, "no more bytes come than were announced");
    announced_ -= bytes.size();
  }

 private:
  std::uint64_t announced_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes wire(fuzz::text_of(data, size));
  Input input(wire, "fuzz", std::chrono::milliseconds(0));
  ResponseReader reader(input);
  Counter handler;
  try {
    for (;;)
      reader.read(handler);
  } catch (const Failure& failure) {
    fuzz::expect(!failure.error().text.empty(), "an error has a sentence");
  }
  return 0;
}
