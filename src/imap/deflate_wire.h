// COMPRESS=DEFLATE (RFC 4978): a wire around a wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "imap/wire.h"

namespace papertray {

// From here on both sides speak deflate (RFC 1951). `received` are compressed bytes that have been read
// from `inner` already; `server` is named in errors. Memory is fixed: about 100 KB.
std::unique_ptr<Wire> deflate_wire(std::unique_ptr<Wire> inner, std::string received,
                                   std::string server);

}  // namespace papertray
