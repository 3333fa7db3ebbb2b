#include "app/cli_pages.h"

#include <CLI/CLI.hpp>

#include "app/cmd_report.h"
#include "app/cmd_site.h"

namespace papertray {

void add_pages_commands(CLI::App& app, const Globals& globals, PagesOptions& options,
                        std::function<int()>& chosen) {
  CLI::App* site = app.add_subcommand("site", "write the public pages: accepted papers, dates, program");
  site->add_option("folder", options.to, "a new folder, or one that it wrote before")
      ->type_name("DIR")
      ->required();
  site->footer("Example: papertray site /var/www/workshop");
  site->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_site(globals, options.to); }; });

  CLI::App* report = app.add_subcommand(
      "report", "write the organizers' private pages: numbers, plots, every submission");
  report
      ->add_option("folder", options.to,
                   "a new folder, or one that it wrote before; only you may read it")
      ->type_name("DIR")
      ->required();
  report->footer("Example: papertray report ~/desk");
  report->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_report(globals, options.to); }; });
}

}  // namespace papertray
