// Where papertray.toml is looked for, in order.
#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>
#include <unistd.h>

#include "app/config.h"
#include "app/failing.h"
#include "support/temp_dir.h"

namespace papertray {
namespace {

using test::check_sentence;
using test::failure_of;
using test::TempDir;
using test::write_file;

// The variables and the folder of a person, given back at the end.
class Surroundings {
 public:
  explicit Surroundings(const TempDir& home) : folder_(std::filesystem::current_path()) {
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "PAPERTRAY_CONFIG"}) {
      const char* value = std::getenv(name);
      before_.emplace_back(name, value ? std::optional<std::string>(value) : std::nullopt);
      ::unsetenv(name);
    }
    ::setenv("HOME", home.path().c_str(), 1);
    std::filesystem::create_directory(home / "here");
    std::filesystem::current_path(home / "here");
  }
  ~Surroundings() {
    std::error_code ignored;
    std::filesystem::current_path(folder_, ignored);
    for (const auto& [name, value] : before_)
      if (value)
        ::setenv(name.c_str(), value->c_str(), 1);
      else
        ::unsetenv(name.c_str());
  }
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

 private:
  std::filesystem::path folder_;
  std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

constexpr const char* text = "rules = \"r\"\nstate = \"s\"\n[receipts]\nmode = \"off\"\n";

}  // namespace

TEST_CASE("the nearest configuration is taken") {
  const TempDir home;
  const Surroundings surroundings(home);
  const std::string given = home / "given.toml";
  const std::string named = home / "named.toml";
  const std::string here = home / "here/papertray.toml";
  const std::string xdg = home / "xdg/papertray/papertray.toml";
  const std::string usual = home / ".config/papertray/papertray.toml";
  for (const std::string& path : {given, named, here, xdg, usual})
    write_file(path, text);

  CHECK(load_config("", "").file == here);
  std::filesystem::remove(here);
  CHECK(load_config("", "").file == usual);
  ::setenv("XDG_CONFIG_HOME", (home / "xdg").c_str(), 1);
  CHECK(load_config("", "").file == xdg);
  ::setenv("PAPERTRAY_CONFIG", named.c_str(), 1);
  CHECK(load_config("", "").file == named);
  CHECK(load_config(given, "").file == given);
  CHECK(load_config("../given.toml", "").file == given);
}

TEST_CASE("--state counts from where we are, the file's own from the file") {
  const TempDir home;
  const Surroundings surroundings(home);
  write_file(home / "desk/papertray.toml", text);
  CHECK(load_config("../desk/papertray.toml", "").state == home / "desk/s");
  CHECK(load_config("../desk/papertray.toml", "elsewhere/").state == home / "here/elsewhere");
  CHECK(load_config("../desk/papertray.toml", "/tmp/x").state == "/tmp/x");
}

TEST_CASE("none at all names the places that were looked at") {
  if (std::filesystem::exists("/etc/papertray/papertray.toml")) {
    MESSAGE("skipped: this machine has an /etc/papertray/papertray.toml");
    return;
  }
  const TempDir home;
  const Surroundings surroundings(home);
  const Error error = failure_of([] { load_config("", ""); });
  check_sentence(error.text, "no configuration", home / ".config/papertray/papertray.toml");
  check_sentence(error.text, "no configuration", "--config FILE");
  CHECK(error.exit == Exit::configuration);
}

TEST_CASE("a file that cannot be read") {
  const TempDir home;
  const Surroundings surroundings(home);
  const auto said = [](const std::string& path) {
    const Error error = failure_of([&] { load_config(path, ""); });
    CHECK(error.exit == Exit::configuration);
    return error.text;
  };
  SUBCASE("not there") {
    check_sentence(said(home / "nowhere.toml"), "cannot read " + (home / "nowhere.toml"),
                   "No such file");
  }
  SUBCASE("a folder") {
    check_sentence(said(home.path()), home.path() + " is a folder", "name the file");
  }
  SUBCASE("too large to be one") {
    write_file(home / "large.toml", std::string(1024 * 1024 + 1, '#'));
    check_sentence(said(home / "large.toml"), (home / "large.toml") + " is larger", "right file");
  }
  SUBCASE("not ours to read") {
    if (::geteuid() == 0) {
      MESSAGE("skipped: root may read everything");
      return;
    }
    write_file(home / "closed.toml", text);
    std::filesystem::permissions(home / "closed.toml", std::filesystem::perms::none);
    check_sentence(said(home / "closed.toml"), "cannot read " + (home / "closed.toml"),
                   "Permission denied");
  }
  SUBCASE("in a folder that may not be looked into") {
    if (::geteuid() == 0) {
      MESSAGE("skipped: root may look into every folder");
      return;
    }
    write_file(home / ".config/papertray/papertray.toml", text);
    std::filesystem::permissions(home / ".config/papertray", std::filesystem::perms::none);
    check_sentence(said(""), "cannot read " + (home / ".config/papertray/papertray.toml"),
                   "Permission denied");
    std::filesystem::permissions(home / ".config/papertray", std::filesystem::perms::owner_all);
  }
}

}  // namespace papertray
