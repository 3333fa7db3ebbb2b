// The long-lived worker: `papertray-inspect mime`.
#pragma once

namespace papertray {

// Gets ready, closes itself in, says hello on wire::socket_fd, then answers requests until the client
// closes its end. Returns the exit code, for _exit.
int run_mime_worker();

}  // namespace papertray
