#include "report/json.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "report/json_value.h"
#include "report/samples.h"

namespace papertray {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> names(const Json& object) {
  std::vector<std::string> all;
  for (const auto& [name, value] : object.items())
    all.push_back(name);
  return all;
}

// DESIGN fixes these; what comes after them is an addition.
void check_begins(const Json& object, const std::vector<std::string>& fixed) {
  std::vector<std::string> found = names(object);
  REQUIRE(found.size() >= fixed.size());
  found.resize(fixed.size());
  CHECK(found == fixed);
}

}  // namespace

TEST_CASE("an object written at once is the one printed from a tree, whatever it holds") {
  const std::string texts[] = {"",
                               "plain",
                               "a \"quoted\" word and C:\\dir",
                               std::string("tab\tline\nzero\0end", 17),
                               "\x7f \xc2\x85 \u202eevil\u202c \u200b",
                               "caf\u00e9 \U0001f4a9 \U000e0041",
                               "cut \xe2\x82 and \xff"};
  json::ListPrinter at_once("list-things");
  json::ListPrinter by_tree("list-things");
  const Time time{Seconds{1'509'750'000}};
  for (const std::string& text : texts) {
    json::ObjectWriter item = at_once.add();
    item.words("id", text);
    item.number("margin_s", std::int64_t{-5});
    item.number("pages", std::optional<int>(3));
    item.number("nothing", std::optional<int>());
    item.flag("on_time", true);
    item.time("received_at", time);
    json::ObjectWriter inner = item.object("inner");
    inner.words("text", text);
    inner.none("null");
    inner.end();
    item.object("empty").end();
    item.end();
    by_tree.add({{"id", json::words(text)},
                 {"margin_s", -5},
                 {"pages", 3},
                 {"nothing", nullptr},
                 {"on_time", true},
                 {"received_at", json::time(time)},
                 {"inner", {{"text", json::words(text)}, {"null", nullptr}}},
                 {"empty", Json::object()}});
  }
  CHECK(at_once.take() == by_tree.take());
}

TEST_CASE("status has the fixed fields in their order") {
  const Json status = Json::parse(status_json(sample::status(), sample::now()));
  check_begins(status, {"schema", "workshop", "messages", "tracks", "outbox", "deadlines", "mailbox"});
  CHECK(status["schema"] == "papertray/status/1");
  CHECK(status["workshop"] == "Deep Learning At Supercomputer Scale");
  check_begins(status["messages"],
               {"total", "recorded", "triage", "ignored", "quarantined", "vanished"});
  CHECK(names(status["tracks"]) == std::vector<std::string>{"papers", "questions"});
  for (const Json& track : status["tracks"])
    check_begins(track,
                 {"submissions", "on_time", "late", "accepted", "rejected", "withdrawn", "final"});
  check_begins(status["outbox"], {"queued", "sent", "failed", "suppressed", "unknown"});
  check_begins(status["deadlines"][0], {"track", "kind", "at", "passed"});
  CHECK(status["deadlines"][0]["at"] == "2017-11-04T00:59:59Z");
  check_begins(status["mailbox"], {"last_contact", "state"});
  CHECK(status["tracks"]["papers"]["late"] == 3);
  CHECK(status["messages"]["total"] == 1059);
}

TEST_CASE("a deadline has passed from the second after its last") {
  const Time last = sample::status().deadlines[0].at;
  const auto passed = [](Time now) {
    return Json::parse(status_json(sample::status(), now))["deadlines"][0]["passed"].get<bool>();
  };
  CHECK_FALSE(passed(last - Seconds(1)));
  CHECK_FALSE(passed(last));
  CHECK(passed(last + Seconds(1)));
}

TEST_CASE("no contact yet is null") {
  StatusView view = sample::status();
  view.mailbox.last_contact.reset();
  CHECK(Json::parse(status_json(view, sample::now()))["mailbox"]["last_contact"].is_null());
}

TEST_CASE("lists have the fixed fields in their order") {
  const auto check_list = [](const std::string& text, const char* schema,
                             const std::vector<std::string>& fixed) {
    CAPTURE(schema);
    const Json list = Json::parse(text);
    CHECK(names(list) == std::vector<std::string>{"schema", "items"});
    CHECK(list["schema"] == schema);
    REQUIRE(!list["items"].empty());
    for (const Json& item : list["items"])
      check_begins(item, fixed);
  };
  check_list(papers_json(sample::papers()), "papertray/list-papers/1",
             {"id", "title", "submitter", "versions", "received_at", "on_time", "margin_s", "state",
              "pages", "findings", "sha256"});
  check_list(questions_json(sample::questions()), "papertray/list-questions/1",
             {"id", "asker", "text", "received_at", "on_time", "panel"});
  const std::vector<std::string> message = {"id",   "message_id", "from",  "subject",    "received_at",
                                            "fate", "reason",     "track", "submission", "sha256"};
  check_list(messages_json(sample::messages()), "papertray/list-messages/1", message);
  check_list(triage_json(sample::messages()), "papertray/list-triage/1", message);
  check_list(outbox_json(sample::outbox()), "papertray/list-outbox/1",
             {"id", "kind", "to", "state", "attempts", "reason", "submission"});
}

TEST_CASE("an empty list has no items") {
  CHECK(papers_json({}) == "{\n  \"schema\": \"papertray/list-papers/1\",\n  \"items\": []\n}\n");
}

TEST_CASE("what there is not is null, what is unknown is null") {
  const Json papers = Json::parse(papers_json(sample::papers()));
  CHECK(papers["items"][0]["pages"] == 2);
  CHECK(papers["items"][2]["pages"].is_null());
  const Json messages = Json::parse(messages_json(sample::messages()));
  CHECK(messages["items"][1]["track"].is_null());
  CHECK(messages["items"][1]["submission"].is_null());
  CHECK(messages["items"][1]["message_id"] == "");
  CHECK(Json::parse(questions_json(sample::questions()))["items"][1]["panel"].is_null());
}

TEST_CASE("a question's words, its mail's, and how many it asks") {
  const Json version = Json::parse(submission_json(sample::question()))["versions"][0];
  CHECK(version["text"] == "1. Where?\n2. And when?");
  CHECK(version["full_text"] == "1. Where?\n2. And when?\n\n> old\n");
  CHECK(version["questions"] == 2);
  ShownSubmission whole = sample::question();
  whole.versions[0].full_text.clear();
  CHECK(Json::parse(submission_json(whole))["versions"][0]["full_text"] == "1. Where?\n2. And when?");
  const Json paper = Json::parse(submission_json(sample::submission()))["versions"][0];
  CHECK(paper["full_text"].is_null());
  CHECK(paper["questions"].is_null());
  QuestionRow row = sample::questions()[0];
  row.text = "Where? When?\n> Why?";
  CHECK(Json::parse(questions_json({row}))["items"][0]["questions"] == 2);
}

TEST_CASE("explain of a file that was never taken in") {
  ExplainView view = sample::explanation();
  view.submission.clear();
  view.recorded_fate.reset();
  view.may_reply = {.yes = false, .to = "left@over", .reason = "List-Id"};
  const Json json = Json::parse(explain_json(view));
  CHECK(json["submission"].is_null());
  CHECK(json["on_record"].is_null());
  CHECK(json["may_reply"]["to"].is_null());
  CHECK(json["may_reply"]["reason"] == "List-Id");
  CHECK(json["clocks"]["counted"] == "internaldate");
  CHECK(json["clocks"]["mbox_from"].is_null());
}

TEST_CASE("characters that steer a terminal are escaped, and come back whole") {
  const std::string hostile = "a\x1b[2J\x7f\u0085\u202Eb\u2066\u200B\u2028\U000E0041\u00e9\n\"\\";
  MessageRow row = sample::messages()[0];
  row.subject = hostile;
  row.from = "b\xff\xfe";
  const std::string text = messages_json({row});
  for (const char* raw :
       {"\x1b", "\x7f", "\u0085", "\u202E", "\u2066", "\u200B", "\u2028", "\U000E0041"})
    CHECK(text.find(raw) == std::string::npos);
  CHECK(text.find("\u00e9") != std::string::npos);
  const Json item = Json::parse(text)["items"][0];
  CHECK(item["subject"] == hostile);
  CHECK(item["from"] == "b\uFFFD\uFFFD");
}

}  // namespace papertray
