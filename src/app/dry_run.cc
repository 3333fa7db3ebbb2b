#include "app/dry_run.h"

#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/readers.h"
#include "app/sources.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/printable.h"
#include "core/route.h"

namespace papertray {
namespace {

[[noreturn]] void no_memory(int error) {
  throw Failure({Scope::program, Again::later, Exit::try_later,
                 "cannot hold a mail in memory: " + std::generic_category().message(error)});
}

// A mail that is read and forgotten: it never gets a name on the disk.
class PassingMail : public MailBytes {
 public:
  PassingMail() : fd_(::memfd_create("papertray-dry-run", MFD_CLOEXEC)) {
    if (fd_ < 0) no_memory(errno);
  }
  ~PassingMail() override { ::close(fd_); }
  PassingMail(const PassingMail&) = delete;
  PassingMail& operator=(const PassingMail&) = delete;

  void add(std::span<const char> bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) no_memory(errno);
      bytes = bytes.subspan(static_cast<std::size_t>(n));
      size_ += static_cast<std::uint64_t>(n);
    }
  }
  std::size_t read(std::uint64_t offset, std::span<char> buffer) const override {
    const ssize_t n = ::pread(fd_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (n < 0) no_memory(errno);
    return static_cast<std::size_t>(n);
  }
  std::uint64_t size() const override { return size_; }

 private:
  int fd_;
  std::uint64_t size_ = 0;
};

class NothingSeen : public SeenPlaces {
 public:
  std::uint32_t last_uid(const std::string&, const std::string&, std::uint32_t) const override {
    return 0;
  }
  bool seen(const Place&) const override { return false; }
  std::vector<std::uint32_t> unmarked(const std::string&, const std::string&,
                                      std::uint32_t) const override {
    return {};
  }
};

// Decides on each mail as it comes, and tells.
class Teller : public MailReceiver {
 public:
  Teller(const Rules& rules, const Globals& globals)
      : rules_(rules), inspector_(inspector_options(globals)) {}

  void begin(const MailFacts&) override { mail_ = std::make_shared<PassingMail>(); }
  void write(std::span<const char> bytes) override { mail_->add(bytes); }
  void end() override {
    const std::shared_ptr<const MailBytes> mails[] = {mail_};
    inspector_.inspect(mails, [this](std::size_t, const Inspected& inspected) { tell(inspected); });
    mail_.reset();
  }
  void abandon() override { mail_.reset(); }
  void vanished(const Place&) override {}
  void refused(const Place&, const std::string& why) override {
    fmt::print(stderr, "papertray: {}\n", one_line(why));
  }

  std::size_t mails() const { return mails_; }

 private:
  void tell(const Inspected& inspected) {
    ++mails_;
    Decision decision;
    decision.fate = Fate::quarantined;
    decision.reason = inspected.quarantine;
    if (inspected.quarantine.empty()) decision = route(inspected.message, rules_);
    const Address* sender = sole_sender(inspected.message);
    print(fmt::format("{:<11}  {:<28}  {}\n{:13}{}\n", fate_name(decision.fate),
                      cut_to(one_line(sender ? sender->address : "-"), 28),
                      cut_to(one_line(inspected.message.subject), 60), "", one_line(decision.reason)));
  }

  const Rules& rules_;
  WorkerInspector inspector_;
  std::shared_ptr<PassingMail> mail_;
  std::size_t mails_ = 0;
};

}  // namespace

int dry_run(const Config& config, const Globals& globals) {
  const Rules rules = present_rules(config);
  const SystemClock clock;
  MailboxConfig mailbox = *config.mailbox;
  mailbox.after = AfterTaking::none;  // the folder is opened read-only
  const std::unique_ptr<MailboxSource> source = open_mailbox(mailbox, clock);

  std::unique_ptr<SqliteStore> store;
  const NothingSeen nothing;
  if (std::filesystem::exists(database_path(config))) store = SqliteStore::open(database_path(config));
  const SeenPlaces& seen = store ? static_cast<const SeenPlaces&>(*store) : nothing;

  Teller teller(rules, globals);
  while (source->fetch(seen, {}, teller) > 0)
    continue;
  print(fmt::format("{} mails would be taken in; nothing was changed\n", teller.mails()));
  return static_cast<int>(Exit::done);
}

}  // namespace papertray
