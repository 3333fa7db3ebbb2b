// Files in memory that are handed to the worker: one holds just this mail, one takes what it writes.
#pragma once

#include <cstdint>
#include <string>

#include "inspect/unique_fd.h"
#include "intake/log.h"

namespace papertray {

// A memfd with the mail's bytes, copied in pieces. Throws what MailBytes throws, and Failure (store)
// when the mail is shorter than it says or memory is short.
UniqueFd mail_in_memory(const MailBytes& mail);

// The mail's bytes themselves, for one that travels in a packet. Throws the same.
std::string whole_mail(const MailBytes& mail);

// An empty memfd.
UniqueFd empty_memory();

// `size` bytes at `offset`; "" when they are not there.
std::string read_memory(int fd, std::uint64_t offset, std::size_t size);

std::uint64_t memory_size(int fd);

}  // namespace papertray
