#include "app/init_ask.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "app/init_ask_parts.h"
#include "app/rules_file.h"
#include "core/error.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

constexpr const char* system_dir = "/etc/papertray";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string address_objection(const std::string& text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == text.size() ||
      text.find_first_of(" <>,\"") != std::string::npos)
    return "write the bare address: desk@example.org";
  return complaint([&] { from_address(text); });
}

std::string url_objection(const std::string& text, const std::string& scheme) {
  if (!text.starts_with(scheme + "://") && !text.starts_with(scheme + "s://"))
    return fmt::format("write {0}s://HOST (encrypted) or {0}://HOST (STARTTLS)", scheme);
  return complaint([&] { parse_server_url(text); });
}

// "imap.example.org" is meant as "imaps://imap.example.org".
std::string as_url(const std::string& text, const char* scheme) {
  return text.find("://") == std::string::npos ? std::string(scheme) + "s://" + text : text;
}

std::string default_dir() {
  if (::geteuid() == 0) return system_dir;
  if (const std::string xdg = environment("XDG_CONFIG_HOME"); !xdg.empty()) return xdg + "/papertray";
  const std::string home = environment("HOME");
  return home.empty() ? "." : home + "/.config/papertray";
}

// Where the data goes: the usual place beside a configuration in its usual place, else beside it.
std::string default_state(const std::string& dir) {
  if (dir == system_dir) return "/var/lib/papertray";
  if (dir != absolute_path(default_dir())) return "state";
  if (const std::string xdg = environment("XDG_STATE_HOME"); !xdg.empty()) return xdg + "/papertray";
  const std::string home = environment("HOME");
  return home.empty() ? "state" : home + "/.local/state/papertray";
}

InitPlaces ask_places(const Globals& globals, const InitOptions& options, Dialogue& dialogue) {
  if (!globals.config.empty() && !options.dir.empty())
    wrong_answer("--config and --dir both say where the configuration goes; leave one out");
  InitPlaces places;
  if (!globals.config.empty()) {
    places.config = absolute_path(globals.config);
    places.dir = fs::path(places.config).parent_path().string();
  } else {
    places.dir = absolute_path(options.dir.empty()
                                   ? dialogue.ask("Folder for the configuration", default_dir(), "--dir")
                                   : options.dir);
    places.config = places.dir + "/papertray.toml";
  }
  places.password = options.password_file.empty() ? places.dir + "/imap-password"
                                                  : absolute_path(options.password_file);
  return places;
}

std::vector<std::pair<std::string, std::string>> provider_words() {
  std::vector<std::pair<std::string, std::string>> words;
  for (const Provider& one : providers())
    words.emplace_back(
        one.id, one.imap.empty() ? "asks for the servers' names" : one.name + " (" + one.imap + ")");
  return words;
}

Provider ask_provider(const std::string& address, const InitOptions& options, Dialogue& dialogue) {
  Provider found = provider_of(address);
  const auto check = [](const std::string& word) {
    return provider_named(word) ? "" : "\"" + word + "\" is none of gmail, outlook, fastmail, other";
  };
  if (options.provider.empty() && found.id != "other")
    dialogue.say("The mailbox is at " + found.name + ".");
  else if (options.provider.empty())
    dialogue.say(
        "Whose servers is the mailbox on? A university's or a company's is often at Google (gmail) or "
        "Microsoft (outlook).");
  const std::string word = given_or_asked(options.provider, "--provider", check, [&] {
    return found.id != "other" ? found.id
                               : dialogue.choose("Provider", provider_words(), "other", "--provider");
  });
  if (word != found.id) found = *provider_named(word);

  const auto url = [&](const char* scheme, const std::string& given, const std::string& known) {
    const std::string option = std::string("--") + scheme;
    const auto objection = [&](const std::string& text) {
      return url_objection(as_url(text, scheme), scheme);
    };
    return as_url(given_or_asked(given, option, objection,
                                 [&] {
                                   if (!known.empty()) return known;
                                   return dialogue.ask(scheme == std::string("imap")
                                                           ? "Server for reading mail (IMAP)"
                                                           : "Server for sending mail (SMTP)",
                                                       "", option, objection);
                                 }),
                  scheme);
  };
  found.imap = url("imap", options.imap, found.imap);
  found.smtp = url("smtp", options.smtp, found.smtp);
  if (!found.advice.empty()) dialogue.say(found.advice);
  return found;
}

// Exactly one of them, or none.
std::optional<SecretSource> given_secret(const InitOptions& options) {
  using Kind = SecretSource::Kind;
  const std::pair<Kind, const std::string*> all[] = {{Kind::file, &options.password_file},
                                                     {Kind::command, &options.password_command},
                                                     {Kind::env, &options.password_env},
                                                     {Kind::credential, &options.password_credential},
                                                     {Kind::command, &options.token_command}};
  std::optional<SecretSource> found;
  for (const auto& [kind, text] : all) {
    if (text->empty()) continue;
    if (found)
      wrong_answer(
          "the password can come from one place only: leave all but one of --password-... and "
          "--token-command out");
    found = SecretSource{kind, *text};
  }
  if (options.password_stdin && found && found->kind != Kind::file)
    wrong_answer("--password-stdin writes the password into a file; leave the other --password-... out");
  return found;
}

std::string first_line_of_input() {
  std::string line;
  if (!std::getline(std::cin, line)) wrong_answer("--password-stdin: standard input holds no line");
  while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
    line.pop_back();
  if (line.empty()) wrong_answer("--password-stdin: the first line of standard input is empty");
  return line;
}

// Google shows its app passwords in four groups of four letters; they are one word.
std::string without_groups(const Provider& provider, std::string password) {
  if (provider.id != "gmail" || password.size() != 19) return password;
  std::erase(password, ' ');
  return password;
}

void ask_kept_elsewhere(InitPlan& plan, Dialogue& dialogue) {
  InitAnswers& answers = plan.answers;
  const std::string where = dialogue.choose(
      "Where is the password",
      {{"file", "in a file beside the configuration, for your eyes only; you type it now"},
       {"command", "a command prints it, like pass show desk"},
       {"env", "in an environment variable"},
       {"credential", "systemd hands it over (/etc/credstore/NAME)"},
       {"oauth2", "no password: a command prints an OAuth2 token"}},
      answers.provider.token ? "oauth2" : "file",
      "one of --password-file, --password-command, --password-env, "
      "--password-credential or --token-command");
  if (where == "file") {
    answers.secret = {SecretSource::Kind::file, plan.places.password};
    plan.password = ask_password(answers.provider, dialogue);
  } else if (where == "env") {
    answers.secret = {SecretSource::Kind::env,
                      dialogue.ask("Name of the variable", "PAPERTRAY_PASSWORD", "--password-env")};
  } else if (where == "credential") {
    answers.secret = {SecretSource::Kind::credential,
                      dialogue.ask("Name of the credential", "imap-password", "--password-credential")};
  } else {
    if (where == "oauth2") answers.auth = Auth::xoauth2;
    answers.secret = {SecretSource::Kind::command,
                      dialogue.ask(where == "oauth2" ? "Command that prints a token"
                                                     : "Command that prints the password",
                                   "", where == "oauth2" ? "--token-command" : "--password-command")};
  }
}

void ask_secret(const InitOptions& options, InitPlan& plan, Dialogue& dialogue) {
  InitAnswers& answers = plan.answers;
  if (!options.token_command.empty()) answers.auth = Auth::xoauth2;
  const std::optional<SecretSource> given = given_secret(options);
  if (options.password_stdin) {
    answers.secret = {SecretSource::Kind::file, plan.places.password};
    plan.password = without_groups(answers.provider, first_line_of_input());
  } else if (given) {
    answers.secret = *given;
    if (given->kind == SecretSource::Kind::file) {
      answers.secret.value = plan.places.password;
      if (std::error_code error; !fs::exists(plan.places.password, error))
        wrong_answer("--password-file: there is no " + plan.places.password +
                     "; write the password into it, or add --password-stdin");
    }
  } else if (!dialogue.open()) {
    wrong_answer(
        "nobody is asked here: say where the password is with --password-file, --password-command, "
        "--password-env, "
        "--password-credential or --token-command");
  } else {
    ask_kept_elsewhere(plan, dialogue);
  }
  // As the configuration names it: beside it, by its name alone.
  const fs::path kept(answers.secret.value);
  if (answers.secret.kind == SecretSource::Kind::file && kept.parent_path() == fs::path(plan.places.dir))
    answers.secret.value = kept.filename().string();
}

}  // namespace

void wrong_answer(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::usage, text});
}

std::string absolute_path(const std::string& path) {
  std::error_code error;
  const fs::path found = fs::absolute(path, error);
  if (error)
    wrong_answer("cannot tell where " + path + " is: " + error.message() + "; give the whole path");
  return without_end_slash(found.lexically_normal().string());
}

std::string given_or_asked(const std::string& given, const std::string& option,
                           const Dialogue::Check& check, const std::function<std::string()>& ask) {
  if (given.empty()) return ask();
  if (const std::string objection = check(given); !objection.empty())
    wrong_answer(option + ": " + objection);
  return given;
}

std::string ask_password(const Provider& provider, Dialogue& dialogue) {
  return without_groups(
      provider,
      dialogue.ask_secret(provider.advice.empty() ? "Password" : "App password", "--password-file"));
}

InitPlan ask_all(const Globals& globals, const InitOptions& options, Dialogue& dialogue) {
  InitPlan plan;
  plan.places = ask_places(globals, options, dialogue);
  InitAnswers& answers = plan.answers;
  answers.address = given_or_asked(options.address, "--address", address_objection, [&] {
    return dialogue.ask("Address that authors write to", "", "--address", address_objection);
  });
  answers.provider = ask_provider(answers.address, options, dialogue);
  answers.ca_file = options.ca_file.empty() ? "" : absolute_path(options.ca_file);
  answers.user = !options.user.empty() ? options.user
                 : answers.provider.id == "other"
                     ? dialogue.ask("User name at the server", answers.address, "--user")
                     : answers.address;
  ask_secret(options, plan, dialogue);
  ask_rules(options, plan, dialogue);
  answers.from_name = options.from_name;
  if (options.receipts.empty())
    dialogue.say(
        "Receipts: \"hold\" queues them until you let them go, so you can look first; \"send\" answers "
        "within "
        "seconds, also those whose mails lie in the mailbox already.");
  answers.mode = !options.receipts.empty()
                     ? options.receipts
                     : dialogue.choose("Receipts",
                                       {{"hold", "queued until papertray outbox send"},
                                        {"send", "at once"},
                                        {"off", "nobody is answered"}},
                                       "hold", "--receipts");
  answers.state = !globals.state.empty() ? absolute_path(globals.state)
                                         : dialogue.ask("Folder for the mails and the database",
                                                        default_state(plan.places.dir), "--state");
  return plan;
}

}  // namespace papertray
