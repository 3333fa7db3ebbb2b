#include "app/init_files.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/error.h"

namespace papertray {
namespace {

// For each @word@ its value in TOML; nullopt: its line stays as a comment, with the example in it.
struct Value {
  std::optional<std::string> toml;
  std::string example = {};
};
using Values = std::map<std::string, Value>;

[[noreturn]] void defect(const std::string& what) {
  throw Failure({Scope::program, Again::never, Exit::bad_data,
                 "a defect in papertray: " + what + "; nothing is written, please report it"});
}

std::string filled_line(std::string line, const Values& values) {
  const std::size_t begin = line.find('@');
  if (line.starts_with('#') || begin == std::string::npos) return line;
  const std::size_t end = line.find('@', begin + 1);
  if (end == std::string::npos) return line;
  const auto value = values.find(line.substr(begin + 1, end - begin - 1));
  if (value == values.end()) defect("nothing answers \"" + line + "\"");
  const auto& [toml, example] = value->second;
  line.replace(begin, end - begin + 1, toml ? *toml : example);
  return toml ? line : "# " + line;
}

// Line by line, so that a value with an @ is never taken for a word of ours.
std::string filled(std::string_view text, const Values& values) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += filled_line(std::string(text.substr(0, end)), values) + "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

Value text_value(const std::string& text, const std::string& example = "") {
  if (text.empty()) return {std::nullopt, toml_string(example)};
  return {toml_string(text), ""};
}

Value number_value(int number, int example) {
  if (number == 0) return {std::nullopt, std::to_string(example)};
  return {std::to_string(number), ""};
}

const char* kind_word(SecretSource::Kind kind) {
  switch (kind) {
    case SecretSource::Kind::command:
      return "command";
    case SecretSource::Kind::env:
      return "env";
    case SecretSource::Kind::credential:
      return "credential";
    case SecretSource::Kind::file:
    case SecretSource::Kind::none:
      break;
  }
  return "file";
}

std::string secret_lines(const InitAnswers& answers) {
  const std::string source =
      fmt::format("{{ {} = {} }}", kind_word(answers.secret.kind), toml_string(answers.secret.value));
  if (answers.auth == Auth::password)
    return "# Never the password itself: where it lies. Or { command = \"pass show desk\" },\n"
           "# { env = \"DESK_PASSWORD\" }, { credential = \"imap-password\" } (systemd).\n"
           "password = " +
           source + "\n";
  return "# An OAuth2 token, fetched when one is needed and kept until the server refuses it "
         "(docs/oauth2.md).\n"
         "auth = \"xoauth2\"\ntoken = " +
         source + "\n";
}

}  // namespace

std::string_view built_in(const std::vector<BuiltInFile>& files, std::string_view path) {
  for (const BuiltInFile& file : files)
    if (path == file.path) return file.text;
  defect("no file " + std::string(path) + " is built in");
}

// Basic strings of TOML 1.0: a quote, a backslash and control characters are written otherwise.
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04x}", byte);
    else
      out += c;
  }
  return out + "\"";
}

std::string config_text(const InitAnswers& answers) {
  const std::string from = answers.from_name.empty()
                               ? answers.address
                               : toml_string(answers.from_name) + " <" + answers.address + ">";
  return filled(built_in(built_in_questions(), "papertray.toml"),
                {{"rules", text_value(answers.rules_file)},
                 {"state", text_value(answers.state)},
                 {"imap", text_value(answers.provider.imap)},
                 {"user", text_value(answers.user)},
                 {"secret", {secret_lines(answers)}},
                 {"ca_file", text_value(answers.ca_file, "/etc/ssl/certs/our-authority.pem")},
                 {"spam", text_value(answers.provider.spam, "Junk")},
                 {"smtp", text_value(answers.provider.smtp)},
                 {"from", text_value(from)},
                 {"mode", text_value(answers.mode)},
                 {"authserv_id", text_value(answers.provider.authserv, "mx.example.org")}});
}

std::string rules_text(const WorkshopAnswers& workshop, const std::string& address) {
  std::string text = filled(built_in(built_in_questions(), "rules.toml"),
                            {{"name", text_value(workshop.name)},
                             {"timezone", text_value(workshop.timezone)},
                             {"address", text_value(address)},
                             {"papers", text_value(workshop.papers)},
                             {"due", text_value(workshop.due, "2027-03-01 23:59 AoE")},
                             {"final_due", text_value(workshop.final_due, "2027-04-01")},
                             {"paper", text_value(workshop.paper, "a4")},
                             {"pages", number_value(workshop.pages, 4)}});
  if (!workshop.questions.empty())
    text += filled(
        built_in(built_in_questions(), "questions.toml"),
        {{"questions", text_value(workshop.questions)}, {"panels", number_value(workshop.panels, 2)}});
  return text;
}

std::string sample_rules_text(const std::string& address) {
  constexpr std::string_view key = "\naddress = \"";
  std::string text(built_in(built_in_rules(), "dlsc2017.toml"));
  const std::size_t at = text.find(key);
  if (at == std::string::npos) defect("the sample rules have no address");
  const std::size_t end = text.find('\n', at + 1);
  return text.replace(at, end - at, "\naddress = " + toml_string(address));
}

}  // namespace papertray
