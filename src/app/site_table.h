// `[site]` of the rules file. Internal to what reads it.
#pragma once

#include <string>

#include "app/toml_table.h"
#include "core/site_rules.h"

namespace papertray {

// Reads all of the table and finishes it; `zone` is the workshop's. Throws Failure (configuration).
SiteRules read_site_table(TomlTable& table, const std::string& zone);

}  // namespace papertray
