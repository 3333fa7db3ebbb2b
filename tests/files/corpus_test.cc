// Other people's mboxes, where they lie beside the source tree: each splits without losing a byte.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "files/from_line.h"
#include "files/mbox_reader.h"
#include "support/temp_dir.h"

using namespace papertray;
using namespace papertray::test;
namespace fs = std::filesystem;

namespace {

fs::path corpus_folder() {
  const char* elsewhere = std::getenv("PAPERTRAY_CORPUS");
  return elsewhere ? elsewhere : CORPUS_DIR;
}

// Of what stands between two mails: empty lines, From lines and MMDF's lines, nothing else.
bool is_separator(std::string text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string line = text.substr(0, end);
    text.erase(0, end);
    while (line.ends_with('\n') || line.ends_with('\r'))
      line.pop_back();
    if (!line.empty() && line != "\1\1\1\1" && read_from_line(line).is == FromLine::no) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the corpus's mboxes: pieces and separators are the whole file") {
  const fs::path corpus = corpus_folder();
  if (!fs::is_directory(corpus)) {
    MESSAGE("skipped: no corpus beside the source tree");
    return;
  }
  std::size_t boxes = 0, mails = 0;
  for (const char* set : {"mail/ietf-mailarchive", "mail/dovecot-imaptest", "mail/mimekit",
                          "mail/spamassassin-t-data", "mail-gpl/patchwork"}) {
    if (!fs::is_directory(corpus / set)) {
      MESSAGE("skipped: no " << set);
      continue;
    }
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(corpus / set)) {
      if (!entry.is_regular_file()) continue;
      const ReadFile file = ReadFile::open(entry.path().string());
      if (!looks_like_mbox(file)) continue;
      CAPTURE(entry.path().string());
      const std::string bytes = read_file(entry.path().string());
      MboxReader reader(file, file.size());
      std::uint64_t at = 0;
      ++boxes;
      while (const std::optional<MboxPiece> piece = reader.next()) {
        ++mails;
        CHECK(is_separator(bytes.substr(at, piece->offset - at)));
        at = piece->offset + piece->size;
      }
      CHECK(is_separator(bytes.substr(at)));
    }
  }
  MESSAGE(boxes << " mboxes, " << mails << " mails");
  CHECK(boxes > 0);
  CHECK(mails >= boxes);
}

TEST_CASE("the corpus's mboxes hold as many mails as are known to be in them") {
  const fs::path corpus = corpus_folder() / "mail";
  struct Row {
    const char* file;
    std::size_t mails;
  } rows[] = {{"ietf-mailarchive/mailbox_mbox", 1},
              {"ietf-mailarchive/mailbox_mmdf", 5},
              // 29, but two of its From lines hold no date and follow no empty line.
              {"mimekit/mbox/content-length.mbox.txt", 27}};
  for (const Row& row : rows) {
    if (!fs::exists(corpus / row.file)) {
      MESSAGE("skipped: no " << row.file);
      continue;
    }
    CAPTURE(std::string(row.file));
    const ReadFile file = ReadFile::open((corpus / row.file).string());
    MboxReader reader(file, file.size());
    std::size_t mails = 0;
    while (reader.next())
      ++mails;
    CHECK(mails == row.mails);
  }
}
