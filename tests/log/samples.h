// Mails and events to fill a log with, and short ways to do so.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "log/tar_log.h"
#include "support/temp_dir.h"

namespace papertray {
bool operator==(const MailFacts& a, const MailFacts& b);
bool operator==(const MailRef& a, const MailRef& b);
}  // namespace papertray

namespace papertray::test {

MailFacts sample_facts(std::uint32_t uid, std::uint64_t size = 0);
// As the source would: in pieces of a few bytes.
LoggedMail add_mail(Log& log, std::uint32_t uid, std::string_view bytes);
Event sample_event(const std::string& token);

std::string mail_text(const Log& log, const LoggedMail& mail);
std::vector<LogEntry> entries(const Log& log, LogPosition from = {});
// "mail 1", "event pt-3": one word pair for each entry.
std::vector<std::string> summary(const Log& log, LogPosition from = {});

std::unique_ptr<TarLog> writer(const std::string& dir, LogPosition known_good = {});
std::unique_ptr<TarLog> reader(const std::string& dir, LogPosition known_good = {});

// The error's text when opening (or `what`) fails as it should; "" when it does not fail.
template <class What>
std::string failure_of(What&& what) {
  try {
    what();
  } catch (const Failure& failure) {
    return failure.error().text;
  }
  return "";
}

}  // namespace papertray::test
