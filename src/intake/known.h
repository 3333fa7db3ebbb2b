// What the fetching side asks: has this been taken in already?
#pragma once

#include <string>

#include "intake/mailbox_source.h"

namespace papertray {

class Known : public SeenPlaces {
 public:
  virtual bool has_message(const std::string& sha256) const = 0;
};

}  // namespace papertray
