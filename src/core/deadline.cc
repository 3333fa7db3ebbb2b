#include "core/deadline.h"

#include <vector>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/civil.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/place_time.h"
#include "core/printable.h"
#include "core/zone_names.h"

namespace papertray {
namespace {

constexpr std::string_view example = "2017-11-03 16:59 PST";

// A deadline has some 40 bytes; a longer text is something else that landed here.
constexpr std::size_t longest_text = 100;

[[noreturn]] void wrong(std::string_view text, const std::string& what) {
  throw Failure(Error{Scope::program, Again::person, Exit::configuration,
                      fmt::format("the deadline `{}` cannot be read: {}; write it like `{}`",
                                  cut_to(one_line(text), longest_text), what, example)});
}

std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (!(text = ascii::trimmed(text)).empty()) {
    const std::string_view piece = text.substr(0, text.find_first_of(" \t\r\n\v\f"));
    pieces.push_back(piece);
    text.remove_prefix(piece.size());
  }
  return pieces;
}

class DeadlineReader {
 public:
  DeadlineReader(std::string_view text, const std::string& zone) : text_(text), workshop_zone_(zone) {}

  Deadline read() {
    if (text_.size() > longest_text)
      wrong(text_, fmt::format("it has more than {} bytes", longest_text));
    const std::vector<std::string_view> pieces = pieces_of(text_);
    if (pieces.empty()) wrong(text_, "it is empty");
    date(pieces[0]);
    if (pieces.size() == 1) {
      // The whole day, wherever on earth.
      civil_.hour = 23;
      civil_.minute = 59;
      civil_.second = 59;
      at_offset(zone_name("AoE")->east);
    } else {
      clock(pieces[1]);
      if (pieces.size() == 2)
        wrong(text_, "after the time a zone is missing (PST, America/Los_Angeles, UTC+2, AoE)");
      if (pieces.size() > 3) wrong(text_, fmt::format("`{}` follows the zone", one_line(pieces[3])));
      zone(pieces[2]);
    }
    return {std::string(ascii::trimmed(text_)), last_, remark_};
  }

 private:
  void date(std::string_view piece) {
    const auto year = ascii::number(piece.substr(0, 4), 4);
    const bool shape = piece.size() == 10 && piece[4] == '-' && piece[7] == '-';
    const auto month = shape ? ascii::number(piece.substr(5, 2), 2) : std::nullopt;
    const auto day = shape ? ascii::number(piece.substr(8, 2), 2) : std::nullopt;
    if (!year || !month || !day)
      wrong(text_, fmt::format("`{}` is no date of the form YYYY-MM-DD", one_line(piece)));
    civil_.year = *year;
    civil_.month = *month;
    civil_.day = *day;
    if (!civil_time(civil_, {})) wrong(text_, fmt::format("`{}` is not in the calendar", piece));
  }

  void clock(std::string_view piece) {
    const bool seconds = piece.size() == 8 && piece[5] == ':';
    const bool shape = (piece.size() == 5 || seconds) && piece[2] == ':';
    const auto hour = shape ? ascii::number(piece.substr(0, 2), 2) : std::nullopt;
    const auto minute = shape ? ascii::number(piece.substr(3, 2), 2) : std::nullopt;
    const auto second = seconds ? ascii::number(piece.substr(6, 2), 2) : 59;
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
      wrong(text_, fmt::format("`{}` is no time from 00:00 to 23:59", one_line(piece)));
    }
    civil_.hour = *hour;
    civil_.minute = *minute;
    civil_.second = *second;
    clock_ = std::string(piece);
  }

  void zone(std::string_view piece) {
    if (const ZoneName* name = zone_name(piece)) {
      at_offset(name->east);
      remark_other_reading(*name);
      remark_clocks(*name);
    } else if (const auto east = numeric_zone(piece)) {
      at_offset(*east);
    } else {
      at_place(std::string(piece));
    }
  }

  void at_offset(std::chrono::minutes east) {
    const auto t = civil_time(civil_, east);
    if (!t) wrong(text_, fmt::format("it is outside the years {} to {}", first_year, last_year));
    last_ = *t;
  }

  // An IANA name follows its rules, and they leave hours out and run through others twice.
  void at_place(const std::string& name) {
    const date::time_zone* place = nullptr;
    try {
      place = date::locate_zone(name);
    } catch (const std::runtime_error&) {
      std::vector<std::string> names = zone_names();
      for (const auto& zone : date::get_tzdb().zones)
        names.push_back(zone.name());
      const std::string nearest = nearest_word(name, names);
      wrong(text_, fmt::format("`{}` is no zone{}", one_line(name),
                               nearest.empty() ? "" : fmt::format(" (did you mean `{}`?)", nearest)));
    }
    at_offset({});
    const date::local_info info = place->get_info(date::local_seconds{last_.time_since_epoch()});
    if (info.result == date::local_info::nonexistent) {
      wrong(text_, fmt::format("the clocks of {} leave {} out that day, going from {} to {}", name,
                               clock_, info.first.abbrev, info.second.abbrev));
    }
    const bool twice = info.result == date::local_info::ambiguous;
    const date::sys_info& counts = twice ? info.second : info.first;
    if (twice) {
      remark(fmt::format(
          "{} comes twice on the clocks of {} that day, in {} and in {}: the later one counts, {}",
          clock_, name, info.first.abbrev, info.second.abbrev, rfc3339(last_ - counts.offset)));
    }
    last_ -= counts.offset;
  }

  void remark(std::string sentence) {
    if (!remark_.empty()) remark_ += "; ";
    remark_ += sentence;
  }

  void remark_other_reading(const ZoneName& name) {
    if (name.also.empty()) return;
    remark(fmt::format("{} is read as {}, not as that of {}", name.name, name.meaning, name.also));
  }

  // PST while the workshop's place has PDT on its clocks: the organizers may have meant the wall.
  void remark_clocks(const ZoneName& name) {
    if (workshop_zone_.empty()) return;
    const date::time_zone* place = find_zone(workshop_zone_);
    const date::sys_info shown = place->get_info(last_);
    if (shown.abbrev == name.name || shown.offset == name.east || !is_used_by(*place, name)) return;
    const Time wall_reading = last_ + name.east - shown.offset;  // the same digits on those clocks
    const Seconds apart = last_ - wall_reading;
    const std::string span =
        std::chrono::abs(apart) == std::chrono::hours{1} ? "an hour" : span_text(apart);
    remark(fmt::format("{} {} is {} UTC, {} on the clocks of {} that day ({}), {} {} {} {}", clock_,
                       name.name, hours_and_minutes(last_), hours_and_minutes(last_ + shown.offset),
                       workshop_zone_, shown.abbrev, span, apart > Seconds{0} ? "after" : "before",
                       clock_, shown.abbrev));
  }

  // Whether the place goes by that name in some part of the year.
  bool is_used_by(const date::time_zone& place, const ZoneName& name) const {
    constexpr std::chrono::days month{30};
    for (int i = -6; i <= 6; ++i) {
      const date::sys_info info = place.get_info(last_ + i * month);
      if (info.abbrev == name.name && info.offset == name.east) return true;
    }
    return false;
  }

  static std::string hours_and_minutes(Time t) { return rfc3339(t).substr(11, 5); }

  std::string_view text_;
  const std::string& workshop_zone_;
  Civil civil_;
  std::string clock_;  // as written
  Time last_{};
  std::string remark_;
};

}  // namespace

Deadline parse_deadline(std::string_view text, const std::string& zone) {
  return DeadlineReader(text, zone).read();
}

Lateness lateness(const std::optional<Deadline>& due, Time received) {
  if (!due) return {};
  return {received <= due->last, due->last - received};
}

}  // namespace papertray
