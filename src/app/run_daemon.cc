#include "app/run_daemon.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>

#include <fmt/format.h>

#include "app/contact.h"
#include "app/lively.h"
#include "app/logging.h"
#include "app/metrics.h"
#include "app/notify.h"
#include "app/paper_checking.h"
#include "app/replace_file.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/workspace.h"
#include "core/reconnect.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

class SystemWorld : public DaemonWorld {
 public:
  SystemWorld(const Config& config, Workspace& workspace, Turn& turn, Watcher& watcher)
      : config_(config),
        workspace_(workspace),
        turn_(turn),
        watcher_(watcher),
        random_(std::random_device{}()) {}

  Time now() override { return workspace_.clock().now(); }
  double chance() override { return std::uniform_real_distribution<double>(0, 1)(random_); }
  bool stop_asked() override { return papertray::stop_asked(); }
  bool reload_asked() override { return papertray::reload_asked(); }
  void reload() override { workspace_.use_rules(); }

  // People's commands write while we wait.
  Woken wait(MailboxSource* source, Seconds at_most) override {
    turn_.let_go();
    try {
      const Woken woken = wait_for_news(source, at_most);
      take_turn_back();
      return woken;
    } catch (...) {
      take_turn_back();
      throw;
    }
  }

  void tell(const DaemonStatus& status) override {
    notify_alive();
    const std::string word{trouble_word(status.trouble)};
    notify_status(status.detail.empty() ? word : word + ": " + status.detail);
    // What is only shown to people must not end the daemon.
    try {
      write_contact(config_.state, status);
      if (!config_.metrics.empty()) {
        if (!reader_) reader_ = SqliteReader::open(database_path(config_));
        const bool paused = !reader_->sending(now()).paused.empty();
        replace_file(config_.metrics, metrics_text(reader_->counts(), status, paused),
                     Readable::by_others);
      }
    } catch (const Failure& failure) {
      watcher_.warning(failure.error().text);
    }
  }

 private:
  Woken wait_for_news(MailboxSource* source, Seconds at_most) {
    const std::optional<Seconds> alive = alive_every();
    // Not by the wall's clock, which is set back and forth.
    const auto end = std::chrono::steady_clock::now() + at_most;
    for (;;) {
      notify_alive();
      const Seconds left = std::chrono::ceil<Seconds>(end - std::chrono::steady_clock::now());
      if (left <= Seconds(0)) return Woken::timeout;
      const Seconds piece = alive ? std::min(left, *alive) : left;
      // Without a mailbox to watch it is only time that passes.
      const Woken woken =
          source ? source->wait(piece, wake_descriptor()) : wait_on(piece, wake_descriptor());
      if (woken == Woken::timeout) continue;
      drain_wake();
      return woken;
    }
  }

  // Asked to stop, we need it no more: all is written before a wait.
  void take_turn_back() {
    const bool ours = turn_.take([this] {
      notify_alive();
      return !stop_asked();
    });
    if (ours) workspace_.take_over();
  }

  const Config& config_;
  Workspace& workspace_;
  Turn& turn_;
  Watcher& watcher_;
  std::mt19937 random_;
  std::unique_ptr<SqliteReader> reader_;
};

}  // namespace

int run_daemon(const Config& config, const Globals& globals) {
  reload_on_hangup();
  const std::unique_ptr<Watcher> lines = log_watcher(globals.quiet);
  Lively watcher(*lines);
  const StateLock lock = lock_state(config, "papertray run");
  Turn turn = take_turn(config, "papertray run");
  Workspace workspace(config, globals, turn, watcher);
  workspace.catch_up();
  const std::unique_ptr<MailboxSource> source = open_mailbox(*config.mailbox, workspace.clock());
  const std::unique_ptr<Transport> transport =
      config.smtp && config.receipts != Receipts::off ? open_transport(*config.smtp) : nullptr;

  PaperChecking checking(globals, workspace, watcher, wake_up);
  SystemWorld world(config, workspace, turn, watcher);
  DaemonSettings settings;
  settings.receipts = config.receipts;
  settings.poll = config.mailbox->poll;
  Daemon daemon(settings, read_contact(config.state).status, workspace.intake(), workspace.outbox(),
                workspace.store(), *source, transport.get(), world, watcher, &checking.checks());
  notify_ready();
  daemon.run();
  notify_stopping();
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
