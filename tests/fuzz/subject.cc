// Subjects, addresses' parts and what decides by them, without a mail around them.
#include "core/subject.h"

#include "core/bounce.h"
#include "core/may_reply.h"
#include "core/printable.h"
#include "core/route.h"
#include "core/submission.h"
#include "fuzz/target.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  const auto cut = text.find('\n');
  Message message;
  message.subject = text.substr(0, cut);
  message.text = cut == std::string::npos ? "" : text.substr(cut + 1);
  message.from.push_back({message.subject, message.text.substr(0, message.text.find('\n'))});
  message.headers.push_back({"Auto-Submitted", message.subject});
  message.headers.push_back({"Return-Path", message.from.front().address});

  Rules rules;
  rules.tracks.resize(2);
  rules.tracks[0].id = "papers";
  rules.tracks[0].subjects = {"NIPS Workshop Papers"};
  rules.tracks[0].needs = Needs::pdf;
  rules.tracks[1].id = "questions";
  rules.tracks[1].subjects = {"NIPS Workshop Questions"};

  const Decision decision = route(message, rules);
  fuzz::expect(!decision.reason.empty(), "a decision has its reason");
  const MayReply reply = may_reply(message, {"desk@example.org"});
  fuzz::expect(reply.yes || !reply.reason.empty(), "a refusal has its reason");
  number_in_subject(message.subject, "P");
  subject_remainder(message.subject, "NIPS Workshop Papers");
  const std::string line = one_line(message.subject);
  fuzz::expect(line.find_first_of("\r\n\x1b") == std::string::npos, "what is shown is one line");
  return 0;
}
