#include "app/paper_stock.h"

#include <array>
#include <utility>
#include <vector>

#include "app/replace_file.h"
#include "core/error.h"
#include "core/fail_point.h"
#include "core/printable.h"
#include "files/read_file.h"
#include "log/sha256.h"

namespace papertray {
namespace {

constexpr std::size_t piece = 256 * 1024;

class PaperInFolder : public OpenPaper {
 public:
  explicit PaperInFolder(ReadFile file) : file_(std::move(file)) {}
  int descriptor() const override { return file_.descriptor(); }

 private:
  ReadFile file_;
};

bool holds(const ReadFile& file, const std::string& sha256) {
  Sha256 sum;
  std::vector<char> bytes(piece);
  for (std::uint64_t offset = 0;;) {
    const long got = file.read_at(offset, bytes);
    if (got < 0) return false;
    if (got == 0) return sum.hex() == sha256;
    sum.add({bytes.data(), static_cast<std::size_t>(got)});
    offset += static_cast<std::uint64_t>(got);
  }
}

}  // namespace

std::unique_ptr<OpenPaper> FolderStock::open(const PaperOnRecord& paper) {
  ReadFile file = ReadFile::open(folder_ + "/" + paper.file);
  if (!file.good() || !holds(file, paper.sha256)) return nullptr;
  return std::make_unique<PaperInFolder>(std::move(file));
}

void FolderStock::restore(const PaperOnRecord& paper) {
  const std::vector<std::shared_ptr<const MailBytes>> mails{log_.open(paper.mail)};
  std::string bytes;
  inspector_.inspect(mails, [&](std::size_t, const Inspected& inspected) {
    for (const Part& part : inspected.message.parts) {
      if (!part.pdf || part.sha256 != paper.sha256 || !inspected.parts || !bytes.empty()) continue;
      inspected.parts->read(part,
                            [&](std::span<const char> read) { bytes.append(read.data(), read.size()); });
    }
  });
  if (bytes.empty())
    throw Failure({Scope::message, Again::never, Exit::bad_data,
                   "the mail of " + one_line(paper.submission) +
                       " no longer holds its PDF as it was read; "
                       "run papertray audit"});
  reached("check:again");
  replace_file(folder_ + "/" + paper.file, bytes, Readable::by_us);
}

}  // namespace papertray
