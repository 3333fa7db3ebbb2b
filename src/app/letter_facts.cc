#include "app/letter_facts.h"

#include "core/error.h"

namespace papertray {
namespace {

// The version that such a receipt would be about: the one that counts, for lateness the newest late one.
const VersionRow* version_for(const ShownSubmission& shown, ReceiptKind kind) {
  const VersionRow* chosen = nullptr;
  for (const VersionRow& row : shown.versions)
    if (kind == ReceiptKind::late ? !row.on_time : row.counts) chosen = &row;
  return chosen ? chosen : shown.versions.empty() ? nullptr : &shown.versions.back();
}

}  // namespace

ReceiptFacts letter_facts(const ShownSubmission& shown, ReceiptKind kind, const Track& track) {
  const VersionRow* row = version_for(shown, kind);
  if (!row)
    throw Failure({Scope::program, Again::person, Exit::not_there,
                   shown.id + " has no version that a receipt could tell of"});
  ReceiptFacts facts;
  facts.label = shown.id;
  facts.version = row->version;
  facts.received = row->received;
  facts.file_name = row->file_name;
  facts.size = row->size;
  facts.sha256 = row->sha256;
  facts.title = shown.title;
  if (row->check) facts.checked = row->check->paper;
  // How it would read, had it come too late.
  if (kind == ReceiptKind::late && row->on_time && track.due)
    facts.received = track.due->last + Seconds(1);
  facts.problem = Problem::no_pdf;
  if (track.needs == Needs::text) facts.question = row->text;
  for (const VersionRow& other : shown.versions)
    if (other.counts && other.on_time && other.version != row->version)
      facts.counts_version = other.version;
  for (const MessageRow& message : shown.messages)
    if (message.id == row->message) facts.sender_subject = message.subject;
  return facts;
}

void complete_facts(ReceiptFacts& facts, ReceiptKind kind, const Track& track) {
  facts.kind = kind;
  facts.due = kind == ReceiptKind::final_copy ? track.final_due : track.due;
  facts.lateness = lateness(facts.due, facts.received);
}

}  // namespace papertray
