#include "report/timeline.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/words.h"

namespace papertray {
namespace {

// The drawing's own units; it is scaled to the page.
constexpr int width = 560, height = 260;
constexpr int left = 52, right = 18, top = 28, bottom = 34;
constexpr int plot_width = width - left - right, plot_height = height - top - bottom;
constexpr int axis = height - bottom;

std::string n(double value) {
  return fmt::format("{:.1f}", value);
}

// 1, 2 or 5 times a power of ten, so that four steps or a few more reach `most`.
std::int64_t nice_step(std::int64_t most) {
  std::int64_t step = 1;
  while (step * 5 < most) {
    if (step * 10 >= most) return step * 2;
    if (step * 25 >= most) return step * 5;
    step *= 10;
  }
  return step;
}

struct Scale {
  Time begin{}, end{};
  std::int64_t most = 1;
  double x(Time t) const {
    const auto part =
        static_cast<double>((t - begin).count()) / static_cast<double>((end - begin).count());
    return left + std::clamp(part, 0.0, 1.0) * plot_width;
  }
  double y(std::int64_t count) const {
    return axis - static_cast<double>(count) / static_cast<double>(most) * plot_height;
  }
};

Scale scale_of(const Timeline& timeline) {
  Scale scale;
  scale.begin = timeline.first.front();
  scale.end = timeline.all.empty() ? timeline.first.back() : timeline.all.back();
  if (timeline.deadline) {
    scale.begin = std::min(scale.begin, *timeline.deadline);
    scale.end = std::max(scale.end, *timeline.deadline);
  }
  // A margin, so that nothing lies on the edge.
  const Seconds margin = std::max<Seconds>((scale.end - scale.begin) / 40, Seconds(60));
  scale.begin -= margin;
  scale.end += margin;
  const auto count = static_cast<std::int64_t>(std::max(timeline.first.size(), timeline.all.size()));
  const std::int64_t step = nice_step(count);
  scale.most = (count + step - 1) / step * step;
  return scale;
}

// A staircase, at most one step for each unit of the drawing: 100,000 papers are no longer than 500.
std::string stairs(const std::vector<Time>& times, const Scale& scale) {
  std::string path = fmt::format("M{} {}", left, axis);
  double at = left;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double x = scale.x(times[i]);
    if (i + 1 < times.size() && scale.x(times[i + 1]) - at < 1) continue;
    path += fmt::format("H{}V{}", n(x), n(scale.y(static_cast<std::int64_t>(i) + 1)));
    at = x;
  }
  return path + fmt::format("H{}", width - right);
}

void write_line(HtmlWriter& html, const char* kind, double x1, double y1, double x2, double y2) {
  html.element("line", {{"class", kind}, {"x1", n(x1)}, {"y1", n(y1)}, {"x2", n(x2)}, {"y2", n(y2)}},
               "");
}

void write_text(HtmlWriter& html, const char* anchor, double x, double y, const std::string& text) {
  html.element("text", {{"x", n(x)}, {"y", n(y)}, {"text-anchor", anchor}}, text);
}

// The zone's offset from UTC then; over a change of the clocks the later ticks are an hour off midnight.
Seconds offset_of(Time t, const std::string& zone) {
  std::string local = local_text(t, zone).substr(0, 19);
  local[10] = 'T';
  return parse_rfc3339(local + "Z").value_or(t) - t;
}

// Of the plot's four or fewer marks: whole hours of the day within days, whole days beyond.
Seconds tick_step(Seconds span) {
  using std::chrono::hours;
  constexpr hours steps[] = {hours(1),       hours(3),      hours(6),      hours(12),
                             hours(24),      hours(24 * 2), hours(24 * 7), hours(24 * 14),
                             hours(24 * 30), hours(24 * 90)};
  for (const hours step : steps)
    if (span / step < 5) return step;
  return span / 4;
}

// "11-03", or "16:00" where a step is less than a day.
void write_time_axis(HtmlWriter& html, const Scale& scale, const std::string& zone) {
  const Seconds step = tick_step(scale.end - scale.begin);
  const bool hours = step < std::chrono::hours(24);
  const Seconds offset = offset_of(scale.begin, zone);
  const Seconds begin = scale.begin.time_since_epoch() + offset;
  for (Seconds at = (begin / step + 1) * step; at - offset < scale.end.time_since_epoch(); at += step) {
    const Time t{at - offset};
    const std::string text = local_text(t, zone);
    write_line(html, "grid", scale.x(t), axis, scale.x(t), axis + 5);
    write_text(html, "middle", scale.x(t), axis + 21, hours ? text.substr(11, 5) : text.substr(5, 5));
  }
}

void write_axes(HtmlWriter& html, const Scale& scale, const std::string& zone) {
  const std::int64_t step = nice_step(scale.most);
  for (std::int64_t count = 0; count <= scale.most; count += step) {
    write_line(html, "grid", left, scale.y(count), width - right, scale.y(count));
    write_text(html, "end", left - 7, scale.y(count) + 4, grouped(count));
  }
  write_time_axis(html, scale, zone);
}

void write_deadline(HtmlWriter& html, const Scale& scale, Time deadline) {
  const double x = scale.x(deadline);
  write_line(html, "deadline", x, top - 8, x, axis);
  const bool before = x > left + plot_width / 2.0;
  write_text(html, before ? "end" : "start", before ? x - 6 : x + 6, top - 10, "deadline");
}

std::string told(const Timeline& timeline, const std::string& zone) {
  std::string text =
      fmt::format("{} {} came from {} to {}, with later versions {} in all",  //
                  grouped(static_cast<std::int64_t>(timeline.first.size())), timeline.what,
                  local_text(timeline.first.front(), zone), local_text(timeline.first.back(), zone),
                  grouped(static_cast<std::int64_t>(timeline.all.size())));
  if (!timeline.deadline) return text + ".";
  const auto before =
      std::ranges::upper_bound(timeline.first, *timeline.deadline) - timeline.first.begin();
  return text + fmt::format("; {} of the {} before the deadline, {}.", grouped(before), timeline.what,
                            local_text(*timeline.deadline, zone));
}

}  // namespace

void write_timeline(HtmlWriter& html, const Timeline& timeline, const std::string& zone) {
  if (timeline.first.empty()) {
    html.element("p", {{"class", "none"}}, "Nothing has come yet.");
    return;
  }
  const Scale scale = scale_of(timeline);
  html.open("svg", {{"class", "timeline"},
                    {"viewBox", fmt::format("0 0 {} {}", width, height)},
                    {"role", "img"},
                    {"aria-labelledby", "timeline-title timeline-desc"}});
  html.element("title", {{"id", "timeline-title"}}, "Submissions over time");
  html.element("desc", {{"id", "timeline-desc"}}, told(timeline, zone));
  write_axes(html, scale, zone);
  const std::string submissions = stairs(timeline.first, scale);
  html.element("path", {{"class", "area"}, {"d", submissions + fmt::format("V{}Z", axis)}}, "");
  html.element("path", {{"class", "versions"}, {"d", stairs(timeline.all, scale)}}, "");
  html.element("path", {{"class", "submissions"}, {"d", submissions}}, "");
  if (timeline.deadline) write_deadline(html, scale, *timeline.deadline);
  html.close();
}

void write_timeline_table(HtmlWriter& html, const Timeline& timeline, const std::string& zone) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> days;
  LocalClock clock(zone);
  for (const Time t : timeline.first)
    ++days[clock.text(t).substr(0, 10)].first;
  for (const Time t : timeline.all)
    ++days[clock.text(t).substr(0, 10)].second;
  if (days.empty()) return;
  html.open("details").element("summary", "Day by day");
  html.open("table").open("thead").open("tr");
  for (const char* head : {"Day", "New", "Versions", "In all"})
    html.element("th", {{"scope", "col"}}, head);
  html.close().close().open("tbody");
  std::int64_t all = 0;
  for (const auto& [day, counts] : days) {
    all += counts.first;
    html.open("tr").element("th", {{"scope", "row"}}, day);
    for (const std::int64_t count : {counts.first, counts.second, all})
      html.element("td", {{"class", "number"}}, grouped(count));
    html.close();
  }
  html.close().close().close();
}

}  // namespace papertray
