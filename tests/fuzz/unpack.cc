// Archives within a mail. The first byte chooses: zip, winmail.dat, uuencoded text.
#include "inspect/unpack.h"

#include <string>

#include "fuzz/target.h"

using namespace papertray;

namespace {

class Count : public Unpacked {
 public:
  bool begin(std::string_view) override { return true; }
  bool add(std::string_view piece) override {
    for (const char c : piece)
      sum_ += static_cast<unsigned char>(c);  // every byte can be read
    return (bytes_ += piece.size()) < 10'000'000;
  }
  void end() override {}

 private:
  std::uint64_t bytes_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Count files;
  std::string bytes(fuzz::text_of(data + 1, size - 1));
  if (data[0] % 3 == 0) {
    std::string_view left = bytes;
    const auto next = [&] {
      const std::string_view piece = left.substr(0, 100);
      left.remove_prefix(piece.size());
      return piece;
    };
    unpack_zip(next, bytes.size(), files);
  } else if (data[0] % 3 == 1) {
    static const Charsets charsets;
    unpack_tnef(bytes, charsets, files);
  } else {
    const std::size_t before = bytes.size();
    unpack_uuencoded(bytes, files);
    fuzz::expect(bytes.size() <= before, "taking files out makes a text no longer");
  }
  return 0;
}
