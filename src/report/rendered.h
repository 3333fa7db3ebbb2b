// A receipt as it would be sent, shown to whoever writes the templates.
#pragma once

#include <string>
#include <vector>

#include "report/look.h"
#include "report/receipt_text.h"

namespace papertray {

struct RenderedView {
  std::string name;  // "received"
  RenderedReceipt receipt;
};

// As it is: not fitted to the terminal, since its own line ends are what one wants to see.
std::string rendered_text(const RenderedView& view);
// Names and subjects.
std::string rendered_list(const std::vector<RenderedView>& views, const Look& look);
std::string rendered_json(const std::vector<RenderedView>& views);

}  // namespace papertray
