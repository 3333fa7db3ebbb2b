#include "inspect/readable.h"

#include <nlohmann/json.hpp>

#include "core/may_reply.h"
#include "core/reply_text.h"
#include "core/route.h"
#include "core/sample_rules.h"

namespace papertray::test {
namespace {

using Json = nlohmann::ordered_json;

Json addresses(const std::vector<Address>& all) {
  Json list = Json::array();
  for (const Address& one : all)
    list.push_back({{"name", one.name}, {"address", one.address}});
  return list;
}

Json part_of(const Part& part) {
  Json json{{"path", part.path}, {"type", part.type}};
  if (!part.name.empty()) json["name"] = part.name;
  if (!part.disposition.empty()) json["disposition"] = part.disposition;
  json["size"] = part.size;
  json["sha256"] = part.sha256;
  if (part.pdf) json["pdf"] = true;
  if (part.in_attached_message) json["in_attached_message"] = true;
  if (part.container == Container::zip) json["within"] = "zip";
  if (part.container == Container::tnef) json["within"] = "winmail.dat";
  if (part.container == Container::uuencode) json["within"] = "uuencoded text";
  return json;
}

Json report_of(const DeliveryReport& report) {
  Json json = Json::object();
  const auto put = [&](const char* name, std::string_view text) {
    if (!text.empty()) json[name] = text;
  };
  put("action", report_action_name(report.action));
  put("status", report.status);
  put("recipient", report.recipient);
  put("original_recipient", report.original_recipient);
  put("diagnostic", report.diagnostic);
  put("message_id", report.message_id);
  put("token", report.token);
  return json;
}

constexpr const char* problem_name(Problem problem) {
  switch (problem) {
    case Problem::none:
      break;
    case Problem::no_pdf:
      return "no PDF";
    case Problem::link_only:
      return "only a link";
    case Problem::other_format:
      return "another format";
    case Problem::sealed:
      return "encrypted";
    case Problem::empty_text:
      return "no question";
    case Problem::too_large:
      return "too large";
    case Problem::damaged:
      return "a damaged PDF";
  }
  return "";
}

// What becomes of it at a desk that asks for papers and questions.
Json decided(const Message& message) {
  const Decision decision = route(message, workshop_rules());
  Json json{{"fate", fate_name(decision.fate)}};
  if (!decision.track.empty()) json["track"] = decision.track;
  if (decision.fate != Fate::recorded) json["reason"] = decision.reason;
  if (decision.problem != Problem::none) json["problem"] = problem_name(decision.problem);
  if (decision.paper >= 0) {
    const Part& paper = message.parts[static_cast<std::size_t>(decision.paper)];
    json["paper"] = paper.path + (paper.name.empty() ? "" : " " + paper.name);
  }
  json["notes"] = decision.notes;
  if (decision.answer == Answer::question) {
    const ReplyText reply = reply_text(message.text);
    json["asks"] = reply.said;
    json["questions"] = count_questions(reply.said);
  }
  const MayReply answer = may_reply(message, {desk, "desk@example.com"});
  if (!answer.yes) json["unanswered"] = answer.reason;
  return json;
}

void drop_empty(Json& json) {
  for (auto it = json.begin(); it != json.end();)
    it = it->is_array() && it->empty() ? json.erase(it) : std::next(it);
}

}  // namespace

std::string readable(const Inspected& inspected) {
  if (!inspected.quarantine.empty()) return Json{{"quarantine", inspected.quarantine}}.dump(2) + "\n";
  const Message& m = inspected.message;
  Json json;
  json["headers"] = Json::array();
  for (const Header& header : m.headers)
    json["headers"].push_back(header.name + ": " + header.value);
  json["from"] = addresses(m.from);
  json["sender"] = addresses(m.sender);
  json["reply_to"] = addresses(m.reply_to);
  json["to"] = addresses(m.to);
  if (m.return_path) json["return_path"] = *m.return_path;
  json["subject"] = m.subject;
  if (!m.message_id.empty()) json["message_id"] = m.message_id;
  json["in_reply_to"] = m.in_reply_to;
  json["references"] = m.references;
  const auto time = [&](const char* name, const std::optional<Time>& value) {
    if (value) json[name] = rfc3339(*value);
  };
  time("date", m.date);
  time("received", m.received);
  time("delivery_date", m.delivery_date);
  json["type"] = m.type;
  json["parts"] = Json::array();
  for (const Part& part : m.parts)
    json["parts"].push_back(part_of(part));
  json["text"] = m.text;
  json["text_from"] = m.text_from == TextOrigin::plain  ? "plain"
                      : m.text_from == TextOrigin::html ? "html"
                                                        : "none";
  json["links"] = m.links;
  if (m.sealed != Sealed::no) json["sealed"] = m.sealed == Sealed::smime ? "smime" : "pgp";
  json["notes"] = m.notes;
  if (m.report) json["report"] = report_of(*m.report);
  json["decided"] = decided(m);
  drop_empty(json["decided"]);
  drop_empty(json);
  return json.dump(2) + "\n";
}

}  // namespace papertray::test
