#include "core/zone_names.h"

#include <algorithm>

#include "core/ascii.h"

namespace papertray {
namespace {

constexpr std::chrono::minutes offset(int hours, int minutes = 0) {
  return std::chrono::minutes{hours * 60 + (hours < 0 ? -minutes : minutes)};
}

// An abbreviation is its fixed offset, whatever the clocks of the place show that day. Where several
// places use one name, the North American, Indian or British reading is taken and `also` is told.
constexpr ZoneName table[] = {
    {"UTC", offset(0), "universal time", ""},
    {"GMT", offset(0), "Greenwich mean time", ""},
    {"UT", offset(0), "universal time", ""},
    {"Z", offset(0), "universal time", ""},
    {"AoE", offset(-12), "anywhere on earth", ""},
    {"PST", offset(-8), "US Pacific standard time", ""},
    {"PDT", offset(-7), "US Pacific daylight time", ""},
    {"MST", offset(-7), "US Mountain standard time", ""},
    {"MDT", offset(-6), "US Mountain daylight time", ""},
    {"CST", offset(-6), "US Central standard time", "China (UTC+8) and Cuba (UTC-5)"},
    {"CDT", offset(-5), "US Central daylight time", ""},
    {"EST", offset(-5), "US Eastern standard time", ""},
    {"EDT", offset(-4), "US Eastern daylight time", ""},
    {"AKST", offset(-9), "Alaska standard time", ""},
    {"AKDT", offset(-8), "Alaska daylight time", ""},
    {"HST", offset(-10), "Hawaii standard time", ""},
    {"BST", offset(1), "British summer time", "Bangladesh (UTC+6)"},
    {"WET", offset(0), "Western European time", ""},
    {"WEST", offset(1), "Western European summer time", ""},
    {"CET", offset(1), "Central European time", ""},
    {"CEST", offset(2), "Central European summer time", ""},
    {"EET", offset(2), "Eastern European time", ""},
    {"EEST", offset(3), "Eastern European summer time", ""},
    {"MSK", offset(3), "Moscow time", ""},
    {"IST", offset(5, 30), "Indian standard time", "Israel (UTC+2) and Ireland (UTC+1)"},
    {"SGT", offset(8), "Singapore time", ""},
    {"HKT", offset(8), "Hong Kong time", ""},
    {"JST", offset(9), "Japan standard time", ""},
    {"KST", offset(9), "Korea standard time", ""},
    {"AEST", offset(10), "Australian Eastern standard time", ""},
    {"AEDT", offset(11), "Australian Eastern daylight time", ""},
    {"NZST", offset(12), "New Zealand standard time", ""},
    {"NZDT", offset(13), "New Zealand daylight time", ""},
};

// Both numbers have one or two digits, or four stand together.
std::optional<std::chrono::minutes> signed_offset(std::string_view text) {
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool west = text[0] == '-';
  std::string_view hours = text.substr(1);
  std::string_view minutes;
  if (const auto colon = hours.find(':'); colon != std::string_view::npos) {
    minutes = hours.substr(colon + 1);
    hours = hours.substr(0, colon);
    if (minutes.size() != 2) return std::nullopt;
  } else if (hours.size() == 4) {
    minutes = hours.substr(2);
    hours = hours.substr(0, 2);
  }
  const auto h = ascii::number(hours, 2);
  const auto m = minutes.empty() ? 0 : ascii::number(minutes, 2);
  if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
  const std::chrono::minutes east{*h * 60 + *m};
  return west ? -east : east;
}

}  // namespace

const ZoneName* zone_name(std::string_view name) {
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [&](const ZoneName& z) { return ascii::same(z.name, name); });
  return found == std::end(table) ? nullptr : found;
}

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  for (const ZoneName& zone : table)
    names.emplace_back(zone.name);
  return names;
}

std::optional<std::chrono::minutes> numeric_zone(std::string_view text) {
  for (const std::string_view word : {"UTC", "GMT"}) {
    if (text.size() > word.size() && ascii::same(text.substr(0, word.size()), word)) {
      return signed_offset(text.substr(word.size()));
    }
  }
  return signed_offset(text);
}

}  // namespace papertray
