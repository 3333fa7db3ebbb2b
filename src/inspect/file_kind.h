// What a file is that is no PDF, by its first bytes.
#pragma once

#include <string_view>

#include "core/message.h"

namespace papertray {

// `head`: at most a thousand bytes or so, all of them when the file has no more.
FileKind file_kind(std::string_view head);

}  // namespace papertray
