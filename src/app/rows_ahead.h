// Rows that a second thread reads while the first one makes text of those before: reading a hundred
// thousand from the database takes about as long as setting them out in columns.
#pragma once

#include "report/reader.h"

namespace papertray {

// The same rows in the same order. `rows` runs in a thread of its own, at most some thousand rows ahead
// of the sink; what it throws is thrown when the rows before have been given, and a sink that throws
// ends it. What `rows` reads from must not be used by anybody else meanwhile.
PaperRows read_ahead(PaperRows rows);

}  // namespace papertray
