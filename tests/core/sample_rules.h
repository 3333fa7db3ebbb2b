// The workshop's rules and a few mails, as the policies see them.
#pragma once

#include <string>

#include "core/deadline.h"
#include "core/message.h"
#include "core/rules.h"
#include "core/time.h"

namespace papertray::test {

inline const std::string desk = "supercomputersfordl2017@gmail.com";

inline Time at(const std::string& rfc3339_text) {
  return parse_rfc3339(rfc3339_text).value();
}

inline Rules workshop_rules() {
  Rules rules;
  rules.workshop = "Deep Learning At Supercomputer Scale";
  rules.timezone = "America/Los_Angeles";
  rules.address = desk;
  rules.own_addresses = {desk};
  Track papers;
  papers.id = "papers";
  papers.prefix = "P";
  papers.subjects = {"NIPS Workshop Papers"};
  papers.needs = Needs::pdf;
  papers.due = parse_deadline("2017-11-03 16:59 PST", rules.timezone);
  papers.final_due = parse_deadline("2017-11-28", rules.timezone);
  papers.paper = "letter";
  papers.pages = 2;
  papers.style = "nips2017";
  Track questions;
  questions.id = "questions";
  questions.prefix = "Q";
  questions.subjects = {"NIPS Workshop Questions"};
  questions.needs = Needs::text;
  questions.panels = 2;
  rules.tracks = {papers, questions};
  return rules;
}

inline Message mail(const std::string& subject, const std::string& text = "Please find it attached.") {
  Message message;
  message.from = {{"Ada", "ada@lab.example"}};
  message.to = {{"", desk}};
  message.return_path = "ada@lab.example";
  message.subject = subject;
  message.type = "multipart/mixed";
  message.text = text;
  message.text_from = text.empty() ? TextOrigin::none : TextOrigin::plain;
  message.message_id = "1@lab.example";
  return message;
}

inline Part pdf(const std::string& name, std::uint64_t size = 48'123) {
  Part part;
  part.path = "2";
  part.type = "application/pdf";
  part.name = name;
  part.disposition = "attachment";
  part.size = size;
  part.sha256 = std::string(64, 'a');
  part.pdf = true;
  return part;
}

inline Part attachment(const std::string& type, const std::string& name) {
  Part part = pdf(name);
  part.type = type;
  part.pdf = false;
  return part;
}

}  // namespace papertray::test
