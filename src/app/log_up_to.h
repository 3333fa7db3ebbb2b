// A log that is read up to a position and written never: for making a database that stands where another
// one does, beside a run that goes on writing.
#pragma once

#include <functional>
#include <memory>

#include "intake/log.h"

namespace papertray {

class LogUpTo : public Log {
 public:
  // `log` outlives it. `each` is called before an entry is handed over and may throw.
  // Those that `keep` does not want are passed over.
  LogUpTo(
      const Log& log, LogPosition end, std::function<void()> each = [] {},
      std::function<bool(const LogEntry&)> keep = [](const LogEntry&) { return true; });

  void begin_mail(const MailFacts& facts) override;  // the writing calls are a defect here
  void write(std::span<const char> bytes) override;
  LoggedMail end_mail() override;
  void abandon_mail() override;
  std::string written_sha256() const override;
  LogPosition append(const Event& event) override;

  void sync() override {}
  LogPosition end() const override { return end_; }
  void read_from(LogPosition from, const std::function<bool(const LogEntry&)>& entry) const override;
  std::unique_ptr<MailBytes> open(const MailRef& mail) const override { return log_.open(mail); }

 private:
  const Log& log_;
  LogPosition end_;
  std::function<void()> each_;
  std::function<bool(const LogEntry&)> keep_;
};

}  // namespace papertray
