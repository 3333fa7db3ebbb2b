// papers/ on disk: P-007_v2.pdf and P-007_v2.txt, derived from the log, for people to open.
#pragma once

#include <string>

#include "intake/paper_shelf.h"

namespace papertray {

class PapersFolder : public PaperShelf {
 public:
  // Makes the folder (0700) with the first paper.
  explicit PapersFolder(std::string path);
  void put(const std::string& name, const Pieces& pdf, const std::string& text) override;

 private:
  void put_file(const std::string& name, const Pieces& content);

  std::string path_;
  bool made_ = false;
};

}  // namespace papertray
