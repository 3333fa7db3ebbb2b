// Where decoded PDFs and, behind them, the answer go.
#pragma once

#include <cstdint>
#include <string_view>

namespace papertray {

class Output {
 public:
  virtual ~Output() = default;
  // Appends. Throws std::runtime_error when it cannot: the worker then ends.
  virtual void write(std::string_view bytes) = 0;
  virtual std::uint64_t position() const = 0;
  // Whether every part is written, not only PDFs: for tests that compare bytes.
  virtual bool wants_every_part() const { return false; }
};

}  // namespace papertray
