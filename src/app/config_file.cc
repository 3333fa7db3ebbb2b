// Where papertray.toml is, and its text.
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "app/config.h"
#include "core/error.h"

namespace papertray {
namespace {

namespace fs = std::filesystem;

// A configuration is a page; a file of many megabytes is a wrong path.
constexpr std::size_t config_cap = 1024 * 1024;

[[noreturn]] void wrong(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::configuration, text});
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::vector<fs::path> usual_places() {
  std::vector<fs::path> places{"papertray.toml"};
  if (const std::string xdg = environment("XDG_CONFIG_HOME"); !xdg.empty())
    places.push_back(fs::path(xdg) / "papertray/papertray.toml");
  else if (const std::string home = environment("HOME"); !home.empty())
    places.push_back(fs::path(home) / ".config/papertray/papertray.toml");
  places.emplace_back("/etc/papertray/papertray.toml");
  return places;
}

// "", with the places in `tried`, when there is none.
std::string find_config(const std::string& given, std::string& tried) {
  if (!given.empty()) return given;
  if (const std::string named = environment("PAPERTRAY_CONFIG"); !named.empty()) return named;
  for (const fs::path& place : usual_places()) {
    std::error_code error;
    // One that may not be looked at is the one that is meant: reading it will say so.
    if (fs::status(place, error).type() != fs::file_type::not_found) return place.string();
    tried += (tried.empty() ? "" : ", ") + place.string();
  }
  return "";
}

// Relative to where we are; the folder may be gone from under us.
std::string from_here(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) wrong("cannot tell where " + path + " is: " + error.message() + "; give the whole path");
  return without_end_slash(absolute.lexically_normal().string());
}

}  // namespace

std::string read_text_file(const std::string& path, std::size_t cap) {
  std::error_code error;
  if (fs::is_directory(path, error)) wrong(path + " is a folder, not a file; name the file");
  std::ifstream in(path, std::ios::binary);
  if (!in)
    wrong(fmt::format("cannot read {}: {}; check the path and its permissions", path,
                      std::generic_category().message(errno)));
  std::string text;
  std::array<char, 8192> piece;
  do {
    in.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  } while (in && text.size() <= cap);
  if (in.bad()) wrong("cannot read " + path + "; check the disk");
  if (text.size() > cap)
    wrong(fmt::format("{} is larger than {} bytes: is it the right file?", path, cap));
  return text;
}

Config load_config(const std::string& given, const std::string& state) {
  std::string tried;
  const std::string found = find_config(given, tried);
  if (found.empty())
    wrong("no configuration: there is none of " + tried + "; name one with --config FILE");
  const std::string path = from_here(found);
  Config config = parse_config(read_text_file(path, config_cap), path);
  if (!state.empty()) config.state = from_here(state);
  return config;
}

std::optional<Config> load_config_if_there(const std::string& given, const std::string& state) {
  std::string tried;
  if (find_config(given, tried).empty()) return std::nullopt;
  return load_config(given, state);
}

}  // namespace papertray
