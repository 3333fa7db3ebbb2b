// Used at build, not installed: papertray-describe bash|zsh, or papertray-describe man <PAGE.scd.in.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "app/cli.h"
#include "core/error.h"

int main(int argc, char** argv) {
  const std::string form = argc == 2 ? argv[1] : "";
  if (form != "bash" && form != "zsh" && form != "man") {
    std::fputs("usage: papertray-describe bash|zsh|man\n", stderr);
    return 64;
  }
  std::string page;
  if (form == "man") page.assign(std::istreambuf_iterator<char>(std::cin), {});
  try {
    const std::string text = papertray::describe_command_line(form, page);
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return written ? 0 : 73;
  } catch (const papertray::Failure& failure) {
    std::fputs((failure.error().text + "\n").c_str(), stderr);
    return 65;
  }
}
