// One value as every header that a stranger fills: addresses, encoded words, ids, dates, parameters.
#include <string>

#include "core/may_reply.h"
#include "core/printable.h"
#include "fuzz/target.h"
#include "inspect/caps.h"
#include "inspect/mail_reader.h"
#include "inspect/plain_text.h"

using namespace papertray;

namespace {

class Nowhere : public Output {
 public:
  void write(std::string_view bytes) override { size_ += bytes.size(); }
  std::uint64_t position() const override { return size_; }

 private:
  std::uint64_t size_ = 0;
};

// A line end within goes on with a blank, so that it stays one value.
std::string mail_of(std::string_view value) {
  std::string folded;
  for (const char c : value)
    folded += c == '\n' ? std::string("\n ") : std::string(1, c);
  std::string mail;
  for (const char* name :
       {"Return-Path", "From", "To", "Subject", "Message-ID", "References", "Date", "Received"})
    mail += std::string(name) + ": " + folded + "\n";
  return mail + "MIME-Version: 1.0\nContent-Type: application/pdf; " + folded +
         "\nContent-Disposition: attachment; " + folded + "\n\n%PDF-\n";
}

void expect_line(const std::string& text, std::size_t most) {
  fuzz::expect(text.size() <= most, "a value is bounded");
  fuzz::expect(text.find_first_of(std::string_view("\0\r\n", 3)) == std::string::npos,
               "a value is one line");
  fuzz::expect(valid_utf8(text) == text, "a value is UTF-8");
}

void expect_addresses(const std::vector<Address>& addresses) {
  fuzz::expect(addresses.size() <= caps::addresses, "so many addresses are kept");
  for (const Address& one : addresses) {
    expect_line(one.name, caps::name_bytes);
    expect_line(one.address, caps::name_bytes);
    if (one.address.empty()) continue;
    const auto at = one.address.rfind('@');
    fuzz::expect(at != std::string::npos, "an address has a domain");
    const std::string domain = one.address.substr(std::min(at, one.address.size()));
    fuzz::expect(lower_ascii(domain) == domain, "a domain is in lower case");
  }
}

std::string told(const Message& message) {
  std::string all =
      message.subject + '\n' + message.message_id + '\n' + message.return_path.value_or("none") + '\n';
  for (const auto* list : {&message.from, &message.sender, &message.reply_to, &message.to})
    for (const Address& one : *list)
      all += one.name + '\n' + one.address + '\n';
  for (const Part& part : message.parts)
    all += part.name + '\n' + part.type + '\n';
  for (const std::string& note : message.notes)
    all += note + '\n';
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t longest = 16 * caps::kib;  // a header of 64 KB is the mail target's
  if (size > longest) return 0;
  static MailReader reader;
  static MailBuffer mail;
  const std::string bytes = mail_of(fuzz::text_of(data, size));
  const auto read = [&] {
    Nowhere output;
    mail.assign(bytes);
    return reader.read(mail, output);
  };
  const Message message = read();
  for (const auto* list : {&message.from, &message.sender, &message.reply_to, &message.to})
    expect_addresses(*list);
  expect_line(message.subject, caps::one_header_bytes);
  expect_line(message.message_id, caps::one_header_bytes);
  for (const auto* ids : {&message.in_reply_to, &message.references}) {
    fuzz::expect(ids->size() <= caps::message_ids, "so many ids are kept");
    for (const std::string& id : *ids) {
      expect_line(id, caps::one_header_bytes);
      fuzz::expect(id.find_first_of(" \t<>") == std::string::npos,
                   "an id has no blanks and no brackets");
    }
  }
  if (message.return_path) expect_line(*message.return_path, caps::name_bytes);
  for (const Part& part : message.parts) {
    expect_line(part.name, caps::name_bytes);
    expect_line(part.type, caps::name_bytes);
  }
  for (const std::string& note : message.notes)
    expect_line(note, caps::note_bytes);
  const MayReply reply = may_reply(message, {"desk@example.org"});
  fuzz::expect(reply.yes || !reply.reason.empty(), "a refusal has its reason");
  if (size % 4 == 0) fuzz::expect(told(read()) == told(message), "the same bytes are the same message");
  return 0;
}
