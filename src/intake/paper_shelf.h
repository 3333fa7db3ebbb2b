// papers/: the PDFs as files for people to open. Derived from the log, so never synced.
#pragma once

#include <functional>
#include <span>
#include <string>

namespace papertray {

class PaperShelf {
 public:
  virtual ~PaperShelf() = default;
  // Writes papers/NAME.pdf from consecutive pieces and papers/NAME.txt; an existing file of that name
  // is replaced. `name` is ours ("P-007_v2"), never the sender's. Throws Failure (store).
  using Pieces = std::function<void(const std::function<void(std::span<const char>)>&)>;
  virtual void put(const std::string& name, const Pieces& pdf, const std::string& text) = 0;
};

}  // namespace papertray
