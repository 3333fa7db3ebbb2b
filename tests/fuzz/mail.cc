// A whole mail through the inspector's reader: headers, addresses, MIME, archives, texts. What it makes
// of it must pass the client's own checks of an answer.
#include "core/error.h"
#include "fuzz/target.h"
#include "inspect/answer_reader.h"
#include "inspect/caps.h"
#include "inspect/json_writer.h"
#include "inspect/mail_reader.h"

using namespace papertray;

namespace {

class Count : public Output {
 public:
  void write(std::string_view bytes) override { size_ += bytes.size(); }
  std::uint64_t position() const override { return size_; }

 private:
  std::uint64_t size_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static MailReader reader;
  static MailBuffer mail;
  Count output;
  mail.assign(fuzz::text_of(data, size));
  try {
    const std::string json = to_json(reader.read(mail, output));
    if (json.size() > caps::answer_bytes) return 0;
    const AnswerRead read = read_answer(json, output.position());
    if (!read.wrong.empty()) std::fprintf(stderr, "%s\n", read.wrong.c_str());
    fuzz::expect(read.wrong.empty(), "the client takes the worker's answer");
  } catch (const Failure& failure) {
    fuzz::expect(failure.error().scope == Scope::message, "only this message is set aside");
  }
  return 0;
}
