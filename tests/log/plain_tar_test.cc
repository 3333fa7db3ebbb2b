// The archive of a backup: whole files, in a tar that every tar reads.
#include "log/plain_tar.h"

#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "log/tar_block.h"
#include "samples.h"

using namespace papertray;
using namespace papertray::test;

namespace {

const Time noon{Seconds(1509710400)};

std::string octets(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i)
    bytes += static_cast<char>(i * 7);
  return bytes;
}

void write(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// By GNU tar, into a folder of its own.
std::string unpack(const TempDir& temp, const std::string& archive) {
  const std::string into = temp / "unpacked";
  std::filesystem::create_directory(into);
  const std::string command = PAPERTRAY_GNU_TAR " --extract --file=" + archive + " --directory=" + into;
  REQUIRE(std::system(command.c_str()) == 0);
  return into;
}

}  // namespace

TEST_CASE("what GNU tar unpacks is what was put in, at every size about a block's") {
  const TempDir temp;
  const std::size_t sizes[] = {0, 1, 511, 512, 513, 1024, 262'143, 262'144, 262'145, 600'000};
  {
    PlainTar tar(temp / "a.tar");
    for (const std::size_t size : sizes) {
      const std::string name = std::to_string(size);
      tar.add("bytes/" + name, octets(size), noon);
      write(temp / name, octets(size));
      tar.add_file("files/" + name, temp / name, size, noon);
    }
    tar.finish();
    CHECK(tar.bytes() == std::filesystem::file_size(temp / "a.tar"));
    CHECK(tar.bytes() % tar_block == 0);
  }
  const std::string into = unpack(temp, temp / "a.tar");
  for (const std::size_t size : sizes)
    for (const std::string folder : {"/bytes/", "/files/"}) {
      CAPTURE(size);
      const std::string path = into + folder + std::to_string(size);
      CHECK(read_file(path) == octets(size));
      struct stat facts = {};
      REQUIRE(::stat(path.c_str(), &facts) == 0);
      CHECK((facts.st_mode & 0777) == 0600);
      CHECK(facts.st_mtime == noon.time_since_epoch().count());
    }
}

TEST_CASE("a file that grows is taken as far as was said") {
  const TempDir temp;
  write(temp / "log", octets(1000) + "and what came after");
  PlainTar tar(temp / "a.tar");
  tar.add_file("log", temp / "log", 1000, noon);
  tar.add("behind", "it", noon);
  tar.finish();
  const std::string into = unpack(temp, temp / "a.tar");
  CHECK(read_file(into + "/log") == octets(1000));
  CHECK(read_file(into + "/behind") == "it");
}

TEST_CASE("a file that became shorter is a failure, never padding") {
  const TempDir temp;
  write(temp / "log", octets(999));
  PlainTar tar(temp / "a.tar");
  CHECK(failure_of([&] { tar.add_file("log", temp / "log", 1000, noon); }) ==
        (temp / "log") + " became shorter while it was copied; run papertray audit");
  CHECK(failure_of([&] { tar.add_file("none", temp / "none", 0, noon); }) != "");
}

TEST_CASE("what a tar's header cannot tell is refused before anything of it is written") {
  const TempDir temp;
  PlainTar tar(temp / "a.tar");
  tar.add(std::string(max_ustar_name, 'n'), "x", noon);
  const std::uint64_t before = tar.bytes();
  CHECK(failure_of([&] { tar.add(std::string(max_ustar_name + 1, 'n'), "x", noon); }) != "");
  CHECK(failure_of([&] {
          tar.add_file("large", temp / "large", max_ustar_number + 1, noon);
        }).starts_with("large with 8589934592 bytes does not fit into a tar"));
  CHECK(tar.bytes() == before);
  tar.add("of 1960", "x", Time(Seconds(-315'000'000)));  // no tar of this kind tells it
  tar.finish();
  const std::string into = unpack(temp, temp / "a.tar");
  CHECK(read_file(into + "/" + std::string(max_ustar_name, 'n')) == "x");
  CHECK(read_file(into + "/of 1960") == "x");
}

TEST_CASE("the archive is a new file, for nobody else to read") {
  const TempDir temp;
  {
    PlainTar tar(temp / "a.tar");
    tar.finish();
  }
  struct stat facts = {};
  REQUIRE(::stat((temp / "a.tar").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
  CHECK(facts.st_size == 2 * tar_block);
  CHECK(failure_of([&] { PlainTar again(temp / "a.tar"); }) != "");
  CHECK(failure_of([&] { PlainTar nowhere(temp / "none/a.tar"); }) != "");
}
