// Prometheus text for node_exporter's textfile collector.
#pragma once

#include <string>

#include "intake/daemon.h"
#include "report/reader.h"

namespace papertray {

// `paused`: nothing is sent for now. The exposition format, version 0.0.4: HELP, TYPE, samples.
std::string metrics_text(const Counts& counts, const DaemonStatus& status, bool paused);

}  // namespace papertray
