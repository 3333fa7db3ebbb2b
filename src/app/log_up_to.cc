#include "app/log_up_to.h"

#include <stdexcept>
#include <utility>

namespace papertray {
namespace {

[[noreturn]] void defect() {
  throw std::logic_error("a log that is only read was to be written");
}

}  // namespace

LogUpTo::LogUpTo(const Log& log, LogPosition end, std::function<void()> each,
                 std::function<bool(const LogEntry&)> keep)
    : log_(log), end_(end), each_(std::move(each)), keep_(std::move(keep)) {}

void LogUpTo::begin_mail(const MailFacts&) {
  defect();
}
void LogUpTo::write(std::span<const char>) {
  defect();
}
LoggedMail LogUpTo::end_mail() {
  defect();
}
void LogUpTo::abandon_mail() {
  defect();
}
std::string LogUpTo::written_sha256() const {
  defect();
}
LogPosition LogUpTo::append(const Event&) {
  defect();
}

void LogUpTo::read_from(LogPosition from, const std::function<bool(const LogEntry&)>& entry) const {
  if (from >= end_) return;
  log_.read_from(from, [&](const LogEntry& next) {
    if (next.end > end_) return false;
    each_();
    return (!keep_(next) || entry(next)) && next.end < end_;
  });
}

}  // namespace papertray
