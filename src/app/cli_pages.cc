#include "app/cli_pages.h"

#include "app/cli_words.h"
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

  CLI::App* out = app.add_subcommand("export", "write what there is for other programs");
  out->add_option("file", options.exported.file, "its end says what: .csv .json .bib .zip .ics")
      ->type_name("FILE")
      ->required();
  out->add_option("--shape", options.exported.shape,
                  "columns of another system: openreview or easychair")
      ->type_name("S")
      ->check(one_of({"openreview", "easychair"}));
  out->add_option("--of", options.exported.of, "papers (default) or questions")
      ->type_name("W")
      ->check(one_of({"papers", "questions"}));
  out->add_option("--decision", options.exported.decision, "submitted, accepted, rejected or withdrawn")
      ->type_name("D")
      ->check(one_of({"submitted", "accepted", "rejected", "withdrawn"}));
  out->footer("Example: papertray export papers.zip --decision accepted");
  out->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_export(globals, options.exported); }; });
}

}  // namespace papertray
