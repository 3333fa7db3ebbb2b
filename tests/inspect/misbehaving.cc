// A worker that does what the mail tells it to: the client's tests need every way to go wrong. What it
// is not told, it answers: subject = the mail's first line, text = its process id. What is behind the
// first line only makes the mail so large that it comes as a file.
#include <csignal>
#include <cstring>
#include <string>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "inspect/layers.h"
#include "inspect/wire.h"

namespace {

using papertray::wire::Answer;
using papertray::wire::Received;

std::string bytes_of(const Received& received) {
  if (received.request.in_packet != 0) return received.bytes;
  std::string bytes(received.request.size, '\0');
  const ssize_t got = ::pread(received.mail.get(), bytes.data(), bytes.size(), 0);
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

void put(int fd, const std::string& bytes) {
  if (::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) ::_exit(3);
}

// Does not come back from a mail that ends it.
void obey_end(const std::string& mail) {
  if (mail == "abort") std::abort();
  if (mail == "forbidden") ::raise(SIGSYS);
  if (mail == "killed") ::raise(SIGKILL);
  if (mail == "exit") ::_exit(5);
  if (mail == "spin")
    for (volatile bool on = true; on;) {
    }
  if (mail == "hang" || mail == "linger") {
    if (mail == "linger") ::close(papertray::wire::socket_fd);
    for (;;)
      ::pause();
  }
}

std::string json_for(const std::string& mail) {
  if (mail == "no json") return "{\"subject\":";
  if (mail == "no utf-8") return "{\"subject\":\"\xC3\x28\"}";
  if (mail == "nested") return "{\"notes\":" + std::string(20'000, '[');
  if (mail == "nul") return R"({"subject":"a\u0000b"})";
  if (mail == "refuses") return R"({"refused":"too much of it"})";
  if (mail == "pdf outside")
    return R"({"parts":["1","application/pdf","x.pdf","",9,")" + std::string(64, 'a') +
           R"(",true,false,1,0,1]})";
  return "{\"subject\":\"" + mail + "\",\"text\":\"" + std::to_string(::getpid()) + "\"}";
}

Answer answer_for(const std::string& mail, const Received& received, std::string& output) {
  const std::string json = json_for(mail);
  const std::string pdf = mail == "pdf outside" ? "%PDF-1.4\n" : "";
  output = pdf + json;
  if (received.output) put(received.output.get(), std::exchange(output, ""));
  Answer answer;
  answer.id = received.request.id;
  answer.json_offset = pdf.size();
  answer.json_length = json.size();
  if (mail == "refuses") answer.status = papertray::wire::Status::refused;
  if (mail == "wrong id") ++answer.id;
  if (mail == "wrong version") ++answer.version;
  if (mail == "offset") answer.json_offset = 1'000'000;
  if (mail == "offset wraps") answer.json_offset = ~std::uint64_t{0} - 5;
  // To a request with files this is a lie.
  if (mail == "outgrown") {
    answer.status = papertray::wire::Status::outgrown;
    output.clear();
  }
  if (mail == "length") answer.json_length = ~std::uint64_t{0};
  return answer;
}

bool send(const std::string& mail, const Answer& answer, const std::string& output) {
  if (mail == "short packet" || mail == "long packet") {
    const std::string packet(mail == "short packet" ? 3 : 100'000, 'x');
    return ::send(papertray::wire::socket_fd, packet.data(), packet.size(), MSG_NOSIGNAL) > 0;
  }
  if (mail == "answers twice") papertray::wire::send_answer(papertray::wire::socket_fd, answer, output);
  if (mail == "descriptors") {  // a hostile worker may try to fill the client's table
    return papertray::wire::send_request(papertray::wire::socket_fd, {}, 0, 1) &&
           papertray::wire::send_answer(papertray::wire::socket_fd, answer, output);
  }
  return papertray::wire::send_answer(papertray::wire::socket_fd, answer, output);
}

}  // namespace

int main() {
  papertray::wire::Hello hello;
#ifndef WITHOUT_SANDBOX
  papertray::Layers layers;
  layers.seccomp = true;
  hello.layers = layers.bits();
#endif
  papertray::wire::send_hello(papertray::wire::socket_fd, hello);
  bool poisoned = false;
  while (const auto received = papertray::wire::receive_request(papertray::wire::socket_fd)) {
    const std::string bytes = bytes_of(*received);
    const std::string mail = bytes.substr(0, bytes.find('\n'));
    if (poisoned) std::abort();  // an earlier mail did it
    poisoned = mail == "poison";
    obey_end(mail);
    std::string output;
    const Answer answer = answer_for(mail, *received, output);
    if (!send(mail, answer, output)) break;
  }
  ::_exit(0);
}
