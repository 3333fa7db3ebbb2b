// papertray.toml: what is understood, and what each mistake says.
#include "app/config.h"

#include <doctest/doctest.h>

#include "app/failing.h"

namespace papertray {
namespace {

using test::check_sentence;
using test::failure_of;

const std::string file = "/desk/papertray.toml";

constexpr const char* whole =
    "rules = \"rules.toml\"\n"                       // 1
    "state = \"/var/lib/papertray/\"\n"              // 2
    "metrics = \"metrics.prom\"\n"                   // 3
    "[mailbox]\n"                                    // 4
    "url = \"imaps://imap.example.org:1993\"\n"      // 5
    "folders = [\"INBOX\", \"Entwürfe\"]\n"          // 6
    "user = \"desk@example.org\"\n"                  // 7
    "password = { file = \"imap-password\" }\n"      // 8
    "auth = \"password\"\n"                          // 9
    "ca_file = \"../ca.pem\"\n"                      // 10
    "after = \"move:Processed\"\n"                   // 11
    "poll = 60\n"                                    // 12
    "[smtp]\n"                                       // 13
    "url = \"smtps://smtp.example.org\"\n"           // 14
    "from = \"Desk <desk@example.org>\"\n"           // 15
    "user = \"sender@example.org\"\n"                // 16
    "password = { command = \"pass show smtp\" }\n"  // 17
    "auth = \"password\"\n"                          // 18
    "ca_file = \"/etc/ca.pem\"\n"                    // 19
    "[receipts]\n"                                   // 20
    "mode = \"hold\"\n"                              // 21
    "authserv_id = \"mx.example.org\"\n";            // 22

std::string replaced(std::string text, const std::string& old, const std::string& fresh) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), fresh);
}

// A mailbox and nothing sent: the lines of [mailbox] begin at 4.
Config with_mailbox(const std::string& lines) {
  return parse_config("rules = \"r\"\nstate = \"s\"\nreceipts = { mode = \"off\" }\n[mailbox]\n" + lines,
                      file);
}

Config with_smtp(const std::string& lines, const std::string& mailbox = "") {
  return parse_config("rules = \"r\"\nstate = \"s\"\n" + mailbox + "[smtp]\n" + lines, file);
}

}  // namespace

TEST_CASE("every documented key is understood; paths are seen from the file") {
  const Config config = parse_config(whole, file);
  CHECK(config.file == file);
  CHECK(config.rules == "/desk/rules.toml");
  CHECK(config.state == "/var/lib/papertray");
  CHECK(config.metrics == "/desk/metrics.prom");

  const MailboxConfig& mailbox = config.mailbox.value();
  CHECK(mailbox.server.url == "imaps://imap.example.org:1993");
  CHECK(mailbox.path.empty());
  CHECK(mailbox.folders == std::vector<std::string>{"INBOX", "Entwürfe"});
  CHECK(mailbox.server.user == "desk@example.org");
  CHECK(mailbox.server.secret.kind == SecretSource::Kind::file);
  CHECK(mailbox.server.secret.value == "/desk/imap-password");
  CHECK(mailbox.server.auth == Auth::password);
  CHECK(mailbox.server.ca_file == "/ca.pem");
  CHECK(mailbox.after == AfterTaking::move);
  CHECK(mailbox.move_to == "Processed");
  CHECK(mailbox.poll == std::chrono::seconds(60));

  const SmtpConfig& smtp = config.smtp.value();
  CHECK(smtp.server.url == "smtps://smtp.example.org");
  CHECK(smtp.maildir.empty());
  CHECK(smtp.from == "Desk <desk@example.org>");
  CHECK(smtp.server.user == "sender@example.org");
  CHECK(smtp.server.secret.kind == SecretSource::Kind::command);
  CHECK(smtp.server.secret.value == "pass show smtp");
  CHECK(smtp.server.ca_file == "/etc/ca.pem");
  // RFC 5321 section 4.5.3.2.6: ten minutes after the final dot.
  CHECK(smtp.server.reply_timeout >= std::chrono::minutes(10));

  CHECK(config.receipts == Receipts::hold);
  CHECK(config.authserv_id == "mx.example.org");
}

TEST_CASE("a token instead of a password") {
  const Config config = with_mailbox(
      "url = \"imap://imap.example.org\"\nuser = \"x\"\nauth = \"xoauth2\"\ntoken = { env = \"TOKEN\" "
      "}\n");
  CHECK(config.mailbox->server.auth == Auth::xoauth2);
  CHECK(config.mailbox->server.secret.kind == SecretSource::Kind::env);
  CHECK(config.mailbox->server.secret.value == "TOKEN");
}

TEST_CASE("what need not be said") {
  const Config config = with_mailbox("url = \"maildir:mail/\"\n");
  CHECK(config.mailbox->path == "/desk/mail");
  CHECK_FALSE(config.mailbox->mbox);
  CHECK(config.mailbox->folders == std::vector<std::string>{"INBOX"});
  CHECK(config.mailbox->after == AfterTaking::flag);
  CHECK(config.mailbox->poll == std::chrono::seconds(300));
  CHECK(config.receipts == Receipts::off);
  CHECK_FALSE(config.smtp);
  CHECK(with_mailbox("url = \"mbox:/var/mail/desk\"\n").mailbox->mbox);
  CHECK(with_smtp("url = \"maildir:out\"\nfrom = \"d@example.org\"\n").receipts == Receipts::send);
}

TEST_CASE("[mailbox] spam: one folder, or several, or none") {
  const auto spam = [](const std::string& line) {
    return with_mailbox(
               "url = \"imaps://imap.example.org\"\nuser = \"desk\"\npassword = { env = \"P\" }\n" +
               line)
        .mailbox->spam;
  };
  CHECK(spam("").empty());
  CHECK(spam("spam = \"Junk\"").size() == 1);
  CHECK(spam("spam = \"Junk\"").front() == "Junk");
  CHECK(spam("spam = [\"Junk\", \"[Gmail]/Spam\"]") == std::vector<std::string>{"Junk", "[Gmail]/Spam"});
  CHECK(spam("spam = []").empty());
  struct Row {
    std::string lines;
    std::string says;
  };
  const Row rows[] = {
      {"spam = 3", "[mailbox] spam wants a text in quotes, or a list of them"},
      {"spam = \"\"", "[mailbox] spam wants the name of a folder"},
      {"spam = [\"Junk\", \"\"]", "[mailbox] spam wants the name of a folder"},
      {"spam = [1]", "[mailbox] spam wants a list of texts in quotes"},
      {"spam = \"Inbox\"", "[mailbox] spam names a folder that `folders` names too"},
      {"folders = [\"A\", \"B\"]\nspam = \"B\"",
       "[mailbox] spam names a folder that `folders` names too"},
      {"after = \"move:Done\"\nspam = \"Done\"",
       "[mailbox] spam names the folder that `after` moves mails to"},
      {"spma = \"Junk\"", "unknown key \"spma\" in [mailbox]; did you mean \"spam\"?"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.lines);
    check_sentence(test::sentence_of([&] { spam(row.lines); }), file + ":", row.says);
  }
  check_sentence(test::sentence_of([] { with_mailbox("url = \"maildir:m\"\nspam = \"Junk\"\n"); }),
                 file + ":6:", "[mailbox] spam is for IMAP");
}

TEST_CASE("[smtp] takes the login of [mailbox] where it has none of its own") {
  const std::string mailbox =
      "[mailbox]\nurl = \"imaps://i.example.org\"\nuser = \"u\"\npassword = { env = \"P\" }\nca_file = "
      "\"/ca\"\n";
  const std::string smtp = "url = \"smtp://s.example.org\"\nfrom = \"d@example.org\"\n";

  SUBCASE("all of it") {
    const Config config = with_smtp(smtp, mailbox);
    CHECK(config.smtp->server.user == "u");
    CHECK(config.smtp->server.secret.value == "P");
    CHECK(config.smtp->server.ca_file == "/ca");
  }
  SUBCASE("user = \"\" is no login at all") {
    const Config config = with_smtp(smtp + "user = \"\"\n", mailbox);
    CHECK(config.smtp->server.user.empty());
    CHECK(config.smtp->server.secret.kind == SecretSource::Kind::none);
  }
  SUBCASE("a password does not serve as a token") {
    const Error error = failure_of([&] { with_smtp(smtp + "auth = \"xoauth2\"\n", mailbox); });
    check_sentence(error.text, file + ":", "[smtp] token is missing");
  }
  SUBCASE("a server that wants no login, and no mailbox") {
    const Config config = with_smtp(smtp);
    CHECK(config.smtp->server.user.empty());
  }
  SUBCASE("a user without a password") {
    const Error error = failure_of([&] { with_smtp(smtp + "user = \"u\"\n"); });
    check_sentence(error.text, file + ":", "[smtp] password is missing");
  }
}

TEST_CASE("each mistake: file, line, key, and what is right") {
  struct Case {
    const char* what;
    const char* old;
    const char* fresh;
    int line;
    const char* part;
  };
  const Case cases[] = {
      {"rules misspelt", "rules =", "ruls =", 1, "unknown key \"ruls\"; did you mean \"rules\"?"},
      {"rules empty", "\"rules.toml\"", "\"\"", 1, "rules is empty"},
      {"state a number", "\"/var/lib/papertray/\"", "7", 2, "state wants a text in quotes"},
      {"a path with a control character", "metrics.prom", "a\\u0000b", 3,
       "metrics holds a control character"},
      {"table misspelt", "[mailbox]", "[mialbox]", 4,
       "unknown table \"mialbox\"; did you mean \"mailbox\"?"},
      {"unknown scheme", "imaps://imap.example.org:1993", "pop3://imap.example.org", 5,
       "[mailbox] url begins with imap://, imaps://, maildir: or mbox:"},
      {"no scheme", "imaps://imap.example.org:1993", "imap.example.org", 5, "[mailbox] url begins with"},
      {"no host", "imaps://imap.example.org:1993", "imaps://", 5, "[mailbox] url is wrong"},
      {"port that is none", ":1993", ":99999", 5, "[mailbox] url is wrong"},
      {"no path", "imaps://imap.example.org:1993", "maildir:", 5, "[mailbox] url wants a path"},
      {"folders a text", "[\"INBOX\", \"Entwürfe\"]", "\"INBOX\"", 6, "[mailbox] folders wants a list"},
      {"no folder", "[\"INBOX\", \"Entwürfe\"]", "[]", 6, "[mailbox] folders wants the names"},
      {"a folder without a name", "\"Entwürfe\"", "\"\"", 6, "[mailbox] folders wants the names"},
      {"user misspelt", "user =", "usr =", 7,
       "unknown key \"usr\" in [mailbox]; did you mean \"user\"?"},
      {"no user", "user = \"desk@example.org\"", "", 4, "[mailbox] user is missing"},
      {"no password", "password = { file = \"imap-password\" }", "", 4, "[mailbox] password is missing"},
      {"password written out", "{ file = \"imap-password\" }", "\"open-sesame\"", 8,
       "password = { file = \"imap-password\" } says where it lies"},
      {"two sources", "{ file = \"imap-password\" }", "{ file = \"x\", env = \"Y\" }", 8,
       "[mailbox] password wants exactly one of file, command, env, credential"},
      {"no source", "{ file = \"imap-password\" }", "{}", 8, "wants exactly one of"},
      {"unknown source", "{ file = \"imap-password\" }", "{ fiel = \"x\" }", 8,
       "unknown key \"fiel\" in [mailbox.password]; did you mean \"file\"?"},
      {"unknown auth", "auth = \"password\"", "auth = \"pasword\"", 9,
       "[mailbox] auth is \"password\", \"xoauth2\" or \"oauthbearer\", not \"pasword\"; did you mean "
       "\"password\"?"},
      {"token missing", "auth = \"password\"", "auth = \"xoauth2\"", 4, "[mailbox] token is missing"},
      {"unknown after", "move:Processed", "delete", 11,
       "[mailbox] after is \"flag\", \"none\" or \"move:FOLDER\""},
      {"move nowhere", "move:Processed", "move:", 11, "[mailbox] after is"},
      {"poll too often", "poll = 60", "poll = 1", 12,
       "[mailbox] poll wants a whole number from 10 to 86400"},
      {"mailbox scheme to send", "smtps://smtp.example.org", "imaps://smtp.example.org", 14,
       "[smtp] url begins with smtp://, smtps:// or maildir:"},
      {"from without an address", "Desk <desk@example.org>", "Desk", 15, "[smtp] from is wrong"},
      {"from missing", "from = \"Desk <desk@example.org>\"", "", 13, "[smtp] from is missing"},
      {"mode", "mode = \"hold\"", "mode = \"holt\"", 21,
       "[receipts] mode is \"send\", \"hold\" or \"off\""},
      {"receipts' key", "authserv_id", "authserve_id", 22, "did you mean \"authserv_id\"?"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.what);
    const Error error = failure_of([&] { parse_config(replaced(whole, one.old, one.fresh), file); });
    check_sentence(error.text, file + ":" + std::to_string(one.line) + ": ", one.part);
    CHECK(error.exit == Exit::configuration);
    CHECK(error.text.find("sesame") == std::string::npos);
  }
}

TEST_CASE("receipts need a way out") {
  const Error error = failure_of([] { parse_config("rules = \"r\"\nstate = \"s\"\n", file); });
  check_sentence(error.text, file + ": receipts are on", "[smtp]");
  CHECK(error.exit == Exit::configuration);
  CHECK(parse_config("rules = \"r\"\nstate = \"s\"\n[receipts]\nmode = \"off\"\n", file).receipts ==
        Receipts::off);
}

TEST_CASE("a url with a password in it is not repeated") {
  const Error error =
      failure_of([] { with_mailbox("url = \"imaps://user:open-sesame@imap.example.org\"\n"); });
  CHECK(error.exit == Exit::configuration);
  CHECK(error.text.find("sesame") == std::string::npos);
}

}  // namespace papertray
