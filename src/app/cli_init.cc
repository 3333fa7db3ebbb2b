#include "app/cli_init.h"

#include <string>

#include <CLI/CLI.hpp>

#include "app/cli_words.h"

namespace papertray {

void add_init_command(CLI::App& app, const Globals& globals, InitOptions& options,
                      std::function<int()>& chosen) {
  CLI::App* command = app.add_subcommand("init", "write a first configuration, asking what it must say");
  const auto text = [command](const char* name, std::string& to, const char* type, const char* what) {
    return command->add_option(name, to, what)->type_name(type);
  };
  text("--dir", options.dir, "DIR", "where the files go");
  text("--address", options.address, "A", "the address that authors write to");
  text("--provider", options.provider, "P",
       "gmail, outlook, fastmail or other; by the address when not said");
  text("--imap", options.imap, "URL", "the server that mail is read from, instead of the provider's");
  text("--smtp", options.smtp, "URL", "the server that receipts are sent by, likewise");
  text("--user", options.user, "NAME", "the user name there, instead of the address");
  text("--ca-file", options.ca_file, "FILE", "the servers' own certificate authority");
  text("--password-file", options.password_file, "FILE", "the password lies in this file");
  command->add_flag("--password-stdin", options.password_stdin,
                    "the first line of standard input is the password; kept in --password-file");
  text("--password-command", options.password_command, "C", "this command prints it");
  text("--password-env", options.password_env, "V", "this environment variable holds it");
  text("--password-credential", options.password_credential, "N", "systemd hands it over by this name");
  text("--token-command", options.token_command, "C", "OAuth2: this command prints a token");
  text("--from-name", options.from_name, "NAME", "the name beside the address in receipts");
  text("--receipts", options.receipts, "MODE", "hold (default), send or off")
      ->check(one_of({"hold", "send", "off"}));
  text("--rules", options.rules, "R",
       "new (asks for what follows), sample, or a rules file that is there");
  text("--name", options.name, "NAME", "the workshop's name");
  text("--timezone", options.timezone, "ZONE", "in which people are told times: Europe/Paris");
  text("--subject", options.subject, "WORDS", "words in the subjects of papers");
  text("--due", options.due, "WHEN", "papers' deadline: \"2027-03-01 23:59 AoE\", or none");
  text("--final-due", options.final_due, "WHEN", "final copies' deadline, or none");
  text("--paper", options.paper, "SIZE", "letter or a4")->check(one_of({"letter", "a4"}));
  command->add_option("--pages", options.pages, "the page limit")
      ->type_name("N")
      ->check(number_up_to(1000));
  text("--questions", options.questions, "WORDS",
       "words in the subjects of questions for a panel, or none");
  command->add_option("--panels", options.panels, "how many panels")
      ->type_name("N")
      ->check(number_up_to(100));
  command->add_flag("--yes", options.yes, "ask nothing: what is not said has its default");
  command->add_flag("--force", options.force, "write over files that are there");
  command->add_flag("--no-test", options.no_test, "do not try the login");
  command->footer(
      "Example: papertray init\n"
      "Example: papertray init --yes --address desk@gmail.com --password-stdin --rules sample "
      "<app-password");
  command->callback(
      [&globals, &options, &chosen] { chosen = [&] { return cmd_init(globals, options); }; });
}

}  // namespace papertray
