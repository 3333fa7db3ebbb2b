#include "report/triage_screen.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "core/printable.h"
#include "report/words.h"
#include "report/wrap.h"

namespace papertray {
namespace {

using Lines = std::vector<std::string>;

// A stranger's text of a megabyte is looked at in the mail program.
constexpr std::size_t longest_text = 64 * 1024;
// A field that goes on longer is cut: the text and the keys are what a person needs to see.
constexpr std::size_t most_field_lines = 3;

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

Lines wrapped(std::string_view text, std::size_t width) {
  Lines out;
  const std::string harmless = many_lines(text);
  for (std::string line : lines_of(harmless)) {
    std::ranges::replace(line, '\t', ' ');
    for (std::string& part : wrap_line(line, width, LongWord::split))
      out.push_back(std::move(part));
  }
  while (!out.empty() && out.back().empty())
    out.pop_back();
  return out;
}

void field(Lines& out, std::string_view name, std::string_view value, const Look& look,
           Tone tone = Tone::plain) {
  if (value.empty()) return;
  constexpr std::size_t name_width = 10;
  const auto width = static_cast<std::size_t>(look.width);
  Lines parts = wrapped(one_line(value), width > name_width + 8 ? width - name_width : std::size_t{8});
  if (parts.size() > most_field_lines) {
    parts.resize(most_field_lines);
    parts.back() = cut_to(parts.back() + " …", width - std::min(width, name_width));
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    out.push_back(cut_to(fmt::format("{:<{}}", i == 0 ? name : "", name_width), width) +
                  painted(parts[i], tone, look.colour));
}

Lines head(const TriageScreen& screen, const Look& look) {
  Lines out;
  out.push_back(
      painted(cut_to(one_line(fmt::format("{}  ({} of {})", screen.id, screen.number, screen.of)),
                     static_cast<std::size_t>(look.width)),
              Tone::strong, look.colour));
  field(out, "from", screen.from, look);
  field(out, "subject", screen.subject.empty() ? "(none)" : screen.subject, look);
  field(out, "received", time_text(screen.received, look), look);
  field(out, "why", screen.why, look, Tone::warn);
  for (const std::string& note : screen.notes)
    field(out, "note", note, look, Tone::warn);
  for (const std::string& attachment : screen.attachments)
    field(out, "attached", attachment, look);
  return out;
}

Lines foot(const TriageScreen& screen, const Look& look) {
  const auto width = static_cast<std::size_t>(look.width);
  Lines out;
  std::string flow;
  for (const TriageChoice& choice : screen.choices) {
    const std::string words = one_line(choice.key + " " + choice.what);
    if (choice.own_line) {
      out.push_back(cut_to(words, width));
      continue;
    }
    if (!flow.empty() && columns(flow) + 3 + columns(words) > width) {
      out.push_back(std::move(flow));
      flow.clear();
    }
    flow += (flow.empty() ? "" : "   ") + cut_to(words, width);
  }
  if (!flow.empty()) out.push_back(std::move(flow));
  out.push_back(painted(cut_to(one_line(screen.said), width), Tone::strong, look.colour));
  return out;
}

}  // namespace

std::vector<std::string> triage_lines(TriageScreen& screen, const Look& look, int height) {
  const auto room = static_cast<std::size_t>(std::max(height, 6));
  Lines bottom = foot(screen, look);
  Lines top = head(screen, look);
  const Lines text = wrapped(valid_utf8(std::string_view(screen.text).substr(0, longest_text)),
                             static_cast<std::size_t>(look.width));
  // The keys are always there; then as much of the head as leaves three lines of the text.
  if (bottom.size() > room - 2)
    bottom.erase(bottom.begin(), bottom.end() - static_cast<std::ptrdiff_t>(room - 2));
  const std::size_t above = room - bottom.size();
  const std::size_t least_text = above > 8 ? 5 : 0;  // with the empty lines around it
  if (top.size() + least_text > above) top.resize(std::max<std::size_t>(1, above - least_text));

  Lines out = std::move(top);
  const std::size_t left = above - std::min(above, out.size());
  if (left > 2) {
    const std::size_t shown = left - 2;
    const std::size_t most = text.size() > shown ? text.size() - shown : 0;
    screen.scroll = static_cast<int>(
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(screen.scroll, 0)), 0, most));
    const auto from = static_cast<std::size_t>(screen.scroll);
    out.emplace_back();
    for (std::size_t i = from; i < text.size() && i < from + shown; ++i)
      out.push_back(text[i]);
    const std::size_t below = text.size() - std::min(text.size(), from + shown);
    while (out.size() + 1 < above)
      out.emplace_back();
    out.push_back(
        below == 0 && from == 0
            ? ""
            : painted(cut_to(fmt::format("-- {} more lines below, {} above: space, b --", below, from),
                             static_cast<std::size_t>(look.width)),
                      Tone::dim, look.colour));
  }
  while (out.size() < above)
    out.emplace_back();
  for (std::string& line : bottom)
    out.push_back(std::move(line));
  return out;
}

std::vector<std::string> by_hand_lines(const TriageScreen& screen, const std::string& to,
                                       const Look& look, int height) {
  Lines out;
  out.push_back(painted("Answer it in your mail program:", Tone::strong, look.colour));
  out.emplace_back();
  field(out, "to", to.empty() ? "(the mail names nobody)" : to, look);
  field(out, "subject", screen.subject.empty() ? "Re: your mail" : "Re: " + screen.subject, look);
  out.emplace_back();
  for (const std::string& line :
       wrapped("y  it is answered: dismiss it with that note\nany other key  back",
               static_cast<std::size_t>(look.width)))
    out.push_back(line);
  const auto room = static_cast<std::size_t>(std::max(height, 1));
  if (out.size() > room) out.resize(room);
  return out;
}

}  // namespace papertray
