#include "report/paper_files.h"

#include "core/page_text.h"
#include "report/site.h"

namespace papertray {

std::string paper_file_name(const PaperRow& row) {
  const std::string words = file_words(without_addresses(row.title));
  return paper_name(row.id) + (words.empty() ? "" : "-" + words) + ".pdf";
}

}  // namespace papertray
