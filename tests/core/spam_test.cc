#include "core/spam.h"

#include <doctest/doctest.h>

#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

namespace {

struct Row {
  std::string subject;
  bool brings_pdf;
  std::string auto_submitted;  // "" for none
  Fate elsewhere;              // what it would be in the inbox
  Fate fate;
  std::string track;
  std::string reason;
};

Decision decided(const Row& row) {
  Message message = mail(row.subject);
  if (row.brings_pdf) message.parts.push_back(pdf("paper.pdf"));
  if (!row.auto_submitted.empty()) message.headers.push_back({"Auto-Submitted", row.auto_submitted});
  return route(message, workshop_rules());
}

}  // namespace

TEST_CASE("in a spam folder: what names a track waits for a person, the rest is ignored") {
  const std::string where = "found in the spam folder `Junk`: ";
  const Row rows[] = {
      {"NIPS Workshop Papers", true, "", Fate::recorded, Fate::triage, "papers",
       where + "subject `NIPS Workshop Papers`, with a PDF"},
      {"NIPS Workshop Questions", false, "", Fate::recorded, Fate::triage, "questions",
       where + "subject `NIPS Workshop Questions`, with a text"},
      {"NIPS Workshop Paper", true, "", Fate::recorded, Fate::triage, "papers",
       where + "subject near `NIPS Workshop Papers`, with a PDF"},
      {"NIPS Workshop Paper", false, "", Fate::triage, Fate::triage, "",
       where + "the subject is near `NIPS Workshop Papers`, but no PDF came with it"},
      {"NIPS Workshop Papers", false, "", Fate::triage, Fate::triage, "papers",
       where + "subject `NIPS Workshop Papers`, but no PDF came with it"},
      {"NIPS Workshop Papers", true, "auto-replied", Fate::recorded, Fate::triage, "papers",
       where + "subject `NIPS Workshop Papers`, with a PDF"},
      {"NIPS Workshop Papers", false, "auto-replied", Fate::ignored, Fate::ignored, "",
       where + "automatic mail (Auto-Submitted: auto-replied)"},
      {"Cheap watches", false, "", Fate::triage, Fate::ignored, "",
       where + "the subject matches no track"},
      {"Invoice 4711", true, "", Fate::triage, Fate::ignored, "",
       where + "the subject matches no track, though the mail brings a PDF"},
      {"", false, "", Fate::triage, Fate::ignored, "", where + "the subject matches no track"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.subject);
    const Decision elsewhere = decided(row);
    CHECK(fate_name(elsewhere.fate) == fate_name(row.elsewhere));
    const Decision decision = in_spam_folder(elsewhere, "Junk");
    CHECK(fate_name(decision.fate) == fate_name(row.fate));
    CHECK(decision.track == row.track);
    CHECK(decision.reason == row.reason);
    CHECK(decision.answer == Answer::none);
    CHECK(decision.problem == Problem::none);
    CHECK(decision.paper == -1);
    CHECK(decision.notes == elsewhere.notes);
    CHECK(decision.trace.size() == elsewhere.trace.size() + 2);
    CHECK(decision.trace.back() == std::string(fate_name(row.fate)) + ": " + row.reason);
  }
}

TEST_CASE("in a spam folder: what cannot be read stays in quarantine") {
  Decision decision;
  decision.fate = Fate::quarantined;
  decision.reason = "too deep";
  decision = in_spam_folder(decision, "Junk");
  CHECK(decision.fate == Fate::quarantined);
  CHECK(decision.reason == "found in the spam folder `Junk`: too deep");
}

TEST_CASE("a spam folder's name is shown without what a terminal would obey") {
  CHECK(in_spam_folder({}, "Ju\x1bnk").reason.find('\x1b') == std::string::npos);
  CHECK(moved_from_spam("Ju\nnk").find('\n') == std::string::npos);
  CHECK(moved_from_spam("Junk") == "was in the spam folder `Junk` at first, until somebody moved it");
}
