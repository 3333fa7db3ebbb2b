#include "log/event_json.h"

#include <iterator>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "log/json_fields.h"

namespace papertray {
namespace {

using nlohmann::json;
using What = decltype(Event::what);

constexpr std::string_view event_schema = "papertray/event/1";

// One block for each kind: its fields out and in. A new kind is a new block and a line in `kinds`.

json fields(const RulesLoaded& rules) {
  json templates = json::array();
  for (const auto& [name, text] : rules.templates)
    templates.push_back({{"name", text_to_json(name)}, {"text", text_to_json(text)}});
  return {{"path", text_to_json(rules.path)},
          {"from", text_to_json(rules.from)},
          {"toml", text_to_json(rules.toml)},
          {"templates", std::move(templates)}};
}

What rules_loaded(const json& in) {
  RulesLoaded rules{.path = text_from_json(in.at("path")),
                    .from = text_from_json(in.at("from")),
                    .toml = text_from_json(in.at("toml")),
                    .templates = {}};
  for (const json& one : in.at("templates"))
    rules.templates.emplace_back(text_from_json(one.at("name")), text_from_json(one.at("text")));
  return rules;
}

json fields(const SeenAgain& seen) {
  return {{"sha256", text_to_json(seen.sha256)}, {"facts", facts_to_json(seen.facts)}};
}

What seen_again(const json& in) {
  return SeenAgain{.sha256 = text_from_json(in.at("sha256")), .facts = facts_from_json(in.at("facts"))};
}

json fields(const Marked& marked) {
  return {{"account", text_to_json(marked.account)},
          {"folder", text_to_json(marked.folder)},
          {"uidvalidity", marked.uidvalidity},
          {"uids", marked.uids}};
}

What marked(const json& in) {
  return Marked{.account = text_from_json(in.at("account")),
                .folder = text_from_json(in.at("folder")),
                .uidvalidity = in.at("uidvalidity").get<std::uint32_t>(),
                .uids = in.at("uids").get<std::vector<std::uint32_t>>()};
}

json fields(const Vanished& vanished) {
  return {{"place", place_to_json(vanished.place)}};
}

What vanished(const json& in) {
  return Vanished{.place = place_from_json(in.at("place"))};
}

json fields(const Refused& refused) {
  return {{"place", place_to_json(refused.place)}, {"why", text_to_json(refused.why)}};
}

What refused(const json& in) {
  return Refused{.place = place_from_json(in.at("place")), .why = text_from_json(in.at("why"))};
}

json fields(const SendingBegun& begun) {
  return {{"token", text_to_json(begun.token)}};
}

What sending_begun(const json& in) {
  return SendingBegun{.token = text_from_json(in.at("token"))};
}

json fields(const SendingEnded& ended) {
  return {{"token", text_to_json(ended.token)},
          {"state", outbox_state_name(ended.state)},
          {"reason", text_to_json(ended.reason)},
          {"next_try", ended.next_try}};
}

What sending_ended(const json& in) {
  const std::string& state = in.at("state").get_ref<const std::string&>();
  const std::optional<OutboxState> known = outbox_state_from_name(state);
  if (!known) throw OddField(fmt::format("unknown outbox state `{}`", state));
  return SendingEnded{.token = text_from_json(in.at("token")),
                      .state = *known,
                      .reason = text_from_json(in.at("reason")),
                      .next_try = in.at("next_try").get<std::int64_t>()};
}

// The words in the log, which never change. In the order of Event::what.
struct Kind {
  std::string_view type;
  What (*read)(const json& in);
};
constexpr Kind kinds[] = {
    {"rules_loaded", rules_loaded},   {"seen_again", seen_again}, {"marked", marked},
    {"vanished", vanished},           {"refused", refused},       {"sending_begun", sending_begun},
    {"sending_ended", sending_ended},
};
static_assert(std::size(kinds) == std::variant_size_v<What>, "every kind of event needs its line");

Failure not_understood(std::string_view entry, std::string_view what) {
  return Failure(
      {Scope::store, Again::person, Exit::bad_data,
       fmt::format("the log's {} is an event that this papertray does not understand ({}); use the "
                   "version that wrote it, or a newer one",
                   entry, what)});
}

}  // namespace

std::string event_to_text(const Event& event) {
  json out = std::visit([](const auto& what) { return fields(what); }, event.what);
  out["schema"] = event_schema;
  out["type"] = kinds[event.what.index()].type;
  out["at"] = time_to_json(event.at);
  out["actor"] = text_to_json(event.actor);
  return out.dump() + "\n";
}

Event event_from_text(std::string_view text, std::string_view entry) {
  try {
    const json in = json::parse(text);
    if (in.at("schema") != event_schema)
      throw not_understood(entry, fmt::format("schema {}", in.at("schema").dump()));
    const std::string& type = in.at("type").get_ref<const std::string&>();
    for (const Kind& kind : kinds)
      if (kind.type == type)
        return {.at = time_from_json(in.at("at")),
                .actor = text_from_json(in.at("actor")),
                .what = kind.read(in)};
    throw not_understood(entry, fmt::format("type `{}`", type));
  } catch (const json::exception& error) {
    throw not_understood(entry, error.what());
  } catch (const OddField& error) {
    throw not_understood(entry, error.what());
  }
}

}  // namespace papertray
