#include "core/act.h"

#include <utility>

#include <fmt/format.h>

namespace papertray {
namespace {

constexpr std::pair<ActKind, std::string_view> names[] = {
    {ActKind::accept, "accept"},   {ActKind::reject, "reject"}, {ActKind::withdraw, "withdraw"},
    {ActKind::excuse, "excuse"},   {ActKind::merge, "merge"},   {ActKind::panel, "panel"},
    {ActKind::dismiss, "dismiss"}, {ActKind::route, "route"},   {ActKind::hide, "hide"},
    {ActKind::restore, "restore"}, {ActKind::notify, "notify"}, {ActKind::title, "title"},
    {ActKind::authors, "authors"}};

}  // namespace

std::string_view act_name(ActKind kind) {
  for (const auto& [value, name] : names)
    if (value == kind) return name;
  return "";
}

std::optional<ActKind> act_from_name(std::string_view name) {
  for (const auto& [value, known] : names)
    if (known == name) return value;
  return std::nullopt;
}

SubmissionState state_after(ActKind kind, SubmissionState before) {
  switch (kind) {
    case ActKind::accept:
      return SubmissionState::accepted;
    case ActKind::reject:
      return SubmissionState::rejected;
    case ActKind::withdraw:
      return SubmissionState::withdrawn;
    case ActKind::merge:
      return before == SubmissionState::withdrawn ? SubmissionState::submitted : before;
    case ActKind::excuse:
    case ActKind::panel:
    case ActKind::dismiss:
    case ActKind::route:
    case ActKind::hide:
    case ActKind::restore:
    case ActKind::notify:
    case ActKind::title:
    case ActKind::authors:
      break;
  }
  return before;
}

std::string act_words(const Act& act) {
  switch (act.kind) {
    case ActKind::accept:
      return "accepted";
    case ActKind::reject:
      return "rejected";
    case ActKind::withdraw:
      return "withdrawn";
    case ActKind::excuse:
      return "lateness excused";
    case ActKind::merge:
      return "merged into " + act.into;
    case ActKind::panel:
      return act.panel == 0 ? "taken off its panel" : fmt::format("put on panel {}", act.panel);
    case ActKind::dismiss:
      return "dismissed";
    case ActKind::route:
      return act.into.empty() ? "taken in" : "taken as " + act.into;
    case ActKind::hide:
      return "hidden";
    case ActKind::restore:
      return "shown again";
    case ActKind::notify:
      return "written to";
    case ActKind::title:
      return act.text.empty() ? "title is the paper's own again"
                              : fmt::format("title corrected to \"{}\"", act.text);
    case ActKind::authors:
      return act.text.empty() ? "authors are the paper's own again"
                              : fmt::format("authors corrected to \"{}\"", act.text);
  }
  return "";
}

std::string settled_command(const Act& act) {
  if (act.kind == ActKind::merge) return fmt::format("papertray merge {} --into ", act.id);
  if (act.kind == ActKind::withdraw) return fmt::format("papertray withdraw {}", act.id);
  return "";
}

}  // namespace papertray
