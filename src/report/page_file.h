// A file of a site: where it lies within the site's folder, by a name of ours, and its bytes.
#pragma once

#include <string>
#include <vector>

namespace papertray {

struct PageFile {
  std::string path;  // "index.html", "papers/P-007.html"
  std::string text;
};

}  // namespace papertray
