// What a paper is called among others: by its number and the letters of its title, never by its sender's
// name.
#pragma once

#include <string>

#include "report/reader.h"

namespace papertray {

// "P-007-scaling-sgd-to-1024-gpus.pdf"
std::string paper_file_name(const PaperRow& row);

}  // namespace papertray
