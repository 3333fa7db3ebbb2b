// Files in memory that are handed to the worker: one holds just this mail, one takes what it writes.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "inspect/unique_fd.h"
#include "intake/log.h"

namespace papertray {

// A memfd with the mail's bytes, copied in pieces. Throws what MailBytes throws, and Failure (store)
// when the mail is shorter than it says or memory is short.
UniqueFd mail_in_memory(const MailBytes& mail);

// Those of one worker, used again for mail after mail: to make two for each paper, fill them with new
// pages and give the pages back was 4 % of a first scan's CPU. What an earlier mail has left behind the
// bytes of a later one its worker has seen before. Another worker gets others.
class MailFiles {
 public:
  // One that holds the mail at its beginning. Throws as mail_in_memory does.
  class File;
  std::shared_ptr<File> with(const MailBytes& mail);
  static int descriptor(const File& file);

 private:
  std::vector<std::shared_ptr<File>> files_;
};

// The same for what it writes. Kept by who reads it, for as long as he likes and in any thread.
class OutputFiles {
 public:
  OutputFiles();
  UniqueFd take();  // to be written from its beginning
  void give_back(UniqueFd file) noexcept;

 private:
  std::mutex mutex_;
  std::vector<UniqueFd> free_;
};

// The mail's bytes themselves, for one that travels in a packet. Throws the same.
std::string whole_mail(const MailBytes& mail);

// An empty memfd.
UniqueFd empty_memory();

// `size` bytes at `offset`; "" when they are not there.
std::string read_memory(int fd, std::uint64_t offset, std::size_t size);

std::uint64_t memory_size(int fd);

}  // namespace papertray
