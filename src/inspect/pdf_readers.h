// Starts a reader for each PDF. `papertray-inspect pdf server` loads the libraries once and gets them
// ready (20 of the 25 ms that a reader took); it has seen no stranger's byte and has nothing of ours
// open. Each PDF gets a fresh fork of it, which closes itself in, reads that PDF and ends. The fork is
// this process's child, not the server's (CLONE_PARENT): it is waited for and killed here.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include <sys/types.h>

#include "inspect/unique_fd.h"

namespace papertray {

class PdfReaders {
 public:
  // `patience`: for its server to get ready, or to start a reader.
  PdfReaders(std::string program, std::chrono::milliseconds patience)
      : program_(std::move(program)), patience_(patience) {}
  ~PdfReaders();
  PdfReaders(const PdfReaders&) = delete;
  PdfReaders& operator=(const PdfReaders&) = delete;

  // A reader of descriptor `pdf` that answers on `answer`; `asked` are PdfAsked bits. Its process id, to
  // be waited for. The server is started with the first; it and all readers end with this process at the
  // latest. From any thread. Throws Failure (program, configuration).
  pid_t start(int pdf, int answer, unsigned asked);

 private:
  void start_server();
  // -1: the server has ended, or does not answer.
  pid_t ask(int pdf, int answer, unsigned asked);
  std::string end_server();

  std::string program_;
  std::chrono::milliseconds patience_;
  std::mutex mutex_;
  UniqueFd socket_;
  pid_t server_ = -1;
};

}  // namespace papertray
