#include "app/providers.h"

#include <algorithm>
#include <array>

#include "net/text.h"

namespace papertray {
namespace {

std::string domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  std::string domain(at == std::string_view::npos ? std::string_view() : address.substr(at + 1));
  std::ranges::transform(domain, domain.begin(), protocol::ascii_lower);
  return domain;
}

// Microsoft's free mail has a domain for many countries: hotmail.fr, live.co.uk, outlook.de.
bool is_microsofts(std::string_view domain) {
  constexpr std::array names{"outlook.", "hotmail.", "live.", "msn.com", "passport.com"};
  return std::ranges::any_of(names, [&](std::string_view name) { return domain.starts_with(name); });
}

bool is_fastmails(std::string_view domain) {
  constexpr std::array names{"fastmail.com", "fastmail.fm", "fastmail.net", "fastmail.org",
                             "sent.com",     "fastmail.de", "fastmail.jp",  "fastmail.co.uk"};
  return std::ranges::find(names, domain) != names.end();
}

constexpr const char* gmail_advice =
    "Gmail takes no account password from programs. Turn on 2-step verification for the account, then "
    "make "
    "an app password at https://myaccount.google.com/apppasswords (name it papertray) and use its 16 "
    "letters. A Workspace account whose administrator forbids app passwords needs OAuth2 instead: see "
    "docs/oauth2.md.";
constexpr const char* outlook_advice =
    "Outlook and Microsoft 365 take no passwords from programs any more, only OAuth2 tokens. A helper "
    "gets "
    "one and prints it whenever it is asked; papertray runs that command at a login. docs/oauth2.md "
    "tells "
    "how to set one up (it takes a browser, once). An administrator may have to switch on IMAP and "
    "\"Authenticated SMTP\" for the mailbox.";
constexpr const char* fastmail_advice =
    "Fastmail wants an app password: Settings, Privacy & Security, Manage app passwords, New app "
    "password, "
    "with access to Mail (IMAP/SMTP).";

}  // namespace

const std::vector<Provider>& providers() {
  static const std::vector<Provider> all = {
      {.id = "gmail",
       .name = "Gmail",
       .imap = "imaps://imap.gmail.com",
       .smtp = "smtps://smtp.gmail.com",
       .authserv = "gmail",
       .spam = "[Gmail]/Spam",
       .advice = gmail_advice},
      {.id = "outlook",
       .name = "Outlook",
       .imap = "imaps://outlook.office365.com",
       .smtp = "smtp://smtp.office365.com:587",  // STARTTLS; Microsoft offers no implicit TLS
       .authserv = "outlook",
       .spam = "Junk Email",
       .token = true,
       .advice = outlook_advice},
      {.id = "fastmail",
       .name = "Fastmail",
       .imap = "imaps://imap.fastmail.com",
       .smtp = "smtps://smtp.fastmail.com",
       .authserv = "fastmail",
       .spam = "Spam",
       .advice = fastmail_advice},
      {.id = "other",
       .name = "another provider",
       .imap = {},
       .smtp = {},
       .authserv = {},
       .spam = {},
       .advice = {}},
  };
  return all;
}

const Provider* provider_named(std::string_view id) {
  const auto found = std::ranges::find(providers(), id, &Provider::id);
  return found == providers().end() ? nullptr : &*found;
}

Provider provider_of(std::string_view address) {
  const std::string domain = domain_of(address);
  if (domain == "gmail.com" || domain == "googlemail.com") return *provider_named("gmail");
  if (is_fastmails(domain)) return *provider_named("fastmail");
  if (!is_microsofts(domain)) return *provider_named("other");
  Provider outlook = *provider_named("outlook");
  // The free mailboxes have a server for sending of their own, and call the folder by another name.
  outlook.smtp = "smtp://smtp-mail.outlook.com:587";
  outlook.spam = "Junk";
  return outlook;
}

}  // namespace papertray
