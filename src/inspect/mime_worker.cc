#include "inspect/mime_worker.h"

#include <cerrno>
#include <clocale>
#include <csignal>
#include <stdexcept>

#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "inspect/caps.h"
#include "inspect/json_writer.h"
#include "inspect/mail_buffer.h"
#include "inspect/mail_reader.h"
#include "inspect/sandbox.h"
#include "inspect/set_aside.h"
#include "inspect/wire.h"

namespace papertray {
namespace {

constexpr int self_test_failed = 70;  // EX_SOFTWARE
// What a large mail has taken goes back to the system after it.
constexpr std::uint64_t large = 4 * caps::mib;

// The file that came with a request.
class FileOutput : public Output {
 public:
  explicit FileOutput(int fd) : fd_(fd) {}

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t wrote = ::write(fd_, bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) throw std::runtime_error("cannot write the output");
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
      position_ += static_cast<std::uint64_t>(wrote);
    }
  }
  std::uint64_t position() const override { return position_; }

 private:
  int fd_;
  std::uint64_t position_ = 0;
};

// What goes back within the answer's packet.
class PacketOutput : public Output {
 public:
  struct Outgrown {};

  void write(std::string_view bytes) override {
    if (bytes.size() > wire::packet_output_bytes - bytes_.size()) throw Outgrown();
    bytes_ += bytes;
  }
  std::uint64_t position() const override { return bytes_.size(); }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class NoOutput : public Output {
 public:
  void write(std::string_view bytes) override { position_ += bytes.size(); }
  std::uint64_t position() const override { return position_; }

 private:
  std::uint64_t position_ = 0;
};

// One mail that goes through everything, read behind closed doors before the first hello. A system
// call or converter that some system's libraries need and the sandbox lacks ends the start, which is
// reported as such; it does not end mail after mail.
constexpr std::string_view sample =
    "From: =?koi8-r?B?98HT0Q==?= <vasya@example.org>\r\n"
    "Subject: =?iso-2022-jp?B?GyRCPyc9PRsoQg==?=\r\n"
    "Date: Fri, 3 Nov 2017 16:59:00 -0700\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n"
    "\r\n"
    "--b\r\n"
    "Content-Type: text/html; charset=gb18030\r\n"
    "\r\n"
    "<p>\xC4\xE3\xBA\xC3 <a href='https://example.org/'>link</a>\r\n"
    "--b\r\n"
    "Content-Type: application/octet-stream; name*=utf-8''p%C3%A4per.pdf\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "JVBERi0xLjQK\r\n"
    "--b--\r\n";

bool reads_the_sample(MailReader& reader, MailBuffer& mail) {
  NoOutput output;
  mail.assign(sample);
  const Message message = reader.read(mail, output);
  return message.from.size() == 1 && message.from.front().name == "Вася" && message.parts.size() == 2 &&
         message.parts.back().pdf && message.parts.back().name == "päper.pdf" &&
         message.text == "你好 link\n" && message.links.size() == 1 && !to_json(message).empty();
}

// Reads the mail and writes its PDFs and, behind them, the JSON.
wire::Answer read_into(Output& output, MailReader& reader, MailBuffer& mail) {
  wire::Answer answer;
  std::string json;
  try {
    json = to_json(reader.read(mail, output));
    if (json.size() > caps::answer_bytes)
      throw set_aside("the mail's headers, names and text together are too long to be looked at");
  } catch (const Failure& failure) {
    answer.status = wire::Status::refused;
    json = refusal_to_json(failure.error().text);
  }
  answer.json_offset = output.position();
  answer.json_length = json.size();
  output.write(json);
  return answer;
}

bool answer_in_packet(MailReader& reader, MailBuffer& mail, const wire::Received& received) {
  PacketOutput output;
  wire::Answer answer;
  mail.assign(received.bytes);
  try {
    answer = read_into(output, reader, mail);
    answer.id = received.request.id;
    return wire::send_answer(wire::socket_fd, answer, output.bytes());
  } catch (const PacketOutput::Outgrown&) {
    answer = {};
    answer.id = received.request.id;
    answer.status = wire::Status::outgrown;
    return wire::send_answer(wire::socket_fd, answer, {});
  }
}

bool answer_in_file(MailReader& reader, MailBuffer& mail, const wire::Received& received) {
  if (received.request.size > caps::mail_bytes || !mail.load(received.mail.get(), received.request.size))
    return false;
  FileOutput output(received.output.get());
  wire::Answer answer = read_into(output, reader, mail);
  answer.id = received.request.id;
  const bool sent = wire::send_answer(wire::socket_fd, answer, {});
  if (received.request.size > large) ::malloc_trim(0);
  return sent;
}

bool answer(MailReader& reader, MailBuffer& mail, const wire::Received& received) {
  return received.request.in_packet != 0 ? answer_in_packet(reader, mail, received)
                                         : answer_in_file(reader, mail, received);
}

}  // namespace

int run_mime_worker() {
  // When papertray is killed there is nobody to answer. Its end closes the socket too; this is for
  // a worker that is deep in a mail.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  std::setlocale(LC_ALL, "C.UTF-8");
  MailReader reader;
  MailBuffer mail;

  wire::Hello hello;
  const Layers layers = apply_sandbox();
  hello.layers = layers.bits();
  hello.landlock_abi = layers.landlock_abi;
  if (!reads_the_sample(reader, mail)) return self_test_failed;
  if (!wire::send_hello(wire::socket_fd, hello)) return 0;

  while (const auto received = wire::receive_request(wire::socket_fd))
    if (!answer(reader, mail, *received)) break;
  return 0;
}

}  // namespace papertray
