// A paper style: from a TOML file, or from those that are built in.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/paper_style.h"
#include "core/rules.h"

namespace papertray {

// `path` is for sentences. Throws Failure (configuration) with file, line and key.
PaperStyle parse_style(const std::string& text, const std::string& path, const std::string& id);

// A name ("nips2017") or a file: what holds a slash or ends in ".toml" is a file. A name is looked for
// in the folder `styles` beside the rules (`rules_file`; "" when there are none), then among those built
// in. Throws Failure.
PaperStyle load_style(const std::string& name_or_file, const std::string& rules_file);

// The same text, not yet understood: for the log.
std::string style_text(const std::string& name_or_file, const std::string& rules_file);

// What a track says of its own goes before the style's: the page limit and the paper.
void apply_format(PaperStyle& style, const Track& track);

// What the track asks of papers; without a style of its own, one that looks at the page limit and paper
// and at nothing else of the layout. Throws Failure.
PaperStyle style_of(const Track& track, const std::string& rules_file);
// The same from styles that were loaded with the rules, name and text. One that is not among them (rules
// of earlier versions have none) is looked for among those built in, and left out when it is not there.
PaperStyle style_of(const Track& track, const std::vector<std::pair<std::string, std::string>>& loaded);

// The text of a file of rules/styles, built in.
struct BuiltInStyle {
  const char* id;
  const char* toml;
};
const std::vector<BuiltInStyle>& built_in_styles();

}  // namespace papertray
