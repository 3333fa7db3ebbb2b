#include "app/rules_file.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/site_table.h"
#include "app/style_file.h"
#include "app/toml_table.h"
#include "core/authentication.h"
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
    table.fail(key, "is wrong: " + failure.error().text);
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
  track.needs = table.word("needs", {"pdf", "text"}, "text") == "pdf" ? Needs::pdf : Needs::text;
  track.due = deadline_of(table, "due", zone);
  track.final_due = deadline_of(table, "final_due", zone);
  track.panels = table.number("panels", 0, 0, 100);
  if (std::optional<TomlTable> format = table.table("format")) {
    track.paper = format->word("paper", {"letter", "a4"}, "");
    track.pages = format->number("pages", 0, 1, 1000);
    track.style = format->text("style", "");
    format->finish();
  }
  table.finish();
  return track;
}

// Two tracks that share a name or a phrase could not be told apart.
class Apart {
 public:
  void check(const Track& track, const TomlTable& table) {
    once(table, "id", track.id);
    once(table, "prefix", track.prefix);
    std::set<std::string> own;  // the same phrase twice within a track does no harm
    for (const std::string& phrase : track.subjects)
      if (own.insert(fold_text(phrase)).second) once(table, "subjects", fold_text(phrase));
  }

 private:
  void once(const TomlTable& table, const std::string& key, const std::string& value) {
    if (!seen_.emplace(key, value).second)
      table.fail(key, "says \"" + one_line(value) + "\", as an earlier track does; they must differ");
  }
  std::set<std::pair<std::string, std::string>> seen_;
};

std::vector<Track> read_tracks(TomlTable& table, const std::string& zone) {
  std::vector<TomlTable> tables = table.tables("track");
  if (tables.empty()) table.missing("track", "is missing: add [[track]] for what the workshop asks for");
  std::vector<Track> tracks;
  Apart apart;
  for (TomlTable& one : tables) {
    tracks.push_back(read_track(one, zone));
    apart.check(tracks.back(), one);
  }
  return tracks;
}

// Addresses here are compared and told, not sent to: any that somebody may have.
void check_address(const TomlTable& table, std::string_view key, const std::string& address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == address.size() ||
      address.find_first_of(" <>,") != std::string::npos)
    table.fail(key, "cannot be \"" + one_line(address) + "\"; write the bare address: local@domain");
}

void read_addresses(TomlTable& workshop, const std::string& from, Rules& rules) {
  rules.address = workshop.text("address");
  check_address(workshop, "address", rules.address);
  rules.own_addresses = workshop.texts("own_addresses", {});
  for (const std::string& address : rules.own_addresses)
    check_address(workshop, "own_addresses", address);
  rules.own_addresses.push_back(rules.address);
  rules.from = from;
  if (!from.empty()) rules.own_addresses.push_back(from_address(from));
}

// The templates' folder as the rules name it, seen from their own.
std::string receipts_folder(const std::string& rules_path, TomlTable& workshop) {
  const fs::path folder = workshop.text("receipts", default_receipts);
  return without_end_slash((fs::path(rules_path).parent_path() / folder).lexically_normal().string());
}

TomlTable workshop_of(TomlTable& table) {
  std::optional<TomlTable> workshop = table.table("workshop", "[workshop]");
  if (!workshop) table.missing("workshop", "is missing: begin the file with [workshop]");
  return *workshop;
}

// The styles that the tracks name: their texts go into the log with the rules.
std::vector<std::pair<std::string, std::string>> styles_of(TomlTable& rules, const std::string& path) {
  std::vector<std::pair<std::string, std::string>> styles;
  for (TomlTable& track : rules.tables("track")) {
    std::optional<TomlTable> format = track.table("format");
    const std::string name = format ? format->text("style", "") : "";
    if (!name.empty()) styles.emplace_back(name, style_text(name, path));
  }
  std::ranges::sort(styles);
  const auto twice = std::ranges::unique(styles);
  styles.erase(twice.begin(), twice.end());
  return styles;
}

// Letters that the organizers wrote themselves, for `notify`: receipts/letters/NAME.txt.
constexpr std::size_t most_own_letters = 100;  // each goes into the log with the rules

void read_own_letters(const std::string& receipts, RulesLoaded& loaded) {
  const std::string folder = receipts + "/" + std::string(own_letters);
  std::error_code error;
  if (!fs::exists(folder, error) && !error) return;
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string file = at->path().filename().string();
    // What editors leave behind is no letter.
    if (at->path().extension() == ".txt" && !file.starts_with('.')) names.push_back(at->path().stem());
  }
  if (error)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   folder + " cannot be read: " + error.message()});
  if (names.size() > most_own_letters)
    throw Failure(
        {Scope::program, Again::person, Exit::configuration,
         fmt::format("{} holds {} letters; at most {}", folder, names.size(), most_own_letters)});
  for (const std::string& name : names) {
    const std::string kind = std::string(own_letters) + name;
    if (!own_letter_name(kind))
      throw Failure(
          {Scope::program, Again::person, Exit::configuration,
           fmt::format("{}{}.txt: a letter is named by small letters, digits and hyphens, at most "
                       "40, and not as one that there is already",
                       folder, one_line(name))});
    loaded.templates.emplace_back(kind, read_text_file(folder + name + ".txt", template_cap));
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
  TomlTable workshop = workshop_of(table);
  const std::string receipts = receipts_folder(path, workshop);
  if (std::error_code error; !fs::is_directory(receipts, error))
    workshop.missing("receipts",
                     "should name the folder of the receipts' templates, but " + receipts + " is none");
  for (const ReceiptKind kind : all_receipt_kinds) {
    const std::string name{receipt_kind_name(kind)};
    loaded.templates.emplace_back(name, read_text_file(receipts + "/" + name + ".txt", template_cap));
  }
  read_own_letters(receipts, loaded);
  std::ranges::sort(loaded.templates);
  loaded.styles = styles_of(table, path);
  return loaded;
}

RulesLoaded load_rules(const Config& config) {
  RulesLoaded loaded = load_rules(config.rules, config.smtp ? config.smtp->from : "");
  loaded.per_address = config.limits.per_address;
  loaded.authserv = authserv_pattern(config.authserv_id);
  loaded.checks = config.checks;
  return loaded;
}

Rules read_rules(const RulesLoaded& loaded) {
  TomlTable table = TomlTable::parse(loaded.toml, loaded.path);
  Rules rules;
  TomlTable workshop = workshop_of(table);
  rules.workshop = workshop.text("name");
  rules.timezone = workshop.text("timezone", "UTC");
  try {
    local_text(Time{}, rules.timezone);
  } catch (const Failure& failure) {
    workshop.fail("timezone", "is wrong: " + failure.error().text);
  }
  read_addresses(workshop, loaded.from, rules);
  const std::string receipts = receipts_folder(loaded.path, workshop);
  workshop.finish();
  rules.tracks = read_tracks(table, rules.timezone);
  if (std::optional<TomlTable> site = table.table("site", "[site]"))
    rules.site = read_site_table(*site, rules.timezone);
  for (const Track& track : rules.tracks)
    if (track.needs == Needs::pdf) rules.styles.emplace(track.id, style_of(track, loaded.styles));
  table.finish();
  for (const auto& [name, text] : loaded.templates)
    rules.templates.emplace(name, text);
  rules.limits.per_address = loaded.per_address;
  rules.authserv = loaded.authserv;
  rules.checks = loaded.checks;
  // A mistake in a template shows here, never while sending.
  ReceiptTemplates::parse(rules.templates, receipts);
  return rules;
}

}  // namespace papertray
