#include "app/read_one_mail.h"

#include <filesystem>
#include <system_error>

#include "core/error.h"
#include "files/open_path.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void wrong(Exit exit, const std::string& text) {
  throw Failure({Scope::program, Again::person, exit, text});
}

// Keeps the first mail, and counts.
class FirstMail : public MailReceiver {
 public:
  void begin(const MailFacts& facts) override {
    if (++mails == 1) {
      first.facts = facts;
      bytes_ = std::make_shared<PassingMail>();
    }
  }
  void write(std::span<const char> bytes) override {
    if (mails == 1) bytes_->add(bytes);
  }
  void end() override {
    if (mails == 1) first.bytes = bytes_;
  }
  void abandon() override {}
  void vanished(const Place&) override {}
  void refused(const Place&, const std::string& why) override { refusal = why; }

  OneMail first;
  std::size_t mails = 0;
  std::string refusal;

 private:
  std::shared_ptr<PassingMail> bytes_;
};

void check_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found)
    wrong(Exit::not_there, "there is no " + path + "; name a mail file, or an id such as M-12");
  if (error)
    wrong(Exit::bad_data, "cannot read " + path + ": " + error.message() + "; mend its permissions");
  if (fs::is_directory(status))
    wrong(Exit::bad_data, path + " is a folder; name one mail file in it, or an id such as M-12");
  if (!fs::is_regular_file(status))
    wrong(Exit::bad_data, path + " is no file; pipe the mail into papertray explain -");
}

}  // namespace

OneMail read_one_mail(const std::string& path, const Clock& clock) {
  if (path != "-") check_file(path);
  const std::string name = path == "-" ? "standard input" : path;
  FirstMail receiver;
  open_path(path, clock)->fetch(NothingSeen(), {.mails = 2}, receiver);
  if (!receiver.refusal.empty()) wrong(Exit::bad_data, receiver.refusal);
  if (receiver.mails > 1)
    wrong(
        Exit::bad_data,
        name + " holds several mails; take it in with papertray import, then ask for them by their ids");
  if (!receiver.first.bytes) wrong(Exit::bad_data, name + " holds no mail");
  receiver.first.facts.fetched = clock.now();
  return receiver.first;
}

}  // namespace papertray
