#include "app/doctor_machine.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/readers.h"
#include "app/state_dir.h"
#include "app/workspace.h"
#include "core/error.h"

namespace papertray {
namespace {

// Below this an evening's mail may not fit.
constexpr std::uint64_t little_room = 1024ULL * 1024 * 1024;

// A receipt waits for three syncs, a batch of 200 mails for two: above this a person notices.
constexpr double slow_sync_ms = 100;
constexpr int most_syncs = 15;
constexpr std::chrono::seconds sync_budget{3};

// The folder, or where it will be made: doctor makes nothing, lest it belong to whoever ran doctor.
std::string nearest_there(std::string path) {
  std::error_code error;
  while (!std::filesystem::exists(path, error) && path != "/")
    path = std::filesystem::path(path).parent_path().string();
  return path;
}

// A file without a name, gone with the descriptor. Not every file system has that.
int nameless_file(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  std::string name = folder + "/.papertray-doctor-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

void look_at_state(Examination& found, const Config& config) {
  const std::string folder = nearest_there(config.state);
  const auto cannot = [&folder](const std::string& what) {
    throw Failure(
        {Scope::store, Again::person, Exit::cannot_write,
         fmt::format("{}: {}; mend its permissions, or name another folder as state", folder, what)});
  };
  struct statvfs room = {};
  if (std::error_code error; !std::filesystem::is_directory(folder, error)) cannot("is no folder");
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0 || ::statvfs(folder.c_str(), &room) != 0)
    cannot(std::generic_category().message(errno));
  const std::uint64_t bytes = static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
  found.add(
      bytes < little_room ? Verdict::warn : Verdict::ok, "state",
      fmt::format("{}{}, {} MiB free{}", config.state,
                  folder == config.state ? "" : ", to be made at the first run", bytes / (1024 * 1024),
                  bytes < little_room ? "; make room, a deadline night brings much" : ""));
}

void look_at_sync_speed(Examination& found, const Config& config) {
  const std::string folder = nearest_there(config.state);
  const int file = nameless_file(folder);
  if (file < 0) return;  // a folder that cannot be written to is told as "state"
  const std::array<char, 4096> block{};
  std::vector<double> spent;
  const auto end = std::chrono::steady_clock::now() + sync_budget;
  bool written = true;
  while (written && spent.size() < most_syncs && std::chrono::steady_clock::now() < end) {
    const auto began = std::chrono::steady_clock::now();
    written = ::write(file, block.data(), block.size()) == static_cast<ssize_t>(block.size()) &&
              ::fdatasync(file) == 0;
    spent.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
  }
  const int error = errno;
  ::close(file);
  if (!written)
    throw Failure({Scope::store, Again::person, Exit::cannot_write,
                   fmt::format("{}: cannot write and sync a file: {}; look at the disk", folder,
                               std::generic_category().message(error))});
  std::ranges::nth_element(spent, spent.begin() + static_cast<std::ptrdiff_t>(spent.size() / 2));
  const double median = spent[spent.size() / 2];
  found.add(
      median > slow_sync_ms ? Verdict::warn : Verdict::ok, "sync",
      fmt::format(
          "a write to the disk is safe after {:.1f} ms (median of {}){}", median, spent.size(),
          median > slow_sync_ms ? "; receipts wait for a few of these: a local disk is faster" : ""));
}

void look_at_database(Examination& found, const Config& config) {
  const std::unique_ptr<Reader> reader = open_reader_if_there(config);
  if (!reader) return found.add(Verdict::ok, "database", "none yet: nothing has been taken in");
  found.add(Verdict::ok, "database", fmt::format("{} mails", reader->counts().total));
}

void look_at_lock(Examination& found, const Config& config) {
  const std::string holder = lock_holder(config.state);
  found.add(Verdict::ok, "lock", holder.empty() ? "free: nobody takes mail in just now" : holder);
}

void look_at_sandbox(Examination& found, const Globals& globals) {
  const WorkerOptions options = inspector_options(globals);
  WorkerInspector inspector(options);
  std::string standing;
  std::string missing;
  for (const LayerLine& layer : describe(inspector.layers())) {
    std::string& list = layer.stands ? standing : missing;
    list += (list.empty() ? "" : ", ") + layer.name +
            (layer.remark.empty() ? "" : " (" + layer.remark + ")");
  }
  found.add(missing.empty() ? Verdict::ok : Verdict::warn, "sandbox",
            standing + (missing.empty() ? "" : "; missing: " + missing + "; the rest still holds"));
}

}  // namespace papertray
