// Submissions that are taken back.
#include "store/batch.h"

namespace papertray {

void SqliteBatch::withdraw(std::int64_t submission) {
  require_open();
  Query(db_, "UPDATE submission SET state = 'withdrawn' WHERE id = ?1", submission).run();
}

}  // namespace papertray
