#include "app/site_table.h"

#include <utility>

#include "core/error.h"

namespace papertray {
namespace {

bool is_web_address(const std::string& url) {
  return (url.starts_with("https://") || url.starts_with("http://")) && url.size() <= 2000 &&
         url.find_first_of(" \"<>\\^`{|}") == std::string::npos;
}

Deadline moment(TomlTable& table, std::string_view key, const std::string& zone) {
  try {
    return parse_deadline(table.text(key), zone);
  } catch (const Failure& failure) {
    table.fail(key, "is wrong: " + failure.error().text);
  }
}

// "2017-12-09": a day and nothing else.
std::string day(TomlTable& table, std::string_view key, const std::string& zone) {
  std::string text = table.text(key, "");
  if (text.empty()) return text;
  if (text.size() != 10) table.fail(key, "is a day: \"2017-12-09\"");
  static_cast<void>(moment(table, key, zone));
  return text;
}

std::string web_address(TomlTable& table, std::string_view key) {
  std::string url = table.text(key);
  if (!is_web_address(url)) table.fail(key, "is an address that begins with https:// or http://");
  return url;
}

}  // namespace

SiteRules read_site_table(TomlTable& table, const std::string& zone) {
  SiteRules site;
  site.event = table.text("event", "");
  site.date = day(table, "date", zone);
  site.place = table.text("place", "");
  if (!table.text("url", "").empty()) site.url = web_address(table, "url");
  if (!site.url.empty() && !site.url.ends_with('/')) site.url += '/';
  site.about = table.text_or_texts("about", {});
  site.posters = table.truth("posters", true);
  site.questions = table.truth("questions", false);
  for (TomlTable& link : table.tables("links")) {
    std::string text = link.text("text");
    site.links.push_back({.text = std::move(text), .url = web_address(link, "url")});
    link.finish();
  }
  for (TomlTable& date : table.tables("dates")) {
    std::string what = date.text("what");
    site.dates.push_back({.what = std::move(what), .at = moment(date, "at", zone)});
    date.finish();
  }
  for (TomlTable& session : table.tables("program")) {
    SiteRules::Session one;
    one.time = session.text("time", "");
    one.what = session.text("what");
    one.who = session.text("who", "");
    session.finish();
    site.program.push_back(std::move(one));
  }
  for (TomlTable& panel : table.tables("panels")) {
    SiteRules::Panel one;
    one.title = panel.text("title");
    one.who = panel.text("who", "");
    panel.finish();
    site.panels.push_back(std::move(one));
  }
  table.finish();
  return site;
}

}  // namespace papertray
