// A Message as the JSON that inspect/answer_reader.h describes.
#pragma once

#include <string>

#include "core/message.h"

namespace papertray {

// All strings of `message` are valid UTF-8.
std::string to_json(const Message& message);
std::string refusal_to_json(const std::string& why);

}  // namespace papertray
