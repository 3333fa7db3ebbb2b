#include "core/possibly_forged.h"

namespace papertray {

Decision with_proof(Decision decision, const Authentication& proof) {
  if (proof.proof == SenderProof::unasked) return decision;
  decision.trace.push_back("sender: " + proof.reason);
  if (proof.proof != SenderProof::failed) return decision;
  if (decision.fate != Fate::recorded && decision.fate != Fate::triage) return decision;
  decision.fate = Fate::triage;
  decision.answer = Answer::none;
  decision.reason = "possibly forged (" + proof.reason + "): " + decision.reason;
  decision.trace.push_back("triage: " + decision.reason);
  return decision;
}

VersionMatch with_proof(VersionMatch match, const Authentication& proof, const std::string& label) {
  const bool doubtful = proof.proof == SenderProof::missing || proof.proof == SenderProof::failed;
  if (match.match != Match::version || !doubtful) return match;
  return {.match = Match::fresh,
          .candidate = -1,
          .reason = "a submission of its own, since its sender is not proven",
          .note = "seems a version of " + label + ", but " + proof.reason};
}

}  // namespace papertray
