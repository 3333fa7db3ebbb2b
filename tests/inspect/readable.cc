#include "inspect/readable.h"

#include <nlohmann/json.hpp>

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
  drop_empty(json);
  return json.dump(2) + "\n";
}

}  // namespace papertray::test
