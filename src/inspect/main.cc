// papertray-inspect: reads strangers' mail and papers in a closed room. Started by papertray, rarely by
// a person.
#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>

#include <unistd.h>

#include "inspect/layers.h"
#include "inspect/mime_worker.h"
#include "inspect/pdf_server.h"
#include "inspect/pdf_worker.h"
#include "inspect/sandbox.h"

namespace {

constexpr int usage_exit = 64;

constexpr const char* usage =
    "usage: papertray-inspect layers      tell which layers of the sandbox this system gives\n"
    "       papertray-inspect --version\n"
    "       papertray-inspect mime        the worker; papertray starts it\n"
    "       papertray-inspect pdf [ink] [picture] [unsafe]\n"
    "                                     reads one PDF from standard input\n"
    "       papertray-inspect pdf server  forks a reader for each PDF; papertray starts it\n";

// Applies them for real: what a kernel says it has and what it lets a process do are two things.
int print_layers() {
  const papertray::Layers layers = papertray::apply_sandbox();
  for (const papertray::LayerLine& line : papertray::describe(layers)) {
    std::printf("%-13s %s%s%s\n", line.name.c_str(), line.stands ? "stands" : "missing",
                line.remark.empty() ? "" : ": ", line.remark.c_str());
  }
  std::fflush(stdout);
  return layers.seccomp ? 0 : 1;
}

int run(std::span<char* const> words) {
  const std::string_view task = words.empty() ? "" : words.front();
  if (task == "pdf" && words.size() == 2 && std::string_view(words[1]) == "server")
    return papertray::run_pdf_server();
  if (task == "pdf") return papertray::run_pdf_worker(words.subspan(1));
  if (words.size() != 1) {
    std::fputs(usage, stderr);
    return usage_exit;
  }
  if (task == "mime") return papertray::run_mime_worker();
  if (task == "layers") return print_layers();
  if (task == "--version") {
    std::puts("papertray-inspect " PAPERTRAY_VERSION);
    std::fflush(stdout);
    return 0;
  }
  std::fputs(usage, stderr);
  return usage_exit;
}

}  // namespace

int main(int count, char** arguments) {
  const int code = run({arguments + 1, arguments + std::max(1, count)});
  // Not exit(): what libraries do on the way out may be a system call too many.
  ::_exit(code);
}
