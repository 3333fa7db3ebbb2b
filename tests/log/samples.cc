#include "samples.h"

#include <algorithm>
#include <tuple>

namespace papertray {

bool operator==(const MailFacts& a, const MailFacts& b) {
  const auto all = [](const MailFacts& f) {
    return std::tie(f.place, f.size, f.internaldate, f.mbox_from, f.file_time, f.fetched, f.flags,
                    f.gmail_id, f.spam, f.receipts, f.oversize);
  };
  return all(a) == all(b);
}

bool operator==(const MailRef& a, const MailRef& b) {
  return std::tie(a.segment, a.offset, a.size) == std::tie(b.segment, b.offset, b.size);
}

}  // namespace papertray

namespace papertray::test {

constexpr Time some_time{Seconds(1509753599)};  // 2017-11-03T23:59:59Z

MailFacts sample_facts(std::uint32_t uid, std::uint64_t size) {
  return {.place = {.account = "imaps://imap.example.org as desk",
                    .folder = "Calls/2017 100%",
                    .uidvalidity = 7,
                    .uid = uid,
                    .name = ""},
          .size = size,
          .internaldate = some_time,
          .mbox_from = {},
          .file_time = {},
          .fetched = some_time + Seconds(60),
          .flags = {"\\Seen", "$Junk"},
          .gmail_id = 1844347792267117879ULL,
          .receipts = Receipts::send};
}

LoggedMail add_mail(Log& log, std::uint32_t uid, std::string_view bytes) {
  log.begin_mail(sample_facts(uid, bytes.size()));
  for (std::size_t at = 0; at < bytes.size(); at += 100)
    log.write(std::span(bytes).subspan(at, std::min<std::size_t>(100, bytes.size() - at)));
  return log.end_mail();
}

Event sample_event(const std::string& token) {
  return {.at = some_time, .actor = "papertray", .what = SendingBegun{.token = token}};
}

std::string mail_text(const Log& log, const LoggedMail& mail) {
  const std::unique_ptr<MailBytes> bytes = log.open(mail.ref);
  std::string text(bytes->size() + 10, '?');
  text.resize(bytes->read(0, text));
  return text;
}

std::vector<LogEntry> entries(const Log& log, LogPosition from) {
  std::vector<LogEntry> all;
  log.read_from(from, [&](const LogEntry& entry) {
    all.push_back(entry);
    return true;
  });
  return all;
}

std::vector<std::string> summary(const Log& log, LogPosition from) {
  std::vector<std::string> all;
  for (const LogEntry& entry : entries(log, from)) {
    if (const auto* mail = std::get_if<LoggedMail>(&entry.what))
      all.push_back("mail " + std::to_string(mail->facts.place.uid));
    else
      all.push_back("event " + std::get<SendingBegun>(std::get<Event>(entry.what).what).token);
  }
  return all;
}

std::unique_ptr<TarLog> writer(const std::string& dir, LogPosition known_good) {
  return TarLog::open(dir, known_good, TarLog::Mode::write);
}

std::unique_ptr<TarLog> reader(const std::string& dir, LogPosition known_good) {
  return TarLog::open(dir, known_good, TarLog::Mode::read);
}

}  // namespace papertray::test
