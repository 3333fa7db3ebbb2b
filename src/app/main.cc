#include "app/cli.h"

int main(int argc, char** argv) {
  return papertray::command_line(argc, argv);
}
