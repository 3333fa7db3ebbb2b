// Folder names: UTF-8 with us, modified UTF-7 (RFC 3501 section 5.1.3) on the wire.
#pragma once

#include <string>
#include <string_view>

namespace papertray {

// Throws Failure (folder, configuration) when the name is empty, no UTF-8 or holds a control character.
std::string to_wire_name(std::string_view utf8);

// What is no modified UTF-7 stays as it is: some servers send UTF-8.
std::string from_wire_name(std::string_view wire);

// As a quoted string, for a command.
std::string quoted_name(std::string_view utf8);

}  // namespace papertray
