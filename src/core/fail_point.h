// Durable steps have names, so that a test can end the program at each of them (docs/reliability.md).
//
// In papertray a step does nothing: fail_point.cc's empty function is linked. The program
// papertray-faults, which is built with the tests only and installed never, is the same libraries under
// another definition (tests/fault/steps.cc). Steps that come before an act are called like it, those
// behind it are in the past: log:sync, log:synced.
#pragma once

namespace papertray {

// `step` is one of tests/fault/steps.h. What is called here may not return.
void reached(const char* step);

}  // namespace papertray
