// The worker counts as hostile: its JSON is checked as if a stranger had written it.
#include "inspect/answer_reader.h"

#include <doctest/doctest.h>

#include "inspect/caps.h"
#include "inspect/json_writer.h"

using namespace papertray;

namespace {

const std::string sha(64, '0');

std::string part(const std::string& path, const std::string& disposition, const std::string& size,
                 const std::string& hash, const std::string& offset, const std::string& container = "0",
                 const std::string& kind = "1") {
  return R"({"parts":[")" + path + R"(","application/pdf","n",")" + disposition + "\"," + size + ",\"" +
         hash + "\",true,false," + offset + "," + container + "," + kind + "]}";
}

std::string list(const std::string& field, std::size_t count, const std::string& item) {
  std::string json = "{\"" + field + "\":[";
  for (std::size_t i = 0; i < count; ++i)
    json += (i == 0 ? "" : ",") + item;
  return json + "]}";
}

std::string text(const std::string& field, std::size_t size) {
  return "{\"" + field + "\":\"" + std::string(size, 'x') + "\"}";
}

}  // namespace

TEST_CASE("a message comes through whole") {
  Message m;
  m.headers = {{"Subject", "a \"b\" \\ \x01\x1f\t\u2028"}, {"X", ""}};
  m.from = {{"Zoë", "zoe@example.org"}, {"", ""}};
  m.sender = {{"s", "s@example.org"}};
  m.reply_to = {{"r", "r@example.org"}};
  m.to = {{"", "t@example.org"}};
  m.return_path = "";
  m.subject = "質問";
  m.message_id = "m@x";
  m.in_reply_to = {"a@x"};
  m.references = {"b@x", "c@x"};
  m.date = Time{Seconds{-5}};
  m.received = Time{Seconds{1509753599}};
  m.type = "multipart/mixed";
  m.parts = {{"1.2", "application/pdf", "n.pdf", "inline", 9, sha, true, true, 3, Container::zip},
             {"2", "text/plain", "", "", 0, sha}};
  m.text = "line\nline\ttab\u0007\n";
  m.text_from = TextOrigin::html;
  m.links = {"https://example.org/"};
  m.sealed = Sealed::pgp;
  m.notes = {"note"};
  const std::string json = to_json(m);
  const AnswerRead read = read_answer(json, 12);
  CHECK(read.wrong == "");
  CHECK(read.refused == "");
  CHECK(to_json(read.message) == json);
  CHECK(read.message.headers[0].value == m.headers[0].value);
  CHECK(read.message.return_path == "");
  CHECK_FALSE(read.message.delivery_date);
  CHECK(read.message.parts[0].in_attached_message);
  CHECK(read.message.parts[0].offset == 3);
  CHECK(read.message.parts[0].container == Container::zip);
  CHECK(read.message.text == m.text);
}

TEST_CASE("nothing of a message: every field stays empty") {
  const AnswerRead read = read_answer("{}", 0);
  CHECK(read.wrong == "");
  CHECK_FALSE(read.message.return_path);
  CHECK(read.message.text_from == TextOrigin::none);
}

TEST_CASE("a refusal") {
  CHECK(read_answer(refusal_to_json("too \"much\""), 0).refused == "too \"much\"");
}

TEST_CASE("lies are seen") {
  const std::vector<std::pair<const char*, std::string>> rows = {
      {"empty", ""},
      {"cut", R"({"subject":"x")"},
      {"more behind", "{}{}"},
      {"no object", "[]"},
      {"a bare text", "\"x\""},
      {"an object within", R"({"subject":{}})"},
      {"a list within a list", R"({"notes":[[]]})"},
      {"a list for a text", R"({"subject":["x"]})"},
      {"a text for a list", R"({"notes":"x"})"},
      {"unknown field", R"({"admin":true})"},
      {"null in a list", R"({"notes":[null]})"},
      {"null for a text", R"({"subject":null})"},
      {"a number for a text", R"({"subject":1})"},
      {"a fraction", R"({"date":1.5})"},
      {"a date beyond", R"({"date":99999999999999})"},
      {"a date before", R"({"date":-99999999999999})"},
      {"a date in a list", R"({"notes":[1]})"},
      {"NUL", R"({"subject":"\u0000"})"},
      {"NUL in the text", R"({"text":"\u0000"})"},
      {"a line break", R"({"subject":"a\nb"})"},
      {"a line break in a name", R"({"from":["a\rb","c@d"]})"},
      {"no UTF-8", "{\"subject\":\"\xFF\"}"},
      {"half a surrogate", R"({"subject":"\ud800"})"},
      {"an address without its second half", R"({"from":["a"]})"},
      {"a header without its value", R"({"headers":["a"]})"},
      {"a part cut short", R"({"parts":["1","t"]})"},
      {"a part's size as text", part("1", "", "\"1\"", sha, "0")},
      {"a negative size", part("1", "", "-1", sha, "0")},
      {"a huge size", part("1", "", "18446744073709551615", sha, "0")},
      {"a huge offset", part("1", "", "1", sha, "18446744073709551615")},
      {"beyond the output", part("1", "", "5", sha, "96")},
      {"a container nobody knows", part("1", "", "1", sha, "0", "4")},
      {"a kind nobody knows", part("1", "", "1", sha, "0", "0", "11")},
      {"a path of letters", part("a", "", "1", sha, "0")},
      {"an empty path", part("", "", "1", sha, "0")},
      {"a strange disposition", part("1", "x", "1", sha, "0")},
      {"a short hash", part("1", "", "1", "abc", "0")},
      {"a hash in capitals", part("1", "", "1", std::string(64, 'A'), "0")},
      {"too many headers", list("headers", caps::headers * 2 + 2, "\"x\"")},
      {"too many addresses", list("to", caps::addresses * 2 + 2, "\"x\"")},
      {"too many ids", list("references", caps::message_ids + 1, "\"x\"")},
      {"too many links", list("links", caps::links + 1, "\"x\"")},
      {"too many notes", list("notes", caps::notes + 1, "\"x\"")},
      {"too much text", text("text", caps::text_bytes + 1)},
      {"too long a subject", text("subject", caps::one_header_bytes * 4 + 1)},
      {"too long a type", text("type", caps::name_bytes + 1)},
  };
  for (const auto& [name, json] : rows) {
    CAPTURE(std::string(name));
    CHECK(read_answer(json, 100).wrong != "");
  }
  // The same shapes, within their bounds, are no lies.
  CHECK(read_answer(part("1", "", "4", sha, "96"), 100).wrong == "");
  CHECK(read_answer(list("headers", caps::headers * 2, "\"x\""), 0).wrong == "");
  CHECK(read_answer(text("text", caps::text_bytes), 0).wrong == "");
}

TEST_CASE("ten million open brackets cost nothing") {
  CHECK(read_answer("{\"notes\":" + std::string(10'000'000, '['), 0).wrong != "");
}

TEST_CASE("a report comes through whole, and lies about it are seen") {
  Message m;
  const std::string token = "pt-0123456789abcdef01234567";
  m.report = {.action = ReportAction::failed,
              .status = "5.1.1",
              .recipient = "gone@example.org",
              .original_recipient = "ada@example.org",
              .diagnostic = "550 5.1.1 \"gone\"",
              .message_id = token + "@example.com",
              .token = token};
  const std::string json = to_json(m);
  const AnswerRead read = read_answer(json, 0);
  CHECK(read.wrong == "");
  REQUIRE(read.message.report);
  CHECK(read.message.report->action == ReportAction::failed);
  CHECK(read.message.report->token == token);
  CHECK(to_json(read.message) == json);
  CHECK_FALSE(read_answer(to_json(Message{}), 0).message.report);

  const auto report = [](const std::string& items) { return "{\"report\":[" + items + "]}"; };
  const std::string rest = R"(,"","","","","")";
  for (const std::string& lie :
       {report(R"("failed")"), report(R"("exploded","")" + rest), report(R"("","5.x.1")" + rest),
        report(R"("",")" + std::string(12, '5') + "\"" + rest), report(R"("","a\nb","","","","")"),
        report(R"("","","","","","","pt-0")"), report(R"("","","","","","","","x")"),
        report(R"("","","","","","","","","","","","","","")"), std::string(R"({"report":"failed"})"),
        report(R"("","","a\nb","","","","")"), report("1"),
        report(R"("","","",")" + std::string(caps::name_bytes + 1, 'x') + R"(","","","")")}) {
    CAPTURE(lie.substr(0, 80));
    CHECK(read_answer(lie, 0).wrong != "");
  }
}
