#include "report/words.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/printable.h"
#include "report/table.h"
#include "report/wrap.h"

namespace papertray {
namespace {

// Values are indented by at most so much; on narrow terminals they stand below their name.
constexpr std::size_t narrow = 40;

std::size_t room(const Look& look, std::size_t indent) {
  const auto width = static_cast<std::size_t>(std::max(look.width, 1));
  return width > indent ? width - indent : 1;
}

}  // namespace

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > sign + 3;)
    digits.insert(at -= 3, ",");
  return digits;
}

std::string size_text(std::uint64_t bytes) {
  return grouped(static_cast<std::int64_t>(bytes)) + (bytes == 1 ? " byte" : " bytes");
}

std::string time_text(Time t, const Look& look) {
  return local_text(t, look.zone);
}

std::string minute_text(Time t, const Look& look) {
  LocalClock clock(look.zone);
  return minute_text(t, clock);
}

std::string minute_text(Time t, LocalClock& clock) {
  std::string text = clock.text(t);
  constexpr std::size_t to_minutes = sizeof "2017-11-03 16:59" - 1;
  constexpr std::size_t seconds = sizeof ":59" - 1;
  return text.size() > to_minutes + seconds ? text.erase(to_minutes, seconds) : text;
}

std::string relative_text(Time t, Time now) {
  if (t == now) return "now";
  return t > now ? "in " + span_text(t - now) : span_text(now - t) + " ago";
}

std::string short_lateness_text(bool on_time, std::int64_t margin_s) {
  if (on_time) return "on time";
  const std::string span = span_text(Seconds(-margin_s));  // "3 hours 2 minutes"
  return span.substr(0, span.find(' ', span.find(' ') + 1)) + " late";
}

std::string margin_text(bool on_time, std::int64_t margin_s) {
  if (!on_time) return span_text(Seconds(-margin_s)) + " after the deadline";
  return margin_s == 0 ? "on time" : "on time, " + span_text(Seconds(margin_s)) + " before the deadline";
}

std::string person_text(std::string_view name, std::string_view address) {
  if (name.empty()) return std::string(address);
  return std::string(name) + " <" + std::string(address) + ">";
}

std::string quarantine_advice(const std::string& id) {
  if (id.empty())
    return "It did not come whole and lies in the mailbox alone: read it there with a mail program; "
           "`papertray import FILE` takes it in when that can save it, else ask its sender to send it "
           "anew.";
  return fmt::format(
      "It was set aside unread, and its bytes are in the log. papertray show {0} --source > {0}.eml "
      "gives "
      "them to your mail program; papertray route {0} TRACK reads it once more; when its sender was "
      "answered, papertray dismiss {0} settles it.",
      id);
}

std::string corrected_words(bool title, bool authors) {
  if (!title && !authors) return "";
  const char* what = !authors ? "title" : title ? "title and authors" : "authors";
  return std::string(what) + ", by a person";
}

std::string spam_folder_text(std::string_view folder) {
  return folder.empty() ? "" : "the spam folder " + std::string(folder);
}

Tone tone_of(Fate fate) {
  switch (fate) {
    case Fate::recorded:
      return Tone::good;
    case Fate::triage:
      return Tone::warn;
    case Fate::ignored:
      return Tone::dim;
    case Fate::quarantined:
      return Tone::bad;
    case Fate::vanished:
      return Tone::bad;
  }
  return Tone::plain;
}

Tone tone_of(OutboxState state) {
  switch (state) {
    case OutboxState::queued:
    case OutboxState::sending:
      return Tone::plain;
    case OutboxState::sent:
      return Tone::good;
    case OutboxState::unknown:
    case OutboxState::suppressed:
    case OutboxState::held:
    case OutboxState::paused:
      return Tone::warn;
    case OutboxState::failed:
      return Tone::bad;
    case OutboxState::dropped:
      return Tone::dim;
  }
  return Tone::plain;
}

Tone tone_of_state(std::string_view submission_state) {
  if (submission_state == "accepted") return Tone::good;
  if (submission_state == "rejected") return Tone::bad;
  if (submission_state == "withdrawn") return Tone::dim;
  return Tone::plain;
}

std::string heading(std::string_view text, const Look& look) {
  return "\n" + painted(cut_to(text, room(look, 0)), Tone::strong, look.colour) + "\n";
}

std::string block(std::string_view text, const Look& look, std::size_t indent, Tone tone) {
  const std::string safe = many_lines(text);
  std::string out;
  for (std::string_view rest = safe; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    for (const std::string& part : wrap_line(line, room(look, indent), LongWord::split)) {
      if (!part.empty()) out += std::string(indent, ' ') + painted(part, tone, look.colour);
      out += '\n';
    }
  }
  return out;
}

void Facts::add(std::string_view name, std::string_view value, Tone tone) {
  if (!value.empty()) facts_.push_back({std::string(name), one_line(value), tone});
}

std::string Facts::text(const Look& look, std::size_t indent) const {
  std::size_t names = 0;
  for (const Fact& fact : facts_)
    names = std::max(names, columns(fact.name));
  const bool below = room(look, 0) < narrow;
  const std::size_t hang = below ? indent + 2 : indent + names + 2;
  std::string out;
  for (const Fact& fact : facts_) {
    std::string line = std::string(indent, ' ') +
                       painted(cut_to(fact.name, room(look, indent)), Tone::dim, look.colour);
    if (below)
      line += '\n' + std::string(hang, ' ');
    else
      line += std::string(hang - indent - columns(fact.name), ' ');
    bool first = true;
    for (const std::string& part : wrap_line(fact.value, room(look, hang), LongWord::split)) {
      if (!first) line += std::string(hang, ' ');
      first = false;
      line += painted(part, fact.tone, look.colour) + '\n';
    }
    out += line;
  }
  return out;
}

std::string clocks_block(const std::vector<ClockRow>& rows, const Look& look) {
  Table table({{"", 0}, {"", 0, 10}, {"", 0}, {"", 1}}, false);
  for (const ClockRow& row : rows) {
    if (!row.at) continue;
    const Tone tone = row.counts ? Tone::strong : Tone::plain;
    table.add({row.counts ? "*" : " ", Cell(row.name, tone), Cell(time_text(*row.at, look), tone),
               Cell(rfc3339(*row.at), tone)});
  }
  return heading("Clocks (* counts)", look) + table.text(look, 2);
}

}  // namespace papertray
