// winmail.dat alone. An attribute's checksum is made right first: a fuzzer does not guess sums.
#include <algorithm>
#include <string>

#include "fuzz/target.h"
#include "inspect/caps.h"
#include "inspect/charset.h"
#include "inspect/unpack.h"

using namespace papertray;

namespace {

class Files : public Unpacked {
 public:
  bool begin(std::string_view name) override {
    fuzz::expect(!open_, "one file after the other");
    open_ = true;
    told_.append(name).append("\n");
    ++count_;
    return true;
  }
  bool add(std::string_view piece) override {
    fuzz::expect(open_, "bytes belong to a file");
    told_.append(piece);
    return told_.size() < 10'000'000;
  }
  void end() override {
    fuzz::expect(open_, "a file ends once");
    open_ = false;
    told_ += '\n';
  }
  std::size_t count() const { return count_; }
  const std::string& told() const { return told_; }

 private:
  bool open_ = false;
  std::size_t count_ = 0;
  std::string told_;
};

// [MS-OXTNEF] section 2.1.3: level, identifier, length, data, the sum of the data's bytes.
void mend_sums(std::string& bytes) {
  constexpr std::size_t behind_key = 6, head = 9;
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  for (std::size_t i = behind_key; i + head + 2 <= bytes.size();) {
    const std::size_t size =
        at(i + 5) | at(i + 6) << 8U | at(i + 7) << 16U | static_cast<std::size_t>(at(i + 8)) << 24U;
    if (size > bytes.size() - i - head - 2) return;
    unsigned sum = 0;
    for (std::size_t k = 0; k < size; ++k)
      sum += at(i + head + k);
    i += head + size;
    bytes[i] = static_cast<char>(sum & 0xFFU);
    bytes[i + 1] = static_cast<char>(sum >> 8U & 0xFFU);
    i += 2;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Charsets charsets;
  std::string bytes(fuzz::text_of(data, size));
  mend_sums(bytes);
  Files files, again;
  const std::string wrong = unpack_tnef(bytes, charsets, files);
  fuzz::expect(files.count() <= caps::unpacked_files, "so many files are taken out");
  // Names may be converted to UTF-8; nothing is compressed.
  fuzz::expect(files.told().size() <= 4 * bytes.size() + 64 * caps::unpacked_files, "little is added");
  fuzz::expect(wrong.find('\n') == std::string::npos && wrong.size() < 200,
               "what is wrong is a few words");
  fuzz::expect(unpack_tnef(bytes, charsets, again) == wrong && again.told() == files.told(),
               "the same bytes hold the same files");
  return 0;
}
