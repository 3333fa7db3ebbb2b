// Mails in memory, and the inspector in front of them.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "inspect/worker_inspector.h"

namespace papertray::test {

class FakeMail : public MailBytes {
 public:
  explicit FakeMail(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    if (offset >= bytes_.size()) return 0;
    const std::size_t size = std::min(buffer.size(), bytes_.size() - static_cast<std::size_t>(offset));
    std::memcpy(buffer.data(), bytes_.data() + offset, size);
    return size;
  }
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  std::string bytes_;
};

using Mails = std::vector<std::shared_ptr<const MailBytes>>;

inline Mails mails(std::vector<std::string> texts) {
  Mails all;
  for (std::string& text : texts)
    all.push_back(std::make_shared<FakeMail>(std::move(text)));
  return all;
}

// What came back, in the order it came; the index is checked by order_test.
inline std::vector<Inspected> inspect_all(Inspector& inspector, const Mails& all) {
  std::vector<Inspected> results;
  inspector.inspect(all,
                    [&](std::size_t, Inspected inspected) { results.push_back(std::move(inspected)); });
  return results;
}

inline WorkerOptions real_worker() {
  WorkerOptions options;
  options.program = INSPECT_PROGRAM;
  options.mail_patience = std::chrono::minutes(5);  // a busy machine is no mail's fault
#ifdef PAPERTRAY_SANITIZED
  options.mail_limit = options.mail_patience;
#endif
  return options;
}

inline std::string pdf_bytes(const PartBytes& parts, const Part& part) {
  std::string bytes;
  parts.read(part, [&](std::span<const char> piece) { bytes.append(piece.data(), piece.size()); });
  return bytes;
}

}  // namespace papertray::test
