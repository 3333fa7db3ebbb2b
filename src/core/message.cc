#include "core/message.h"

#include <utility>

#include "core/ascii.h"

namespace papertray {
namespace {

constexpr std::pair<ReportAction, std::string_view> action_names[] = {
    {ReportAction::none, ""},           {ReportAction::failed, "failed"},
    {ReportAction::delayed, "delayed"}, {ReportAction::delivered, "delivered"},
    {ReportAction::relayed, "relayed"}, {ReportAction::expanded, "expanded"}};

}  // namespace

std::string_view report_action_name(ReportAction action) {
  for (const auto& [value, name] : action_names) {
    if (value == action) return name;
  }
  return "";
}

std::optional<ReportAction> report_action_from_name(std::string_view name) {
  for (const auto& [value, known] : action_names) {
    if (ascii::same(known, name)) return value;
  }
  return std::nullopt;
}

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
