// One mail out of a file, for `explain FILE`.
#include "app/read_one_mail.h"

#include <filesystem>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "app/failing.h"
#include "support/fakes.h"
#include "support/temp_dir.h"

namespace papertray {
namespace {

using test::check_sentence;
using test::failure_of;
using test::TempDir;
using test::write_file;

constexpr const char* mail = "Subject: hello\n\ntext\n";

std::string text_of(const MailBytes& bytes) {
  std::string text(bytes.size(), '\0');
  std::size_t at = 0;
  while (const std::size_t n = bytes.read(at, std::span<char>(text).subspan(at)))
    at += n;
  return text;
}

}  // namespace

TEST_CASE("a mail, byte for byte, with the facts of its file") {
  const TempDir folder;
  write_file(folder / "one.eml", mail);
  const testing::HandClock clock;
  const OneMail one = read_one_mail(folder / "one.eml", clock);
  CHECK(text_of(*one.bytes) == mail);
  CHECK(one.facts.file_time.has_value());
  CHECK(one.facts.fetched == clock.at);
  // Of the 21 bytes above, by sha256sum.
  CHECK(sha256_of(*one.bytes) == "bf76d5073262597414793b2f4351608c25b747162b098c4afecd88493e75e6cb");
}

TEST_CASE("an mbox of one mail, and its From line's clock") {
  const TempDir folder;
  write_file(folder / "box",
             std::string("From ada@example.org Mon Oct  9 16:12:30 2017\n") + mail + "\n");
  const OneMail one = read_one_mail(folder / "box", testing::HandClock());
  CHECK(text_of(*one.bytes) == mail);
  CHECK(rfc3339(one.facts.mbox_from.value()) == "2017-10-09T16:12:30Z");
}

TEST_CASE("through a symbolic link") {
  const TempDir folder;
  write_file(folder / "one.eml", mail);
  std::filesystem::create_symlink(folder / "one.eml", folder / "link.eml");
  CHECK(text_of(*read_one_mail(folder / "link.eml", testing::HandClock()).bytes) == mail);
}

TEST_CASE("what is not one mail") {
  const TempDir folder;
  const auto said = [&](const char* name) {
    return failure_of([&] { read_one_mail(folder / name, testing::HandClock()); });
  };
  SUBCASE("nothing of that name") {
    const Error error = said("M-999");
    CHECK(error.exit == Exit::not_there);
    check_sentence(error.text, "there is no " + (folder / "M-999"), "an id such as M-12");
  }
  SUBCASE("a folder") {
    const Error error = failure_of([&] { read_one_mail(folder.path(), testing::HandClock()); });
    CHECK(error.exit == Exit::bad_data);
    check_sentence(error.text, folder.path() + " is a folder", "name one mail file");
  }
  SUBCASE("a pipe, which is not waited for") {
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    const Error error = said("pipe");
    CHECK(error.exit == Exit::bad_data);
    check_sentence(error.text, folder / "pipe", "explain -");
  }
  SUBCASE("several mails") {
    const std::string from = "From ada@example.org Mon Oct  9 16:12:30 2017\n";
    write_file(folder / "box", from + mail + "\n" + from + mail + "\n" + from + mail + "\n");
    const Error error = said("box");
    CHECK(error.exit == Exit::bad_data);
    check_sentence(error.text, (folder / "box") + " holds several mails", "papertray import");
  }
}

}  // namespace papertray
