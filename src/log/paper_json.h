// How what was found in a paper stands in the log. Internal to log/.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/checked_paper.h"
#include "log/json_text.h"

namespace papertray {

// The fields of an object that is open.
void put_paper(JsonText& to, const CheckedPaper& paper);
// Throws OddField or nlohmann::json::exception.
CheckedPaper paper_from_json(const nlohmann::json& json);

}  // namespace papertray
