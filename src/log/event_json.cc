#include "log/event_json.h"

#include <iterator>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "log/json_fields.h"
#include "log/paper_json.h"

namespace papertray {
namespace {

using nlohmann::json;
using What = decltype(Event::what);

constexpr std::string_view event_schema = "papertray/event/1";

// One block for each kind: its fields out and in. A new kind is a new block and a line in `kinds`.

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

void put_texts(JsonText& to, std::string_view key, const NamedTexts& texts) {
  to.key(key);
  to.begin_array();
  for (const auto& [name, text] : texts) {
    to.begin_object();
    to.field("name", name);
    to.field("text", text);
    to.end_object();
  }
  to.end_array();
}

NamedTexts texts_from(const json& in) {
  NamedTexts texts;
  for (const json& one : in)
    texts.emplace_back(text_from_json(one.at("name")), text_from_json(one.at("text")));
  return texts;
}

void put(JsonText& to, const RulesLoaded& rules) {
  to.field("path", rules.path);
  to.field("from", rules.from);
  to.field("toml", rules.toml);
  put_texts(to, "templates", rules.templates);
  to.field("per_address", rules.per_address);
  to.field("authserv", rules.authserv);
  put_texts(to, "styles", rules.styles);
  to.field("checks", rules.checks);
}

What rules_loaded(const json& in) {
  RulesLoaded rules{.path = text_from_json(in.at("path")),
                    .from = text_from_json(in.at("from")),
                    .toml = text_from_json(in.at("toml")),
                    .templates = texts_from(in.at("templates"))};
  // Logs of the first versions do not have these.
  rules.per_address = in.value("per_address", RulesLoaded{}.per_address);
  if (const auto found = in.find("authserv"); found != in.end()) rules.authserv = text_from_json(*found);
  if (const auto found = in.find("styles"); found != in.end()) rules.styles = texts_from(*found);
  rules.checks = in.value("checks", false);
  return rules;
}

void put(JsonText& to, const SeenAgain& seen) {
  to.field("sha256", seen.sha256);
  to.key("facts");
  put_facts(to, seen.facts);
}

What seen_again(const json& in) {
  return SeenAgain{.sha256 = text_from_json(in.at("sha256")), .facts = facts_from_json(in.at("facts"))};
}

void put(JsonText& to, const Marked& marked) {
  to.field("account", marked.account);
  to.field("folder", marked.folder);
  to.field("uidvalidity", marked.uidvalidity);
  to.key("uids");
  to.begin_array();
  for (const std::uint32_t uid : marked.uids)
    to.value(uid);
  to.end_array();
}

What marked(const json& in) {
  return Marked{.account = text_from_json(in.at("account")),
                .folder = text_from_json(in.at("folder")),
                .uidvalidity = in.at("uidvalidity").get<std::uint32_t>(),
                .uids = in.at("uids").get<std::vector<std::uint32_t>>()};
}

void put(JsonText& to, const Vanished& vanished) {
  to.key("place");
  put_place(to, vanished.place);
}

What vanished(const json& in) {
  return Vanished{.place = place_from_json(in.at("place"))};
}

void put(JsonText& to, const Refused& refused) {
  to.key("place");
  put_place(to, refused.place);
  to.field("why", refused.why);
}

What refused(const json& in) {
  return Refused{.place = place_from_json(in.at("place")), .why = text_from_json(in.at("why"))};
}

void put(JsonText& to, const PassedBy& passed) {
  to.field("segment", passed.segment);
  to.field("offset", passed.offset);
  to.field("sha256", passed.sha256);
  to.field("why", passed.why);
}

What passed_by(const json& in) {
  return PassedBy{.segment = in.at("segment").get<std::uint32_t>(),
                  .offset = in.at("offset").get<std::uint64_t>(),
                  .sha256 = text_from_json(in.at("sha256")),
                  .why = text_from_json(in.at("why"))};
}

void put(JsonText& to, const SendingBegun& begun) {
  to.field("token", begun.token);
}

What sending_begun(const json& in) {
  return SendingBegun{.token = text_from_json(in.at("token"))};
}

void put(JsonText& to, const SendingEnded& ended) {
  to.field("token", ended.token);
  to.field("state", outbox_state_name(ended.state));
  to.field("reason", ended.reason);
  to.field("next_try", ended.next_try);
}

OutboxState state_from(const json& in) {
  const std::string& state = in.at("state").get_ref<const std::string&>();
  const std::optional<OutboxState> known = outbox_state_from_name(state);
  if (!known) throw OddField(fmt::format("unknown outbox state `{}`", state));
  return *known;
}

What sending_ended(const json& in) {
  return SendingEnded{.token = text_from_json(in.at("token")),
                      .state = state_from(in),
                      .reason = text_from_json(in.at("reason")),
                      .next_try = in.at("next_try").get<std::int64_t>()};
}

void put(JsonText& to, const RowsOrdered& ordered) {
  to.key("tokens");
  to.begin_array();
  for (const std::string& token : ordered.tokens)
    to.value(token);
  to.end_array();
  to.field("state", outbox_state_name(ordered.state));
  to.field("reason", ordered.reason);
}

What rows_ordered(const json& in) {
  RowsOrdered ordered{.tokens = {}, .state = state_from(in), .reason = text_from_json(in.at("reason"))};
  for (const json& token : in.at("tokens"))
    ordered.tokens.push_back(text_from_json(token));
  return ordered;
}

void put(JsonText& to, const OutboxPaused& paused) {
  to.field("reason", paused.reason);
  to.field("until", paused.until);
}

What outbox_paused(const json& in) {
  return OutboxPaused{.reason = text_from_json(in.at("reason")),
                      .until = in.at("until").get<std::int64_t>()};
}

void put(JsonText&, const OutboxResumed&) {}

What outbox_resumed(const json&) {
  return OutboxResumed{};
}

void put(JsonText& to, const Acted& acted) {
  to.field("command", acted.command);
  to.key("acts");
  to.begin_array();
  for (const Act& act : acted.acts) {
    to.begin_object();
    to.field("act", act_name(act.kind));
    to.field("id", act.id);
    to.field("into", act.into);
    to.field("panel", act.panel);
    to.field("note", act.note);
    if (!act.text.empty()) to.field("text", act.text);
    to.end_object();
  }
  to.end_array();
}

Act act_from(const json& in) {
  const std::string& name = in.at("act").get_ref<const std::string&>();
  const std::optional<ActKind> kind = act_from_name(name);
  if (!kind) throw OddField(fmt::format("unknown act `{}`", name));
  return {.kind = *kind,
          .id = text_from_json(in.at("id")),
          .into = text_from_json(in.at("into")),
          .panel = in.at("panel").get<int>(),
          .note = text_from_json(in.at("note")),
          .text = in.contains("text") ? text_from_json(in.at("text")) : ""};
}

What acted(const json& in) {
  Acted acted{.acts = {}, .command = text_from_json(in.at("command"))};
  for (const json& act : in.at("acts"))
    acted.acts.push_back(act_from(act));
  return acted;
}

void put(JsonText& to, const Undone& undone) {
  to.field("order", undone.order);
}

What undone(const json& in) {
  return Undone{.order = in.at("order").get<std::int64_t>()};
}

void put(JsonText& to, const Routed& routed) {
  to.field("sha256", routed.sha256);
  to.field("track", routed.track);
  to.field("into", routed.into);
  to.field("receipts", receipts_word(routed.receipts));
  to.field("note", routed.note);
  to.field("command", routed.command);
}

What routed(const json& in) {
  return Routed{.sha256 = text_from_json(in.at("sha256")),
                .track = text_from_json(in.at("track")),
                .into = text_from_json(in.at("into")),
                .receipts = receipts_from_json(in.at("receipts")),
                .note = text_from_json(in.at("note")),
                .command = text_from_json(in.at("command"))};
}

void put(JsonText& to, const LettersOrdered& ordered) {
  to.key("letters");
  to.begin_array();
  for (const LettersOrdered::Letter& letter : ordered.letters) {
    to.begin_object();
    to.field("kind", letter.kind);
    to.field("id", letter.id);
    to.field("to", letter.to);
    to.field("token", letter.token);
    to.field("note", letter.note);
    to.end_object();
  }
  to.end_array();
  to.field("receipts", receipts_word(ordered.receipts));
  to.field("note", ordered.note);
  to.field("command", ordered.command);
}

What letters_ordered(const json& in) {
  LettersOrdered ordered{.letters = {},
                         .receipts = receipts_from_json(in.at("receipts")),
                         .note = text_from_json(in.at("note")),
                         .command = text_from_json(in.at("command"))};
  for (const json& letter : in.at("letters"))
    ordered.letters.push_back({.kind = text_from_json(letter.at("kind")),
                               .id = text_from_json(letter.at("id")),
                               .to = text_from_json(letter.at("to")),
                               .token = text_from_json(letter.at("token")),
                               .note = text_from_json(letter.at("note"))});
  return ordered;
}

void put(JsonText& to, const PaperChecked& checked) {
  to.field("sha256", checked.sha256);
  to.field("track", checked.track);
  to.field("style", checked.style);
  to.field("style_version", checked.style_version);
  put_paper(to, checked.paper);
}

What paper_checked(const json& in) {
  return PaperChecked{.sha256 = text_from_json(in.at("sha256")),
                      .track = text_from_json(in.at("track")),
                      .style = text_from_json(in.at("style")),
                      .style_version = text_from_json(in.at("style_version")),
                      .paper = paper_from_json(in)};
}

void put(JsonText& to, const CheckLate& late) {
  to.field("sha256", late.sha256);
  to.field("track", late.track);
}

What check_late(const json& in) {
  return CheckLate{.sha256 = text_from_json(in.at("sha256")), .track = text_from_json(in.at("track"))};
}

// The words in the log, which never change. In the order of Event::what.
struct Kind {
  std::string_view type;
  What (*read)(const json& in);
};
constexpr Kind kinds[] = {
    {"rules_loaded", rules_loaded},
    {"seen_again", seen_again},
    {"marked", marked},
    {"vanished", vanished},
    {"refused", refused},
    {"sending_begun", sending_begun},
    {"sending_ended", sending_ended},
    {"rows_ordered", rows_ordered},
    {"outbox_paused", outbox_paused},
    {"outbox_resumed", outbox_resumed},
    {"acted", acted},
    {"undone", undone},
    {"routed", routed},
    {"passed_by", passed_by},
    {"letters_ordered", letters_ordered},
    {"paper_checked", paper_checked},
    {"check_late", check_late},
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
  JsonText out;
  out.begin_object();
  out.field("schema", event_schema);
  out.field("type", kinds[event.what.index()].type);
  out.field("at", event.at);
  out.field("actor", event.actor);
  std::visit([&out](const auto& what) { put(out, what); }, event.what);
  out.end_object();
  return out.take() + "\n";
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
