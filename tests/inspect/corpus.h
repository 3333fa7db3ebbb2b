// Other projects' test mails, where they lie beside this checkout. Nothing of them is copied, run or
// opened.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inspect/fake_mail.h"

namespace papertray::test {

struct CorpusMail {
  std::string name;  // below the corpus: "mail/sisimai/dos/rfc3834-01.eml"
  std::string bytes;
};

// Beside this checkout, or where the environment's PAPERTRAY_CORPUS says.
std::filesystem::path corpus_folder();

// Every mail of the set ("/mail", "/mail/sisimai/mac"), by name. What lies beside the mails (expected
// results and the like) is left out. Says so and gives nothing when the set is not there.
std::vector<CorpusMail> corpus_mails(const std::string& set);

// The same, for the inspector.
Mails as_mails(const std::vector<CorpusMail>& corpus);

}  // namespace papertray::test
