#include "log/event_json.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

Event event(decltype(Event::what) what) {
  return {.at = Time(Seconds(1509753599)), .actor = "ada", .what = std::move(what)};
}

// One of each kind, no field at its default.
std::vector<Event> one_of_each() {
  const std::string odd = "\xff\n\"\\\x01 caf\xc3\xa9";
  const Place place{.account = "mbox:/a", .folder = odd, .uidvalidity = 3, .uid = 4, .name = "n"};
  return {
      event(RulesLoaded{.path = "/etc/x.toml",
                        .from = "desk@example.org",
                        .toml = odd,
                        .templates = {{"a", odd}, {"b", ""}},
                        .per_address = 11,
                        .authserv = odd,
                        .styles = {{"nips2017", odd}},
                        .checks = true}),
      event(SeenAgain{.sha256 = "ab12", .facts = sample_facts(9, 77)}),
      event(Marked{.account = "imaps://x", .folder = odd, .uidvalidity = 5, .uids = {1, 4294967295}}),
      event(Vanished{place}),
      event(Refused{.place = place, .why = odd}),
      event(SendingBegun{.token = "pt-1"}),
      event(SendingEnded{
          .token = "pt-1", .state = OutboxState::unknown, .reason = odd, .next_try = 1509753600}),
      event(RowsOrdered{.tokens = {"pt-1", odd}, .state = OutboxState::paused, .reason = odd}),
      event(OutboxPaused{.reason = odd, .until = 1509753600}),
      event(OutboxResumed{}),
      event(Acted{
          .acts =
              {{.kind = ActKind::merge, .id = "P-9", .into = "P-7", .panel = 0, .note = odd},
               {.kind = ActKind::panel, .id = "Q-3", .into = "", .panel = 2, .note = ""},
               {.kind = ActKind::title, .id = "P-9", .into = "", .panel = 0, .note = "", .text = odd}},
          .command = odd}),
      event(Undone{.order = 7}),
      event(Routed{.sha256 = "ab12",
                   .track = "papers",
                   .into = "P-7",
                   .receipts = Receipts::hold,
                   .note = odd,
                   .command = "route M-1 P-7"}),
      event(PassedBy{.segment = 3, .offset = 1'000'000'000'000, .sha256 = "ab12", .why = odd}),
      event(LettersOrdered{
          .letters = {{.kind = "accepted", .id = "P-7", .to = odd, .token = "pt-1", .note = odd},
                      {.kind = "rejected", .id = "P-9", .to = "", .token = "", .note = ""}},
          .receipts = Receipts::hold,
          .note = odd,
          .command = "notify decisions"}),
      event(PaperChecked{.sha256 = "cd34",
                         .track = "papers",
                         .style = "nips2017",
                         .style_version = "0123-2-letter",
                         .paper = {.opens = true,
                                   .verdict = {.pages = 3,
                                               .counted_pages = 2,
                                               .stopped_at = odd,
                                               .findings = {{.check = "margin",
                                                             .severity = Severity::warn,
                                                             .measured = odd,
                                                             .expected = "18 pt",
                                                             .page = 2,
                                                             .text = odd,
                                                             .for_organizers = false},
                                                            {.check = "active-content",
                                                             .severity = Severity::note,
                                                             .measured = "",
                                                             .expected = "none",
                                                             .page = 0,
                                                             .text = odd,
                                                             .for_organizers = true}}},
                                   .title = odd,
                                   .authors = odd,
                                   .width = 595.28,
                                   .height = 841.89,
                                   .sketch = "0000000100000002"}}),
      event(CheckLate{.sha256 = "cd34", .track = "papers"})};
}

// Everything in it, for comparing: the texts of all fields.
bool same(const Event& a, const Event& b) {
  if (a.at != b.at || a.actor != b.actor || a.what.index() != b.what.index()) return false;
  if (const auto* x = std::get_if<RulesLoaded>(&a.what)) {
    const auto& y = std::get<RulesLoaded>(b.what);
    return x->path == y.path && x->from == y.from && x->toml == y.toml && x->templates == y.templates &&
           x->per_address == y.per_address && x->authserv == y.authserv && x->styles == y.styles &&
           x->checks == y.checks;
  }
  if (const auto* x = std::get_if<SeenAgain>(&a.what)) {
    const auto& y = std::get<SeenAgain>(b.what);
    return x->sha256 == y.sha256 && x->facts == y.facts;
  }
  if (const auto* x = std::get_if<Marked>(&a.what)) {
    const auto& y = std::get<Marked>(b.what);
    return x->account == y.account && x->folder == y.folder && x->uidvalidity == y.uidvalidity &&
           x->uids == y.uids;
  }
  if (const auto* x = std::get_if<Vanished>(&a.what))
    return x->place == std::get<Vanished>(b.what).place;
  if (const auto* x = std::get_if<Refused>(&a.what))
    return x->place == std::get<Refused>(b.what).place && x->why == std::get<Refused>(b.what).why;
  if (const auto* x = std::get_if<SendingBegun>(&a.what))
    return x->token == std::get<SendingBegun>(b.what).token;
  if (const auto* x = std::get_if<SendingEnded>(&a.what)) {
    const auto& y = std::get<SendingEnded>(b.what);
    return x->token == y.token && x->state == y.state && x->reason == y.reason &&
           x->next_try == y.next_try;
  }
  if (const auto* x = std::get_if<RowsOrdered>(&a.what)) {
    const auto& y = std::get<RowsOrdered>(b.what);
    return x->tokens == y.tokens && x->state == y.state && x->reason == y.reason;
  }
  if (const auto* x = std::get_if<Acted>(&a.what))
    return x->acts == std::get<Acted>(b.what).acts && x->command == std::get<Acted>(b.what).command;
  if (const auto* x = std::get_if<Undone>(&a.what)) return x->order == std::get<Undone>(b.what).order;
  if (const auto* x = std::get_if<Routed>(&a.what)) {
    const auto& y = std::get<Routed>(b.what);
    return x->sha256 == y.sha256 && x->track == y.track && x->into == y.into &&
           x->receipts == y.receipts && x->note == y.note && x->command == y.command;
  }
  if (const auto* x = std::get_if<PassedBy>(&a.what)) {
    const auto& y = std::get<PassedBy>(b.what);
    return x->segment == y.segment && x->offset == y.offset && x->sha256 == y.sha256 && x->why == y.why;
  }
  if (const auto* x = std::get_if<LettersOrdered>(&a.what)) {
    const auto& y = std::get<LettersOrdered>(b.what);
    const auto equal = [](const LettersOrdered::Letter& one, const LettersOrdered::Letter& other) {
      return one.kind == other.kind && one.id == other.id && one.to == other.to &&
             one.token == other.token && one.note == other.note;
    };
    return std::ranges::equal(x->letters, y.letters, equal) && x->receipts == y.receipts &&
           x->note == y.note && x->command == y.command;
  }
  if (const auto* x = std::get_if<OutboxPaused>(&a.what)) {
    const auto& y = std::get<OutboxPaused>(b.what);
    return x->reason == y.reason && x->until == y.until;
  }
  if (const auto* x = std::get_if<PaperChecked>(&a.what)) {
    const auto& y = std::get<PaperChecked>(b.what);
    return x->sha256 == y.sha256 && x->track == y.track && x->style == y.style &&
           x->style_version == y.style_version && x->paper == y.paper;
  }
  if (const auto* x = std::get_if<CheckLate>(&a.what))
    return x->sha256 == std::get<CheckLate>(b.what).sha256 &&
           x->track == std::get<CheckLate>(b.what).track;
  if (std::holds_alternative<OutboxResumed>(a.what)) return true;
  return false;
}

}  // namespace

TEST_CASE("every kind of event comes back field by field, under its own name") {
  const std::vector<Event> all = one_of_each();
  REQUIRE(all.size() == std::variant_size_v<decltype(Event::what)>);
  std::vector<std::string> types;
  for (std::size_t i = 0; i < all.size(); ++i) {
    REQUIRE(all[i].what.index() == i);
    const std::string text = event_to_text(all[i]);
    CAPTURE(text);
    CHECK(text.back() == '\n');
    CHECK(same(event_from_text(text, "event/1.json"), all[i]));
    types.push_back(nlohmann::json::parse(text).at("type"));
  }
  // These words stand in logs: they never change.
  CHECK(types == std::vector<std::string>{
                     "rules_loaded", "seen_again", "marked", "vanished", "refused", "sending_begun",
                     "sending_ended", "rows_ordered", "outbox_paused", "outbox_resumed", "acted",
                     "undone", "routed", "passed_by", "letters_ordered", "paper_checked", "check_late"});
}

TEST_CASE("an event that is not understood names its entry") {
  const std::string good = event_to_text(event(SendingBegun{.token = "pt-1"}));
  const auto without = [&](const char* key) {
    nlohmann::json json = nlohmann::json::parse(good);
    json.erase(key);
    return json.dump();
  };
  const auto with = [&](const char* key, const nlohmann::json& value) {
    nlohmann::json json = nlohmann::json::parse(good);
    json[key] = value;
    return json.dump();
  };
  const std::string rows[] = {"",
                              "{",
                              "[]",
                              without("schema"),
                              without("type"),
                              without("at"),
                              without("actor"),
                              without("token"),
                              with("type", "rules_unloaded"),
                              with("type", 3),
                              with("schema", "papertray/event/2"),
                              with("at", "yesterday"),
                              with("token", nullptr),
                              with("token", {{"hex", "abc"}}),
                              with("token", {{"hex", "zz"}}),
                              with("type", "sending_ended")};
  for (const std::string& row : rows) {
    CAPTURE(row);
    const std::string text = failure_of([&] { event_from_text(row, "event/17.json in 000001.tar"); });
    CHECK(text.find("event/17.json in 000001.tar") != std::string::npos);
  }
  CHECK(failure_of([&] {
          event_from_text(with("type", "rules_unloaded"), "x");
        }).find("rules_unloaded") != std::string::npos);
  CHECK(failure_of([&] { event_from_text(with("added_later", 1), "x"); }) == "");
}
