#include "app/doctor_servers.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "app/signals.h"
#include "app/sources.h"
#include "app/system_clock.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/time.h"
#include "imap/probe.h"
#include "net/certificate.h"
#include "smtp/probe.h"
#include "store/clock_lag.h"

namespace papertray {
namespace {

constexpr int few_days = 14;  // Let's Encrypt renews with 30 left: below this something is stuck

// Mail systems tolerate minutes; a deadline night does not.
constexpr std::int64_t much_skew_s = 30;
// A mail that was read this soon after it came bounds how far our clock can be ahead.
constexpr std::int64_t soon_s = 60;

// An mbox comes into being with its first mail; a Maildir should be there.
void look_at_files(Examination& found, const MailboxConfig& mailbox) {
  if (::access(mailbox.path.c_str(), R_OK) == 0) return found.add(Verdict::ok, "mailbox", mailbox.path);
  const int error = errno;
  if (mailbox.mbox && error == ENOENT)
    return found.add(Verdict::warn, "mailbox", mailbox.path + " is not there yet; check [mailbox] url");
  found.add(Verdict::fail, "mailbox",
            fmt::format("{}: {}; check [mailbox] url and the permissions", mailbox.path,
                        std::generic_category().message(error)));
}

// "220 mx.example.org ESMTP Exim 4.96 Mon, 30 Nov 2026 17:10:29 +0000": some servers tell the time.
std::optional<Time> time_in(const std::string& greeting) {
  for (const std::string_view day : {"Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, "})
    if (const std::size_t at = greeting.find(day); at != std::string::npos)
      return parse_mail_date(std::string_view(greeting).substr(at));
  return std::nullopt;
}

Server stoppable(Server server) {
  server.stop = stop_descriptor();
  return server;
}

bool sends_by_server(const Config& config) {
  return config.smtp && config.smtp->maildir.empty();
}
bool reads_from_server(const Config& config) {
  return config.mailbox && config.mailbox->path.empty();
}

void look_at_certificate(Examination& found, const std::string& check, const Server& server, Time now) {
  const std::optional<Certificate> certificate = certificate_of(stoppable(server));
  const std::string where = host_and_port(server.url);
  if (!certificate)
    return found.add(Verdict::ok, check, where + ": not encrypted, which only loopback may be");
  const auto days = std::chrono::floor<std::chrono::days>(certificate->expires - now).count();
  found.add(days < few_days ? Verdict::warn : Verdict::ok, check,
            fmt::format("{}: good until {} ({} days), from {}{}", where, rfc3339(certificate->expires),
                        days, certificate->issuer,
                        days < few_days ? "; it must be renewed on the server before that" : ""));
}

}  // namespace

void look_at_mailbox(Examination& found, const Config& config) {
  if (!config.mailbox)
    return found.add(
        Verdict::warn, "mailbox",
        "none: papertray import works without, papertray run wants a [mailbox] in " + config.file);
  if (!reads_from_server(config)) return look_at_files(found, *config.mailbox);
  const ImapReport report = probe_imap(imap_settings(*config.mailbox));
  found.add(Verdict::ok, "mailbox",
            fmt::format("{} as {}, {}", report.server, config.mailbox->server.user,
                        fmt::join(report.capabilities, " ")));
  for (const ImapFolderReport& folder : report.folders)
    found.add(folder.there && folder.problem.empty() ? Verdict::ok
              : folder.spam                          ? Verdict::warn
                                                     : Verdict::fail,
              (folder.spam ? "spam folder " : "folder ") + folder.name,
              folder.problem.empty() ? fmt::format("{} mails", folder.mails) : folder.problem);
  for (const std::string& remark : report.remarks)
    found.add(Verdict::warn, "mailbox", remark);
}

void look_at_smtp(Examination& found, const Config& config) {
  if (!config.smtp) return;  // receipts are off then, which is told
  if (!config.smtp->maildir.empty()) {
    found.add(Verdict::ok, "smtp", "receipts are written into " + config.smtp->maildir + ", not sent");
    return;
  }
  const SmtpProbe probe = probe_smtp(stoppable(config.smtp->server));
  found.add(
      Verdict::ok, "smtp",
      fmt::format("{}; {}, {}; {}", host_and_port(config.smtp->server.url),
                  probe.encrypted ? "encrypted" : "not encrypted",
                  probe.logged_in ? "logged in" : "no login", fmt::join(probe.capabilities, ", ")));
  if (const std::optional<Time> theirs = time_in(probe.greeting)) {
    const std::int64_t skew = (SystemClock().now() - *theirs).count();
    const bool much = std::abs(skew) > much_skew_s;
    found.add(
        much ? Verdict::warn : Verdict::ok, "clock smtp",
        fmt::format("its greeting says {}: this machine's clock is {} s {}{}", rfc3339(*theirs),
                    std::abs(skew), skew < 0 ? "behind" : "ahead",
                    much ? "; one of the two is wrong, let this machine keep time (timedatectl)" : ""));
  }
}

void look_at_certificates(Examination& found, const Config& config) {
  const Time now = SystemClock().now();
  if (reads_from_server(config))
    found.attempt("certificate imap",
                  [&] { look_at_certificate(found, "certificate imap", config.mailbox->server, now); });
  if (sends_by_server(config))
    found.attempt("certificate smtp",
                  [&] { look_at_certificate(found, "certificate smtp", config.smtp->server, now); });
}

void look_at_clock(Examination& found, const Config& config) {
  if (!reads_from_server(config)) return;
  const std::optional<ClockLag> lag = least_lag(database_path(config));
  // IMAP has no way to ask for the time, and to store a mail for it would change the mailbox.
  if (!lag)
    return found.add(
        Verdict::ok, "clock imap",
        "the server cannot be asked for its time; once mails have come in, their times tell");
  if (lag->seconds < -1) {
    const std::int64_t behind = -lag->seconds;
    return found.add(
        behind > much_skew_s ? Verdict::warn : Verdict::ok, "clock imap",
        fmt::format("a mail was read {} s before the server says it came: this machine's clock is at "
                    "least that far behind{}",
                    behind, behind > much_skew_s ? "; let this machine keep time (timedatectl)" : ""));
  }
  found.add(
      Verdict::ok, "clock imap",
      lag->seconds <= soon_s
          ? fmt::format(
                "of the last {} mails one was read {} s after the server says it came, none before: "
                "the clocks agree as far as that tells",
                lag->mails, lag->seconds)
          : fmt::format(
                "of the last {} mails none was read within a minute of its coming, so they tell nothing "
                "of the clocks; none was read before it came",
                lag->mails));
}

}  // namespace papertray
