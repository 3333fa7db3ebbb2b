#include "app/config.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "app/toml_table.h"
#include "core/error.h"
#include "net/token.h"
#include "smtp/address.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

std::string absolute(const fs::path& base, const std::string& path) {
  return without_end_slash((base / path).lexically_normal().string());
}

// A path that must be there, seen from the configuration's folder.
std::string path_of(TomlTable& table, std::string_view key, const fs::path& base) {
  const std::string path = table.text(key);
  if (path.empty()) table.fail(key, "is empty; name a path");
  return absolute(base, path);
}

// "imaps://host" -> "imaps", "maildir:PATH" -> "maildir"
std::string scheme_of(const std::string& url) {
  std::string scheme = url.substr(0, std::min(url.find(':'), url.size()));
  std::ranges::transform(scheme, scheme.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return scheme;
}

// The path of `maildir:PATH`.
std::string local_path(const TomlTable& table, const std::string& url, const fs::path& base) {
  const std::string path = url.substr(url.find(':') + 1);
  if (path.empty()) table.fail("url", "wants a path, like maildir:/var/mail/workshop");
  return absolute(base, path);
}

std::string server_url(const TomlTable& table, const std::string& url) {
  try {
    parse_server_url(url);
  } catch (const Failure& failure) {
    table.fail("url", "is wrong: " + failure.error().text);
  }
  return url;
}

SecretSource secret_of(TomlTable& table, std::string_view key, const fs::path& base) {
  // What it holds is never repeated: it may be the secret itself.
  std::optional<TomlTable> secret =
      table.table(key, std::string(key) + " = { file = \"imap-password\" } says where it lies");
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

// user, password, token, auth, ca_file: the same in [mailbox] and [smtp]. What `server` holds already
// stands where the table says nothing.
void read_login(TomlTable& table, const fs::path& base, Server& server) {
  const std::vector<std::string> words{"password", "xoauth2", "oauthbearer"};  // in Auth's order
  const Auth before = server.auth;
  server.user = table.text("user", server.user);
  const SecretSource password = secret_of(table, "password", base);
  const SecretSource token = secret_of(table, "token", base);
  const std::string word = table.word("auth", words, words[static_cast<std::size_t>(before)]);
  server.auth = static_cast<Auth>(std::ranges::find(words, word) - words.begin());
  const SecretSource& own = by_token(server.auth) ? token : password;
  // A password is no token.
  if (own.kind != SecretSource::Kind::none || by_token(server.auth) != by_token(before))
    server.secret = own;
  if (const std::string ca = table.text("ca_file", ""); !ca.empty()) server.ca_file = absolute(base, ca);
}

// With a user there must be a secret.
void check_secret(const TomlTable& table, const Server& server) {
  if (server.secret.kind == SecretSource::Kind::none)
    table.missing(by_token(server.auth) ? "token" : "password",
                  "is missing: { file = \"imap-password\" } names a file that holds it");
}

void read_after(TomlTable& table, MailboxConfig& mailbox) {
  constexpr std::string_view move = "move:";
  const std::string after = table.text("after", "flag");
  if (after == "none")
    mailbox.after = AfterTaking::none;
  else if (after == "flag")
    mailbox.after = AfterTaking::flag;
  else if (after.starts_with(move) && after.size() > move.size())
    mailbox.after = AfterTaking::move;
  else
    table.fail("after", "is \"flag\", \"none\" or \"move:FOLDER\"");
  if (mailbox.after == AfterTaking::move) mailbox.move_to = after.substr(move.size());
}

// INBOX has one name, whatever its case (RFC 3501 section 5.1).
std::string folder_key(std::string name) {
  std::string upper = name;
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper == "INBOX" ? upper : name;
}

// What lies in such a folder is never recorded, so no other folder's mail may be taken for it.
void read_spam(TomlTable& table, MailboxConfig& mailbox) {
  mailbox.spam = table.text_or_texts("spam", {});
  if (mailbox.spam.empty()) return;
  if (!mailbox.path.empty())
    table.fail("spam", "is for IMAP: a Maildir or an mbox is read as one folder; leave it out");
  for (const std::string& folder : mailbox.spam) {
    if (folder.empty()) table.fail("spam", "wants the name of a folder: \"Junk\"");
    for (const std::string& read : mailbox.folders)
      if (folder_key(read) == folder_key(folder))
        table.fail("spam", "names a folder that `folders` names too; leave it out of one of them");
    if (mailbox.after == AfterTaking::move && folder_key(mailbox.move_to) == folder_key(folder))
      table.fail("spam", "names the folder that `after` moves mails to; name another one");
  }
}

MailboxConfig read_mailbox(TomlTable& table, const fs::path& base) {
  MailboxConfig mailbox;
  const std::string url = table.text("url");
  const std::string scheme = scheme_of(url);
  if (scheme == "maildir" || scheme == "mbox") {
    mailbox.path = local_path(table, url, base);
    mailbox.mbox = scheme == "mbox";
  } else if (scheme == "imap" || scheme == "imaps") {
    mailbox.server.url = server_url(table, url);
    constexpr int most_mib = largest_mail >> 20U;
    mailbox.largest = static_cast<std::uint64_t>(table.number("largest_mib", most_mib, 1, most_mib))
                      << 20U;
  } else {
    table.fail("url", "begins with imap://, imaps://, maildir: or mbox:");
  }
  mailbox.folders = table.texts("folders", {"INBOX"});
  if (mailbox.folders.empty() || std::ranges::find(mailbox.folders, "") != mailbox.folders.end())
    table.fail("folders", "wants the names of one or more folders: [\"INBOX\"]");
  read_login(table, base, mailbox.server);
  mailbox.poll = std::chrono::seconds(table.number("poll", 300, 10, 86'400));
  read_after(table, mailbox);
  read_spam(table, mailbox);
  if (mailbox.path.empty()) {
    // Without a user libcurl reports success and stays unauthenticated (measured).
    if (mailbox.server.user.empty()) table.missing("user", "is missing: whose mailbox is it?");
    check_secret(table, mailbox.server);
  }
  table.finish();
  return mailbox;
}

std::string from_of(TomlTable& table) {
  const std::string from = table.text("from");
  try {
    parse_mailbox(from);
  } catch (const Failure& failure) {
    table.fail("from", "is wrong: " + failure.error().text + "; write \"Name <address@host>\"");
  }
  return from;
}

SmtpConfig read_smtp(TomlTable& table, const fs::path& base,
                     const std::optional<MailboxConfig>& mailbox) {
  SmtpConfig smtp;
  const std::string url = table.text("url");
  const std::string scheme = scheme_of(url);
  if (scheme == "maildir")
    smtp.maildir = local_path(table, url, base);
  else if (scheme == "smtp" || scheme == "smtps")
    smtp.server.url = server_url(table, url);
  else
    table.fail("url", "begins with smtp://, smtps:// or maildir:");
  smtp.from = from_of(table);
  if (mailbox) {  // taken from there when absent
    smtp.server.user = mailbox->server.user;
    smtp.server.secret = mailbox->server.secret;
    smtp.server.auth = mailbox->server.auth;
    smtp.server.ca_file = mailbox->server.ca_file;
  }
  smtp.server.reply_timeout =
      std::chrono::minutes(10);  // after the final dot: RFC 5321 section 4.5.3.2.6
  read_login(table, base, smtp.server);
  if (smtp.server.user.empty()) {  // `user = ""` is how to say: no login
    smtp.server.secret = {};
    smtp.server.auth = Auth::password;
  } else if (smtp.maildir.empty()) {
    check_secret(table, smtp.server);
  }
  table.finish();
  return smtp;
}

}  // namespace

std::string without_end_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/'))
    path.pop_back();
  return path;
}

Config parse_config(const std::string& text, const std::string& path) {
  const fs::path base = fs::path(path).parent_path();
  TomlTable table = TomlTable::parse(text, path);
  Config config;
  config.file = path;
  config.rules = path_of(table, "rules", base);
  config.state = path_of(table, "state", base);
  if (const std::string metrics = table.text("metrics", ""); !metrics.empty())
    config.metrics = absolute(base, metrics);
  if (std::optional<TomlTable> mailbox = table.table("mailbox", "[mailbox]"))
    config.mailbox = read_mailbox(*mailbox, base);
  if (std::optional<TomlTable> smtp = table.table("smtp", "[smtp]"))
    config.smtp = read_smtp(*smtp, base, config.mailbox);
  if (std::optional<TomlTable> receipts = table.table("receipts", "[receipts]")) {
    const std::string mode = receipts->word("mode", {"send", "hold", "off"}, "send");
    config.receipts = mode == "send" ? Receipts::send : mode == "hold" ? Receipts::hold : Receipts::off;
    config.authserv_id = receipts->text("authserv_id", "");
    config.limits.per_address = receipts->number("per_address", config.limits.per_address, 1, 10'000);
    config.limits.per_day = receipts->number("per_day", config.limits.per_day, 1, 1'000'000);
    receipts->finish();
  }
  if (std::optional<TomlTable> check = table.table("check", "[check]")) {
    config.checks = check->word("mode", {"on", "off"}, "on") == "on";
    config.check_budget = std::chrono::seconds(check->number("budget_seconds", 10, 0, 3'600));
    check->finish();
  }
  table.finish();
  if (config.receipts != Receipts::off && !config.smtp)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   path + ": receipts are on, but there is no [smtp]; add it, or set [receipts] mode = "
                          "\"off\""});
  return config;
}

}  // namespace papertray
