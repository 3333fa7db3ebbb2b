// A rules file: rules, or one sentence with file and line.
#include "app/rules_file.h"
#include "core/error.h"
#include "fuzz/target.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  RulesLoaded loaded;
  loaded.path = "rules.toml";
  loaded.from = "Desk <desk@example.org>";
  loaded.toml = fuzz::text_of(data, size);
  try {
    fuzz::expect(!read_rules(loaded).tracks.empty(), "rules have a track");
  } catch (const Failure& failure) {
    // The file itself, or the folder of templates, which are not given here.
    const std::string& text = failure.error().text;
    fuzz::expect(
        text.find("rules.toml") != std::string::npos || text.find("receipts") != std::string::npos,
        "an error names the file");
  }
  return 0;
}
