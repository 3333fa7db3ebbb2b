// `papertray-inspect pdf server`: a process that reads no PDF itself.
#pragma once

namespace papertray {

// Gets the libraries ready, then starts a reader for each request on descriptor 0 (inspect/pdf_asked.h),
// until that ends. Returns the exit code, for _exit.
int run_pdf_server();

}  // namespace papertray
