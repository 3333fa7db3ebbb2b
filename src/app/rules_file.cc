#include "app/rules_file.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include <date/tz.h>
#include <fmt/format.h>

#include "app/config.h"
#include "app/toml_table.h"
#include "core/deadline.h"
#include "core/error.h"
#include "core/printable.h"
#include "core/receipt.h"
#include "core/subject.h"
#include "report/receipt_text.h"
#include "smtp/address.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t rules_cap = 1024 * 1024;
constexpr std::size_t template_cap = 64 * 1024;  // a receipt is a page, not a book

// Where the templates lie when the rules do not say.
constexpr std::string_view default_receipts = "receipts";

std::optional<Deadline> deadline_of(TomlTable& table, std::string_view key, const std::string& zone) {
  const std::string text = table.text(key, "");
  if (text.empty()) return std::nullopt;
  try {
    return parse_deadline(text, zone);
  } catch (const Failure& failure) {
    table.fail(key, "= \"" + one_line(text) + "\": " + failure.error().text);
  }
}

bool is_word(const std::string& text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

bool is_prefix(const std::string& text) {
  return !text.empty() && text.size() <= 8 &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Track read_track(TomlTable& table, const std::string& zone) {
  Track track;
  track.id = table.text("id");
  if (!is_word(track.id)) table.fail("id", "is one word of letters, digits, - and _: \"papers\"");
  track.prefix = table.text("prefix");
  if (!is_prefix(track.prefix)) table.fail("prefix", "is one to eight capital letters: \"P\"");
  if (track.prefix == "M") table.fail("prefix", "cannot be M: messages are called M-1, M-2, ...");
  track.subjects = table.texts("subjects", {});
  if (track.subjects.empty())
    table.missing("subjects", "wants at least one phrase: [\"NIPS Workshop Papers\"]");
  for (const std::string& phrase : track.subjects)
    if (fold_text(phrase).empty()) table.fail("subjects", "holds an empty phrase");
  const std::string needs = table.text("needs", "text");
  if (needs != "pdf" && needs != "text") table.fail("needs", "is \"pdf\" or \"text\"");
  track.needs = needs == "pdf" ? Needs::pdf : Needs::text;
  track.due = deadline_of(table, "due", zone);
  track.final_due = deadline_of(table, "final_due", zone);
  track.panels = table.number("panels", 0, 0, 100);
  if (std::optional<TomlTable> format = table.table("format")) {
    track.paper = format->text("paper", "");
    if (!track.paper.empty() && track.paper != "letter" && track.paper != "a4")
      format->fail("paper", "is \"letter\" or \"a4\"");
    track.pages = format->number("pages", 0, 1, 1000);
    track.style = format->text("style", "");
    format->finish();
  }
  table.finish();
  return track;
}

// Two tracks that share a name or a phrase could not be told apart.
void check_apart(const std::vector<Track>& tracks, const TomlTable& table) {
  std::set<std::string> seen;
  const auto once = [&](const std::string& kind, const std::string& value) {
    if (!seen.insert(kind + " " + value).second)
      table.fail("track", fmt::format("twice has the {} \"{}\"", kind, one_line(value)));
  };
  for (const Track& track : tracks) {
    once("id", track.id);
    once("prefix", track.prefix);
    std::set<std::string> own;
    for (const std::string& phrase : track.subjects)
      if (own.insert(fold_text(phrase)).second) once("subject", fold_text(phrase));
  }
}

}  // namespace

std::string from_address(const std::string& from) {
  try {
    return parse_mailbox(from).address;
  } catch (const Failure& failure) {
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   fmt::format("[smtp] from = \"{}\": {}; write \"Name <address@host>\"", one_line(from),
                               failure.error().text)});
  }
}

RulesLoaded load_rules(const std::string& path, const std::string& from) {
  RulesLoaded loaded{
      .path = path, .from = from, .toml = read_text_file(path, rules_cap), .templates = {}};
  TomlTable table = TomlTable::parse(loaded.toml, path);
  std::string folder{default_receipts};
  if (std::optional<TomlTable> workshop = table.table("workshop"))
    folder = workshop->text("receipts", default_receipts);
  const fs::path receipts = fs::path(path).parent_path() / folder;
  std::error_code error;
  if (!fs::is_directory(receipts, error))
    throw Failure(
        {Scope::program, Again::person, Exit::configuration,
         fmt::format("{}: the receipts' templates should lie in {}, which is no folder; name it with "
                     "[workshop] receipts = \"...\"",
                     path, receipts.string())});
  for (const ReceiptKind kind : all_receipt_kinds) {
    const std::string name{receipt_kind_name(kind)};
    loaded.templates.emplace_back(name,
                                  read_text_file((receipts / (name + ".txt")).string(), template_cap));
  }
  std::ranges::sort(loaded.templates);
  return loaded;
}

Rules read_rules(const RulesLoaded& loaded) {
  TomlTable table = TomlTable::parse(loaded.toml, loaded.path);
  Rules rules;
  std::optional<TomlTable> workshop = table.table("workshop");
  if (!workshop) table.missing("workshop", "is missing: begin the file with [workshop]");
  rules.workshop = workshop->text("name");
  rules.timezone = workshop->text("timezone", "UTC");
  try {
    date::locate_zone(rules.timezone);
  } catch (const std::runtime_error&) {
    workshop->fail("timezone",
                   fmt::format("= \"{}\" is no IANA zone; write \"America/Los_Angeles\" or \"UTC\"",
                               one_line(rules.timezone)));
  }
  rules.address = workshop->text("address");
  rules.own_addresses = workshop->texts("own_addresses", {});
  rules.own_addresses.push_back(rules.address);
  rules.from = loaded.from;
  if (!loaded.from.empty()) rules.own_addresses.push_back(from_address(loaded.from));
  workshop->text("receipts", default_receipts);  // read by load_rules
  workshop->finish();
  for (TomlTable& track : table.tables("track"))
    rules.tracks.push_back(read_track(track, rules.timezone));
  if (rules.tracks.empty())
    table.missing("track", "is missing: add [[track]] for what the workshop asks for");
  table.finish();
  check_apart(rules.tracks, table);
  for (const auto& [name, text] : loaded.templates)
    rules.templates.emplace(name, text);
  ReceiptTemplates::parse(rules.templates);  // a mistake in a template shows here, never while sending
  return rules;
}

}  // namespace papertray
