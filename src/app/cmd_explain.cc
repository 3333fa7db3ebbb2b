#include "app/cmd_explain.h"

#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"
#include "app/readers.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/may_reply.h"
#include "core/printable.h"
#include "intake/record.h"
#include "log/sha256.h"
#include "report/json.h"
#include "report/text.h"

namespace papertray {
namespace {

[[noreturn]] void cannot_read(const std::string& path, int error) {
  throw Failure({Scope::program, Again::person, error == ENOENT ? Exit::not_there : Exit::bad_data,
                 fmt::format("cannot read {}: {}; name a mail file, or an id such as M-12",
                             one_line(path), std::generic_category().message(error))});
}

// A mail that lies in a file, not in the log.
class FileBytes : public MailBytes {
 public:
  explicit FileBytes(const std::string& path)
      : path_(path), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status = {};
    if (fd_ < 0 || ::fstat(fd_, &status) != 0) cannot_read(path, errno);
    if (!S_ISREG(status.st_mode)) cannot_read(path, EINVAL);
    size_ = static_cast<std::uint64_t>(status.st_size);
    modified_ = Time(Seconds(status.st_mtim.tv_sec));
  }
  ~FileBytes() override { ::close(fd_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    for (;;) {
      const ssize_t n = ::pread(fd_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) cannot_read(path_, errno);
    }
  }
  std::uint64_t size() const override { return size_; }
  Time modified() const { return modified_; }

 private:
  std::string path_;
  int fd_;
  std::uint64_t size_ = 0;
  Time modified_{};
};

std::string sha256_of(const MailBytes& bytes) {
  Sha256 hash;
  std::array<char, 65536> buffer;
  std::uint64_t at = 0;
  while (const std::size_t n = bytes.read(at, buffer)) {
    hash.add(std::span<const char>(buffer.data(), n));
    at += n;
  }
  return hash.hex();
}

// Inspects and decides, and writes nothing.
void decide(ExplainView& view, const std::shared_ptr<const MailBytes>& bytes, const MailFacts& facts,
            const Rules& rules, const Globals& globals) {
  WorkerInspector inspector(inspector_options(globals));
  const std::shared_ptr<const MailBytes> mails[] = {bytes};
  inspector.inspect(mails, [&](std::size_t, const Inspected& inspected) {
    const Message& message = inspected.message;
    view.message_id = message.message_id;
    view.subject = message.subject;
    if (!message.from.empty()) {
      view.from = message.from.front().address;
      view.from_name = message.from.front().name;
    }
    view.notes = message.notes;
    view.clocks = clocks_of(facts, message);
    view.received = received_at(view.clocks);
    if (inspected.quarantine.empty()) {
      view.decision = route(message, rules);
      view.may_reply = may_reply(message, rules.own_addresses);
    } else {
      view.decision.fate = Fate::quarantined;
      view.decision.reason = inspected.quarantine;
      view.may_reply.reason = "it could not be read";
    }
  });
}

ExplainView explain_message(const ShownMessage& shown, const Config& config, const Rules& rules,
                            const Globals& globals) {
  ExplainView view;
  view.what = shown.row.id;
  view.size = shown.size;
  view.sha256 = shown.row.sha256;
  view.recorded_fate = shown.row.fate;
  view.recorded_reason = shown.row.reason;
  view.submission = shown.row.submission;
  const std::unique_ptr<TarLog> log = TarLog::open(log_path(config), {}, TarLog::Mode::read);
  const MailRef ref{.segment = shown.log_segment, .offset = shown.log_offset, .size = shown.size};
  MailFacts facts;
  facts.internaldate = shown.internaldate;
  facts.mbox_from = shown.mbox_from;
  facts.file_time = shown.file_time;
  facts.fetched = shown.fetched;
  decide(view, log->open(ref), facts, rules, globals);
  return view;
}

ExplainView explain_file(const std::string& path, const Rules& rules, const Globals& globals) {
  const auto bytes = std::make_shared<const FileBytes>(path);
  ExplainView view;
  view.what = path;
  view.size = bytes->size();
  view.sha256 = sha256_of(*bytes);
  MailFacts facts;
  facts.file_time = bytes->modified();
  facts.fetched = SystemClock().now();
  decide(view, bytes, facts, rules, globals);
  return view;
}

}  // namespace

int cmd_explain(const Globals& globals, const std::string& what) {
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  const Look look = look_of(globals, rules.timezone);
  const auto shown = [&](const ExplainView& view) {
    print(globals.json ? explain_json(view) : explain_text(view, look));
  };
  if (const std::unique_ptr<Reader> reader = open_reader_if_there(config)) {
    if (const auto message = reader->message(what)) {
      shown(explain_message(*message, config, rules, globals));
      return static_cast<int>(Exit::done);
    }
    if (const auto submission = reader->submission(what)) {
      // A submission went where its newest mail went.
      if (const auto newest = reader->message(submission->messages.back().id)) {
        shown(explain_message(*newest, config, rules, globals));
        return static_cast<int>(Exit::done);
      }
    }
  }
  shown(explain_file(what, rules, globals));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
