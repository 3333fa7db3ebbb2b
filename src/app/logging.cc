#include "app/logging.h"

#include <cstdlib>

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/printable.h"

namespace papertray {
namespace {

// sd-daemon(3): `<6>` in front of a line is its priority.
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

// systemd.exec(5): JOURNAL_STREAM is DEVICE:INODE of the journal's socket, and is inherited by programs
// whose standard error goes elsewhere.
bool journal_reads() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status = {};
  return stream && ::fstat(STDERR_FILENO, &status) == 0 &&
         fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

std::shared_ptr<spdlog::logger> make_logger() {
  auto logger =
      std::make_shared<spdlog::logger>("papertray", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  if (journal_reads())
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
    logger_->info("message=M-{} fate={} submission={} version={} from={} message_id={} reason={}",
                  m.message, fate_name(m.fate), log_value(m.submission), m.version, log_value(m.from),
                  log_value(m.message_id), log_value(m.reason));
  }
  void known_already(const std::string& sha256) override { logger_->info("known sha256={}", sha256); }
  void warning(const std::string& sentence) override { logger_->warn("{}", one_line(sentence)); }
  void delivered(const std::string& token, const std::string& to, OutboxState state,
                 const std::string& reason) override {
    const auto level = state == OutboxState::sent ? spdlog::level::info : spdlog::level::warn;
    logger_->log(level, "receipt={} state={} to={} reason={}", token, outbox_state_name(state),
                 log_value(to), log_value(reason));
  }

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace

std::string log_value(std::string_view text) {
  if (text.empty()) return "-";
  const std::string line = one_line(text);
  if (line.find_first_of(" \"=") == std::string::npos) return line;
  std::string quoted = "\"";
  for (const char c : line) {
    if (c == '"') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::unique_ptr<Watcher> log_watcher(bool quiet) {
  return std::make_unique<LogWatcher>(quiet);
}

}  // namespace papertray
