// Files that hold what the code should print. With PAPERTRAY_UPDATE_GOLDENS=1 in the environment they
// are written instead of compared; read the difference before you commit it.
#pragma once

#include <string>

namespace papertray {

bool updating_goldens();
std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

// tests/report/NAME holds `text`.
void check_golden(const std::string& name, const std::string& text);

}  // namespace papertray
