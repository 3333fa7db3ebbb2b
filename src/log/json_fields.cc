#include "log/json_fields.h"

#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.h"

namespace papertray {
namespace {

using nlohmann::json;

constexpr std::string_view facts_schema = "papertray/facts/1";

// As in the configuration; the log's words do not change when that does.
constexpr std::array<std::pair<Receipts, std::string_view>, 3> receipts_words = {
    {{Receipts::off, "off"}, {Receipts::hold, "hold"}, {Receipts::send, "send"}}};

void put(JsonText& to, const char* key, const std::optional<Time>& time) {
  if (time) to.field(key, *time);
}

std::optional<Time> get(const json& from, const char* key) {
  const auto it = from.find(key);
  return it == from.end() ? std::nullopt : std::optional(time_from_json(*it));
}

Failure not_understood(std::string_view entry, std::string_view what) {
  return Failure(
      {Scope::store, Again::person, Exit::bad_data,
       fmt::format("the log's {} has facts that this papertray does not understand ({}); use the "
                   "version that wrote it, or a newer one",
                   entry, what)});
}

// For people: `/` divides and `%` escapes, so both are escaped, and so is what a terminal would obey.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || c == '/' || c == '%')
      out += fmt::format("%{:02X}", byte);
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string text_from_json(const json& from) {
  if (from.is_string()) return from.get<std::string>();
  const std::string& hex = from.at("hex").get_ref<const std::string&>();
  if (hex.size() % 2 != 0) throw OddField("an odd number of hex digits");
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    unsigned int byte = 0;
    const char* end = hex.data() + i + 2;
    if (std::from_chars(hex.data() + i, end, byte, 16).ptr != end) throw OddField("no hex digit");
    text += static_cast<char>(byte);
  }
  return text;
}

Time time_from_json(const json& from) {
  if (from.is_number_integer()) return Time(Seconds(from.get<std::int64_t>()));
  const std::optional<Time> time = parse_rfc3339(from.get_ref<const std::string&>());
  if (!time) throw OddField("no time");
  return *time;
}

void put_place(JsonText& to, const Place& place) {
  to.begin_object();
  to.field("account", place.account);
  to.field("folder", place.folder);
  to.field("name", place.name);
  to.field("uid", place.uid);
  to.field("uidvalidity", place.uidvalidity);
  to.end_object();
}

Place place_from_json(const json& from) {
  return {.account = text_from_json(from.at("account")),
          .folder = text_from_json(from.at("folder")),
          .uidvalidity = from.at("uidvalidity").get<std::uint32_t>(),
          .uid = from.at("uid").get<std::uint32_t>(),
          .name = text_from_json(from.at("name"))};
}

void put_facts(JsonText& to, const MailFacts& facts) {
  to.begin_object();
  to.field("fetched", facts.fetched);
  put(to, "file_time", facts.file_time);
  if (!facts.flags.empty()) {
    to.key("flags");
    to.begin_array();
    for (const std::string& flag : facts.flags)
      to.value(flag);
    to.end_array();
  }
  if (facts.gmail_id != 0) to.field("gmail_id", facts.gmail_id);
  put(to, "internaldate", facts.internaldate);
  put(to, "mbox_from", facts.mbox_from);
  if (facts.oversize) {
    to.key("oversize");
    to.begin_object();
    to.field("largest", facts.oversize->largest);
    to.field("whole", facts.oversize->whole);
    to.end_object();
  }
  to.key("place");
  put_place(to, facts.place);
  to.field("receipts", receipts_word(facts.receipts));
  to.field("schema", facts_schema);
  to.field("size", facts.size);
  if (facts.spam) to.field("spam", true);
  to.end_object();
}

MailFacts facts_from_json(const json& from) {
  if (from.at("schema") != facts_schema) throw OddField("unknown schema");
  MailFacts facts;
  facts.place = place_from_json(from.at("place"));
  facts.size = from.at("size").get<std::uint64_t>();
  facts.fetched = time_from_json(from.at("fetched"));
  facts.internaldate = get(from, "internaldate");
  facts.mbox_from = get(from, "mbox_from");
  facts.file_time = get(from, "file_time");
  if (const auto flags = from.find("flags"); flags != from.end())
    for (const json& flag : *flags)
      facts.flags.push_back(text_from_json(flag));
  if (const auto oversize = from.find("oversize"); oversize != from.end())
    facts.oversize = Oversize{.whole = oversize->at("whole").get<std::uint64_t>(),
                              .largest = oversize->at("largest").get<std::uint64_t>()};
  facts.gmail_id = from.value("gmail_id", std::uint64_t{0});
  facts.spam = from.value("spam", false);  // absent in logs from before there was such a folder
  facts.receipts = receipts_from_json(from.at("receipts"));
  return facts;
}

std::string_view receipts_word(Receipts wanted) {
  for (const auto& [receipts, word] : receipts_words)
    if (receipts == wanted) return word;
  return "";
}

Receipts receipts_from_json(const json& from) {
  const std::string& told = from.get_ref<const std::string&>();
  for (const auto& [receipts, word] : receipts_words)
    if (word == told) return receipts;
  throw OddField("unknown word for receipts");
}

std::string facts_to_text(const MailFacts& facts) {
  JsonText text;
  put_facts(text, facts);
  return text.take();
}

MailFacts facts_from_text(std::string_view text, std::string_view entry) {
  try {
    return facts_from_json(json::parse(text));
  } catch (const json::exception& error) {
    throw not_understood(entry, error.what());
  } catch (const OddField& error) {
    throw not_understood(entry, error.what());
  }
}

std::string imap_text(const Place& place) {
  if (place.uid == 0) return "";
  return fmt::format("{}/{}/{}/{}", escaped(place.account), escaped(place.folder), place.uidvalidity,
                     place.uid);
}

}  // namespace papertray
