#include "app/logging.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "core/printable.h"

namespace papertray {
namespace {

// sd-daemon(3): `<6>` in front of a line is its priority. JOURNAL_STREAM tells that the journal reads.
class JournalPattern : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& msg, const std::tm&, spdlog::memory_buf_t& out) override {
    const char priority = msg.level >= spdlog::level::err    ? '3'
                          : msg.level == spdlog::level::warn ? '4'
                                                             : '6';
    const char text[] = {'<', priority, '>'};
    out.append(text, text + sizeof text);
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JournalPattern>();
  }
};

std::shared_ptr<spdlog::logger> make_logger() {
  auto logger =
      std::make_shared<spdlog::logger>("papertray", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  if (std::getenv("JOURNAL_STREAM"))
    formatter->add_flag<JournalPattern>('*').set_pattern("%*%v");
  else
    formatter->set_pattern("%Y-%m-%dT%H:%M:%SZ %l %v");
  logger->set_formatter(std::move(formatter));
  logger->flush_on(spdlog::level::info);
  return logger;
}

class LogWatcher : public Watcher {
 public:
  explicit LogWatcher(bool quiet) : logger_(make_logger()) {
    if (quiet) logger_->set_level(spdlog::level::warn);
  }

  void taken(const TakenMessage& m) override {
    logger_->info("message=M-{} fate={} submission={} version={} from={} message_id={} reason=\"{}\"",
                  m.message, fate_name(m.fate), m.submission.empty() ? "-" : m.submission, m.version,
                  m.from.empty() ? "-" : one_line(m.from),
                  m.message_id.empty() ? "-" : one_line(m.message_id), one_line(m.reason));
  }
  void known_already(const std::string& sha256) override { logger_->info("known sha256={}", sha256); }
  void warning(const std::string& sentence) override { logger_->warn("{}", one_line(sentence)); }
  void delivered(const std::string& token, const std::string& to, OutboxState state,
                 const std::string& reason) override {
    const auto level = state == OutboxState::sent ? spdlog::level::info : spdlog::level::warn;
    logger_->log(level, "receipt={} state={} to={} reason=\"{}\"", token, outbox_state_name(state),
                 one_line(to), one_line(reason));
  }

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

class BarWatcher : public Watcher {
 public:
  BarWatcher(bool quiet, std::size_t total)
      : total_(total),
        shown_(!quiet && ::isatty(STDERR_FILENO) == 1),
        began_(std::chrono::steady_clock::now()) {}
  ~BarWatcher() override {
    if (drawn_) std::fputs("\r\033[K", stderr);
  }

  void taken(const TakenMessage&) override { step(); }
  void known_already(const std::string&) override { step(); }
  void warning(const std::string& sentence) override {
    if (drawn_) std::fputs("\r\033[K", stderr);
    fmt::print(stderr, "papertray: {}\n", one_line(sentence));
  }

 private:
  void step() {
    ++done_;
    if (!shown_) return;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began_;
    if (spent - last_ < std::chrono::milliseconds(100) && done_ != total_) return;
    last_ = spent;
    drawn_ = true;
    const double rate = static_cast<double>(done_) / std::max(spent.count(), 0.001);
    std::string line = fmt::format("\r\033[K{} mails, {:.0f}/s", done_, rate);
    if (total_ > done_)
      line += fmt::format(", {:.0f} %, {:.0f} s left",
                          100.0 * static_cast<double>(done_) / static_cast<double>(total_),
                          static_cast<double>(total_ - done_) / rate);
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
  }

  std::size_t total_;
  bool shown_;
  bool drawn_ = false;
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::duration<double> last_{-1};
};

}  // namespace

std::unique_ptr<Watcher> log_watcher(bool quiet) {
  return std::make_unique<LogWatcher>(quiet);
}

std::unique_ptr<Watcher> bar_watcher(bool quiet, std::size_t total) {
  return std::make_unique<BarWatcher>(quiet, total);
}

}  // namespace papertray
