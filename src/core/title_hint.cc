#include "core/title_hint.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/title.h"

namespace papertray {
namespace {

bool any_of_both(const Candidate& candidate, const auto& holds) {
  return std::ranges::any_of(candidate.titles, holds) ||
         std::ranges::any_of(candidate.paper_titles, holds);
}

}  // namespace

std::string title_hint(const Incoming& incoming, const std::vector<Candidate>& others) {
  if (incoming.title.empty()) return "";
  const Candidate* similar = nullptr;
  const auto hint = [&](const Candidate& other, std::string_view how) {
    return fmt::format(
        "its PDF has {} {}-{}{}; if it is the same paper: {}", how, incoming.prefix, other.number,
        is_address_of(other, incoming.sender) ? " of the same sender" : " from another address",
        merge_command(incoming, other.number));
  };
  for (const Candidate& other : others) {
    if (other.number == incoming.number || other.state == SubmissionState::withdrawn) continue;
    if (any_of_both(other, [&](const std::string& title) { return title == incoming.title; }))
      return hint(other, "the title of");
    if (!similar && any_of_both(other, [&](const std::string& title) {
          return similar_titles(incoming.title, title);
        }))
      similar = &other;
  }
  return similar ? hint(*similar, "a title similar to that of") : "";
}

}  // namespace papertray
