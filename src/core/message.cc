#include "core/message.h"

#include "core/ascii.h"

namespace papertray {

std::vector<std::string_view> header_values(const Message& message, std::string_view name) {
  std::vector<std::string_view> values;
  for (const Header& header : message.headers) {
    if (ascii::same(header.name, name)) values.push_back(header.value);
  }
  return values;
}

bool has_header(const Message& message, std::string_view name) {
  return std::any_of(message.headers.begin(), message.headers.end(),
                     [&](const Header& header) { return ascii::same(header.name, name); });
}

const Address* sole_sender(const Message& message) {
  if (message.from.size() != 1 || message.from.front().address.empty()) return nullptr;
  return &message.from.front();
}

}  // namespace papertray
