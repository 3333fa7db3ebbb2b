// Rows that a second thread reads while the first one makes text of those before: reading a hundred
// thousand from the database takes about as long as setting them out in columns.
#pragma once

#include <memory>

#include "report/reader.h"

namespace papertray {

class RowsAhead {
 public:
  // `rows` runs in a thread of its own from now on, at most some thousand rows ahead. What it reads from
  // must not be used by anybody else meanwhile.
  explicit RowsAhead(PaperRows rows);
  ~RowsAhead();  // ends it
  RowsAhead(const RowsAhead&) = delete;
  RowsAhead& operator=(const RowsAhead&) = delete;

  // The same rows in the same order, once. What `rows` throws is thrown when those before have been
  // given; what the sink throws leaves the others untaken.
  PaperRows rows();

 private:
  class Blocks;
  class Reading;
  std::unique_ptr<Reading> reading_;
};

}  // namespace papertray
