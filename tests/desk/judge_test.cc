// What a person may do in which state: the whole tables.
#include "desk/judge.h"

#include <array>
#include <vector>

#include <doctest/doctest.h>

using namespace papertray;

namespace {

using enum SubmissionState;
constexpr std::array states = {submitted, accepted, rejected, withdrawn};

Standing standing(SubmissionState state, int late = 0) {
  return {.id = "P-7", .track = "papers", .state = state, .paper = true, .late = late};
}

Standing question(int panels = 2, int panel = 0) {
  Standing one{.id = "Q-3", .track = "questions"};
  one.paper = false;
  one.panels = panels;
  one.panel = panel;
  return one;
}

}  // namespace

TEST_CASE("every act in every state") {
  constexpr Step act = Step::act, already = Step::already, refuse = Step::refuse;
  struct Row {
    ActKind kind;
    std::array<Step, 4> steps;  // submitted, accepted, rejected, withdrawn
  };
  const Row rows[] = {
      {ActKind::accept, {act, already, act, refuse}},
      {ActKind::reject, {act, act, already, refuse}},
      {ActKind::withdraw, {act, act, act, already}},
      {ActKind::excuse, {act, act, act, act}},
      // These have functions of their own.
      {ActKind::merge, {refuse, refuse, refuse, refuse}},
      {ActKind::panel, {refuse, refuse, refuse, refuse}},
      {ActKind::dismiss, {refuse, refuse, refuse, refuse}},
      {ActKind::route, {refuse, refuse, refuse, refuse}},
      {ActKind::notify, {refuse, refuse, refuse, refuse}},
      {ActKind::title, {refuse, refuse, refuse, refuse}},
      {ActKind::authors, {refuse, refuse, refuse, refuse}},
      // Of questions alone.
      {ActKind::hide, {refuse, refuse, refuse, refuse}},
      {ActKind::restore, {refuse, refuse, refuse, refuse}},
  };
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      CAPTURE(act_name(row.kind));
      CAPTURE(state_name(states[i]));
      const ActVerdict verdict = judge_act(row.kind, standing(states[i], 1));
      CHECK(verdict.step == row.steps[i]);
      CHECK(verdict.text.empty() == (row.steps[i] == act));
      Standing merged = standing(states[i], 1);
      merged.merged_into = "P-3";
      CHECK(judge_act(row.kind, merged).step == refuse);
      CHECK(judge_act(row.kind, merged).text.find("P-3") != std::string::npos);
    }
  }
  CHECK(judge_act(ActKind::excuse, standing(submitted, 0)).step == already);
  CHECK(judge_act(ActKind::accept, question()).step == refuse);
  CHECK(judge_act(ActKind::reject, question()).step == refuse);
  CHECK(judge_act(ActKind::withdraw, question()).step == act);
}

TEST_CASE("which two become one") {
  const auto named = [](const char* id, const char* track, SubmissionState state,
                        const char* into = "") {
    Standing one{.id = id, .track = track, .state = state};
    one.merged_into = into;
    return one;
  };
  for (const SubmissionState from : states)
    for (const SubmissionState into : states) {
      CAPTURE(state_name(from));
      CAPTURE(state_name(into));
      // Only what is undecided goes; it may go into anything.
      CHECK((judge_merge(named("P-9", "papers", from), named("P-7", "papers", into)).step ==
             Step::act) == (from == submitted));
    }
  const Standing plain = named("P-7", "papers", submitted);
  CHECK(judge_merge(plain, plain).step == Step::refuse);
  CHECK(judge_merge(named("Q-1", "questions", submitted), plain).step == Step::refuse);
  CHECK(judge_merge(named("P-9", "papers", submitted, "P-7"), plain).step == Step::already);
  CHECK(judge_merge(named("P-9", "papers", submitted, "P-1"), plain).step == Step::refuse);
  CHECK(judge_merge(plain, named("P-9", "papers", submitted, "P-1")).step == Step::refuse);
  CHECK(state_after(ActKind::merge, withdrawn) == submitted);
  CHECK(state_after(ActKind::merge, accepted) == accepted);
}

TEST_CASE("panels are those of the rules") {
  struct Row {
    int panels, is, wanted;
    Step step;
  };
  const Row rows[] = {
      {2, 0, 1, Step::act},     {2, 0, 2, Step::act}, {2, 0, 3, Step::refuse},  {2, 0, -1, Step::refuse},
      {2, 1, 1, Step::already}, {2, 1, 0, Step::act}, {2, 0, 0, Step::already}, {0, 0, 1, Step::refuse},
  };
  for (const Row& row : rows) {
    CAPTURE(row.panels);
    CAPTURE(row.is);
    CAPTURE(row.wanted);
    CHECK(judge_panel(question(row.panels, row.is), row.wanted).step == row.step);
  }
}

TEST_CASE("questions are hidden and restored") {
  Standing one = question();
  CHECK(judge_act(ActKind::hide, one).step == Step::act);
  CHECK(judge_act(ActKind::restore, one).step == Step::already);
  one.hidden = true;
  CHECK(judge_act(ActKind::hide, one).step == Step::already);
  CHECK(judge_act(ActKind::restore, one).step == Step::act);
  one.merged_into = "Q-1";
  CHECK(judge_act(ActKind::restore, one).step == Step::refuse);
}

TEST_CASE("messages: what may be dismissed and what may be routed") {
  struct Row {
    Fate fate;
    int open_notes;
    Step dismiss, route;
  };
  const Row rows[] = {
      {Fate::triage, 0, Step::act, Step::act},      {Fate::triage, 1, Step::act, Step::act},
      {Fate::quarantined, 0, Step::act, Step::act}, {Fate::ignored, 0, Step::already, Step::act},
      {Fate::ignored, 1, Step::act, Step::act},     {Fate::recorded, 0, Step::refuse, Step::refuse},
      {Fate::recorded, 1, Step::act, Step::refuse}, {Fate::vanished, 0, Step::refuse, Step::refuse},
  };
  for (const Row& row : rows) {
    CAPTURE(fate_name(row.fate));
    CAPTURE(row.open_notes);
    const MessageStanding message{
        .id = "M-1", .fate = row.fate, .submission = "", .open_notes = row.open_notes};
    CHECK(judge_dismiss(message).step == row.dismiss);
    CHECK(judge_route(message).step == row.route);
  }
  CHECK(judge_route_into(standing(submitted)).step == Step::act);
  CHECK(judge_route_into(standing(accepted)).step == Step::act);
  CHECK(judge_route_into(standing(withdrawn)).step == Step::refuse);
}

TEST_CASE("a title is put right in every state, of papers alone") {
  for (const SubmissionState state : states) {
    CAPTURE(state_name(state));
    CHECK(judge_correction(standing(state), "", "The Right One").step == Step::act);
    CHECK(judge_correction(standing(state), "The Right One", "The Right One").step == Step::already);
    CHECK(judge_correction(standing(state), "The Right One", "").step == Step::act);
    CHECK(judge_correction(standing(state), "", "").step == Step::already);
  }
  CHECK(judge_correction(question(), "", "A Question").step == Step::refuse);
  Standing merged = standing(submitted);
  merged.merged_into = "P-3";
  const ActVerdict verdict = judge_correction(merged, "", "The Right One");
  CHECK(verdict.step == Step::refuse);
  CHECK(verdict.text.find("P-3") != std::string::npos);
}

TEST_CASE("what is undone: the last thing, when nothing rests on it") {
  CHECK(judge_undo({}, "carla").step == Step::refuse);
  CHECK(judge_undo({.command = "accept P-7"}, "carla").step == Step::act);
  const LastDone held[] = {{.command = "accept P-7", .later = "bob's `reject P-7`"},
                           {.command = "accept P-7", .changed = "P-7 is withdrawn"},
                           {.command = "route M-1 papers", .routed = "M-1 was taken as P-9"}};
  for (const LastDone& last : held) {
    CAPTURE(last.command);
    CHECK(judge_undo(last, "carla").step == Step::refuse);
    CHECK(judge_undo(last, "carla").text.find(last.command) != std::string::npos);
  }
}

TEST_CASE("every act has its word and finds back") {
  for (const ActKind kind : {ActKind::accept, ActKind::reject, ActKind::withdraw, ActKind::excuse,
                             ActKind::merge, ActKind::panel, ActKind::dismiss, ActKind::route,
                             ActKind::hide, ActKind::restore, ActKind::notify}) {
    CHECK(act_from_name(act_name(kind)) == kind);
    CHECK_FALSE(act_words({.kind = kind, .id = "P-9", .into = "P-7", .panel = 1, .note = ""}).empty());
  }
  CHECK(act_from_name("perhaps") == std::nullopt);
}
