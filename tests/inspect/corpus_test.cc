// Other projects' test mails, where they lie beside this one: none of them ends a worker.
#include "inspect/corpus.h"

#include <doctest/doctest.h>

using namespace papertray;
using namespace papertray::test;

TEST_CASE("every mail of the corpora is answered") {
  std::vector<CorpusMail> corpus = corpus_mails("/mail");
  for (CorpusMail& mail : corpus_mails("/mail-gpl"))
    corpus.push_back(std::move(mail));
  WorkerInspector inspector(real_worker());
  std::size_t pdfs = 0;
  std::size_t answered = 0;
  inspector.inspect(as_mails(corpus), [&](std::size_t index, const Inspected& inspected) {
    CAPTURE(corpus[index].name);
    CHECK(inspected.quarantine == "");
    ++answered;
    for (const Part& part : inspected.message.parts) {
      if (!part.pdf) continue;
      ++pdfs;
      CHECK(pdf_bytes(*inspected.parts, part).size() == part.size);
    }
  });
  CHECK(answered == corpus.size());
  if (!corpus.empty()) MESSAGE(answered << " mails, " << pdfs << " PDFs");
}
