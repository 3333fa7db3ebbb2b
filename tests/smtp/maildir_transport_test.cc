#include "smtp/maildir_transport.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "temp_dir.h"

using namespace papertray;
using namespace papertray::testing;
namespace fs = std::filesystem;

namespace {

int files_in(const fs::path& folder) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    count += entry.is_regular_file() ? 1 : 0;
  return count;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 0777U;
}

const OutgoingMail mail{"pt-0123", "ada@uni.example", "Subject: x\r\n\r\none\r\ntwo\r\n"};

}  // namespace

TEST_CASE("a mail becomes one private file in new/, with LF line ends") {
  const TempDir dir;
  const fs::path maildir = dir.path() / "made" / "on the way";
  MaildirTransport transport(maildir);
  const Attempt attempt = transport.deliver(mail);
  CHECK(attempt.delivery == Delivery::accepted);
  CHECK(attempt.text.find(maildir.string()) != std::string::npos);
  CHECK(read_file(maildir / "new" / "pt-0123") == "Subject: x\n\none\ntwo\n");
  CHECK(mode_of(maildir / "new" / "pt-0123") == 0600);
  for (const char* name : {"cur", "new", "tmp"})
    CHECK(mode_of(maildir / name) == 0700);
  CHECK(files_in(maildir / "tmp") == 0);
}

TEST_CASE("the same mail again does not double, read or not") {
  const TempDir dir;
  MaildirTransport transport(dir.path());
  CHECK(transport.deliver(mail).delivery == Delivery::accepted);
  CHECK(transport.deliver(mail).delivery == Delivery::accepted);
  CHECK(files_in(dir.path() / "new") == 1);

  fs::rename(dir.path() / "new" / "pt-0123", dir.path() / "cur" / "pt-0123:2,RS");
  CHECK(transport.deliver(mail).delivery == Delivery::accepted);
  CHECK(files_in(dir.path() / "new") == 0);
  CHECK(files_in(dir.path() / "cur") == 1);

  OutgoingMail longer = mail;
  longer.token = "pt-01234";
  CHECK(transport.deliver(longer).delivery == Delivery::accepted);
  CHECK(files_in(dir.path() / "new") == 1);
}

TEST_CASE("what a killed run left in tmp/ is written over") {
  const TempDir dir;
  MaildirTransport transport(dir.path());
  fs::create_directories(dir.path() / "tmp");
  std::ofstream(dir.path() / "tmp" / "pt-0123") << std::string(1000, 'x');
  CHECK(transport.deliver(mail).delivery == Delivery::accepted);
  CHECK(read_file(dir.path() / "new" / "pt-0123") == "Subject: x\n\none\ntwo\n");
}

TEST_CASE("what cannot be written is tried later, with the system's words") {
  const TempDir dir;
  std::ofstream(dir.path() / "file") << "in the way";
  MaildirTransport below_a_file(dir.path() / "file" / "mail");
  const Attempt not_a_folder = below_a_file.deliver(mail);
  CHECK(not_a_folder.delivery == Delivery::refused_later);
  CHECK(not_a_folder.text.find("Not a directory") != std::string::npos);

  MaildirTransport transport(dir.path() / "mail");
  fs::create_directories(dir.path() / "mail" / "new" / "pt-0123" / "x");
  const Attempt taken = transport.deliver(mail);
  CHECK(taken.delivery == Delivery::refused_later);
  CHECK(taken.text.find("directory") != std::string::npos);
}

TEST_CASE("a token that is no file name never becomes one") {
  const TempDir dir;
  MaildirTransport transport(dir.path() / "mail");
  for (const char* token : {"", "../escape", "a/b", ".", "..", "a:2,S", "a b"}) {
    OutgoingMail odd = mail;
    odd.token = token;
    CHECK(transport.deliver(odd).delivery == Delivery::refused);
  }
  CHECK_FALSE(fs::exists(dir.path() / "escape"));
  CHECK_FALSE(fs::exists(dir.path() / "mail" / "new"));
}
