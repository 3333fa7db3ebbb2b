// What a letter or a receipt about a submission that is there would tell.
#pragma once

#include "core/receipt.h"
#include "core/rules.h"
#include "report/reader.h"

namespace papertray {

// Throws Failure (not_there) when it has no version.
ReceiptFacts letter_facts(const ShownSubmission& shown, ReceiptKind kind, const Track& track);

// The deadline that such a letter is about, and how the version stands to it.
void complete_facts(ReceiptFacts& facts, ReceiptKind kind, const Track& track);

}  // namespace papertray
