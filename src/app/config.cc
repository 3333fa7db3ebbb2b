#include "app/config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/toml_table.h"
#include "core/error.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

// A configuration is a page; a file of many megabytes is a wrong path.
constexpr std::size_t config_cap = 1024 * 1024;

[[noreturn]] void wrong(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::configuration, text});
}

std::string absolute(const fs::path& base, const std::string& path) {
  return (fs::path(path).is_absolute() ? fs::path(path) : base / path).lexically_normal().string();
}

bool strip_scheme(const std::string& url, std::string_view scheme, std::string& rest) {
  if (!url.starts_with(scheme)) return false;
  rest = url.substr(scheme.size());
  return true;
}

bool has_scheme(const std::string& url, std::string_view plain) {
  return url.starts_with(std::string(plain) + "://") || url.starts_with(std::string(plain) + "s://");
}

SecretSource secret_of(TomlTable& table, std::string_view key, const fs::path& base) {
  std::optional<TomlTable> secret = table.table(key);
  if (!secret) return {};
  SecretSource found;
  const std::pair<const char*, SecretSource::Kind> kinds[] = {
      {"file", SecretSource::Kind::file},
      {"command", SecretSource::Kind::command},
      {"env", SecretSource::Kind::env},
      {"credential", SecretSource::Kind::credential}};
  int given = 0;
  for (const auto& [name, kind] : kinds) {
    const std::string value = secret->text(name, "");
    if (value.empty()) continue;
    ++given;
    found = {kind, kind == SecretSource::Kind::file ? absolute(base, value) : value};
  }
  secret->finish();
  if (given != 1)
    table.fail(key, "wants exactly one of file, command, env, credential: { file = \"imap-password\" }");
  return found;
}

// user, password, token, auth, ca_file: the same in [mailbox] and [smtp].
void read_login(TomlTable& table, const fs::path& base, Server& server) {
  server.user = table.text("user", server.user);
  const SecretSource password = secret_of(table, "password", base);
  const SecretSource token = secret_of(table, "token", base);
  const std::string auth = table.text("auth", server.auth == Auth::xoauth2 ? "xoauth2" : "password");
  if (auth != "password" && auth != "xoauth2") table.fail("auth", "is \"password\" or \"xoauth2\"");
  server.auth = auth == "xoauth2" ? Auth::xoauth2 : Auth::password;
  const SecretSource& own = server.auth == Auth::xoauth2 ? token : password;
  if (own.kind != SecretSource::Kind::none) server.secret = own;
  if (const std::string ca = table.text("ca_file", ""); !ca.empty()) server.ca_file = absolute(base, ca);
}

MailboxConfig read_mailbox(TomlTable& table, const fs::path& base) {
  MailboxConfig mailbox;
  const std::string url = table.text("url");
  std::string rest;
  if (strip_scheme(url, "maildir:", rest) || strip_scheme(url, "mbox:", rest)) {
    if (rest.empty()) table.fail("url", "wants a path: \"maildir:/var/mail/workshop\"");
    mailbox.path = absolute(base, rest);
    mailbox.mbox = url.starts_with("mbox:");
  } else if (has_scheme(url, "imap")) {
    mailbox.server.url = url;
  } else {
    table.fail("url", "begins with imap://, imaps://, maildir: or mbox:");
  }
  mailbox.folders = table.texts("folders", {"INBOX"});
  if (mailbox.folders.empty()) table.fail("folders", "wants at least one folder: [\"INBOX\"]");
  read_login(table, base, mailbox.server);
  // Without a user libcurl reports success and stays unauthenticated (measured).
  if (mailbox.path.empty() && mailbox.server.user.empty())
    table.missing("user", "is missing: whose mailbox is it?");
  if (mailbox.path.empty() && mailbox.server.secret.kind == SecretSource::Kind::none)
    table.missing(mailbox.server.auth == Auth::xoauth2 ? "token" : "password",
                  "is missing: { file = \"imap-password\" } names a file that holds it");
  mailbox.poll = std::chrono::seconds(table.number("poll", 300, 10, 86'400));
  const std::string after = table.text("after", "flag");
  if (after == "none")
    mailbox.after = AfterTaking::none;
  else if (after == "flag")
    mailbox.after = AfterTaking::flag;
  else if (strip_scheme(after, "move:", mailbox.move_to) && !mailbox.move_to.empty())
    mailbox.after = AfterTaking::move;
  else
    table.fail("after", "is \"flag\", \"none\" or \"move:FOLDER\"");
  table.finish();
  return mailbox;
}

SmtpConfig read_smtp(TomlTable& table, const fs::path& base,
                     const std::optional<MailboxConfig>& mailbox) {
  SmtpConfig smtp;
  smtp.server.reply_timeout =
      std::chrono::minutes(10);  // after the final dot: RFC 5321 section 4.5.3.2.6
  const std::string url = table.text("url");
  std::string rest;
  if (strip_scheme(url, "maildir:", rest)) {
    if (rest.empty()) table.fail("url", "wants a path: \"maildir:receipts\"");
    smtp.maildir = absolute(base, rest);
  } else if (has_scheme(url, "smtp")) {
    smtp.server.url = url;
  } else {
    table.fail("url", "begins with smtp://, smtps:// or maildir:");
  }
  smtp.from = table.text("from");
  if (mailbox) {  // taken from there when absent
    smtp.server.user = mailbox->server.user;
    smtp.server.secret = mailbox->server.secret;
    smtp.server.auth = mailbox->server.auth;
    smtp.server.ca_file = mailbox->server.ca_file;
  }
  read_login(table, base, smtp.server);
  table.finish();
  return smtp;
}

std::string find_config(const std::string& given) {
  if (!given.empty()) return given;
  if (const char* named = std::getenv("PAPERTRAY_CONFIG"); named && *named) return named;
  std::vector<fs::path> places{"papertray.toml"};
  if (const char* xdg = std::getenv("XDG_CONFIG_HOME"); xdg && *xdg)
    places.push_back(fs::path(xdg) / "papertray/papertray.toml");
  else if (const char* home = std::getenv("HOME"); home && *home)
    places.push_back(fs::path(home) / ".config/papertray/papertray.toml");
  places.emplace_back("/etc/papertray/papertray.toml");
  for (const fs::path& place : places) {
    std::error_code ignored;  // not there and not reachable are the same here: the next one is tried
    if (fs::exists(place, ignored)) return place.string();
  }
  wrong(
      "no configuration: neither ./papertray.toml nor /etc/papertray/papertray.toml is there; "
      "name one with --config FILE");
}

}  // namespace

std::string read_text_file(const std::string& path, std::size_t cap) {
  std::error_code error;
  if (fs::is_directory(path, error)) wrong(path + " is a folder, not a file; name the file");
  std::ifstream in(path, std::ios::binary);
  if (!in)
    wrong(fmt::format("cannot read {}: {}; check the path and its permissions", path,
                      std::generic_category().message(errno)));
  std::string text(cap + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) wrong("cannot read " + path + "; check the disk");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > cap)
    wrong(fmt::format("{} is larger than {} bytes: is it the right file?", path, cap));
  return text;
}

Config parse_config(const std::string& text, const std::string& path) {
  const fs::path base = fs::path(path).parent_path();
  TomlTable table = TomlTable::parse(text, path);
  Config config;
  config.file = path;
  config.rules = absolute(base, table.text("rules"));
  config.state = absolute(base, table.text("state"));
  if (const std::string metrics = table.text("metrics", ""); !metrics.empty())
    config.metrics = absolute(base, metrics);
  if (std::optional<TomlTable> mailbox = table.table("mailbox"))
    config.mailbox = read_mailbox(*mailbox, base);
  if (std::optional<TomlTable> smtp = table.table("smtp"))
    config.smtp = read_smtp(*smtp, base, config.mailbox);
  if (std::optional<TomlTable> receipts = table.table("receipts")) {
    const std::string mode = receipts->text("mode", "send");
    if (mode != "send" && mode != "hold" && mode != "off")
      receipts->fail("mode", "is \"send\", \"hold\" or \"off\"");
    config.receipts = mode == "send" ? Receipts::send : mode == "hold" ? Receipts::hold : Receipts::off;
    config.authserv_id = receipts->text("authserv_id", "");
    receipts->finish();
  }
  table.finish();
  if (config.receipts != Receipts::off && !config.smtp)
    wrong(path + ": receipts are on, but there is no [smtp]; add it, or set [receipts] mode = \"off\"");
  return config;
}

Config load_config(const std::string& given, const std::string& state) {
  const std::string path = fs::absolute(find_config(given)).lexically_normal().string();
  Config config = parse_config(read_text_file(path, config_cap), path);
  if (!state.empty()) config.state = fs::absolute(state).lexically_normal().string();
  return config;
}

}  // namespace papertray
