#include "app/no_dumps.h"

#include <cerrno>
#include <system_error>

#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/error.h"

namespace papertray {

void forbid_dumps() {
#ifndef PAPERTRAY_SANITIZED  // LeakSanitizer reads the memory as a debugger does
  const rlimit none{0, 0};
  // The limit alone does not bind a core pattern that is a pipe (core(5)).
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    throw Failure({Scope::program, Again::person, Exit::try_later,
                   "core dumps cannot be forbidden: " + std::generic_category().message(errno) +
                       "; a dump would hold passwords, so nothing is done"});
#endif
}

}  // namespace papertray
