// The exception for a mail that is over a cap and so must not be half understood.
#pragma once

#include <string>
#include <utility>

#include "core/error.h"

namespace papertray {

inline Failure set_aside(std::string why) {
  return Failure(Error{Scope::message, Again::never, Exit::bad_data, std::move(why)});
}

}  // namespace papertray
