#include "net/curl.h"

#include <mutex>

#include "core/printable.h"
#include "net/readable.h"
#include "net/text.h"

namespace papertray {
namespace {

// A greeting, a capability list and a login are a dozen lines; what is more is chatter or an attack.
constexpr std::size_t most_lines = 64;
constexpr std::size_t longest_line = 4096;
constexpr std::size_t refusal_columns = 200;  // of the server's words in one sentence of ours

std::size_t take_line(char* bytes, std::size_t one, std::size_t count, void* lines) {
  static_cast<ServerLines*>(lines)->add(std::string_view(bytes, one * count));
  return one * count;
}

void start_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
      throw Failure(Error{Scope::program, Again::never, Exit::try_later, "libcurl does not start",
                          Trouble::other});
  });
}

// "x1 NO text" -> "NO text", "* BYE text" -> "BYE text", "550 text" as it is; else nothing.
std::string_view refusing_part(std::string_view line) {
  if (line.size() >= 3 && (line[0] == '4' || line[0] == '5') && protocol::is_digit(line[1]) &&
      protocol::is_digit(line[2]))
    return line;
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return {};
  const std::string_view rest = line.substr(blank + 1);
  for (std::string_view word : {"NO", "BAD", "BYE"})
    if (protocol::starts_with_nocase(rest, word) &&
        (rest.size() == word.size() || rest[word.size()] == ' '))
      return rest;
  return {};
}

}  // namespace

ServerLines::~ServerLines() {
  wipe(hidden_);
}

void ServerLines::hide(std::string_view secret) {
  wipe(hidden_);
  hidden_ = secret;
}

void ServerLines::add(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
    line.remove_suffix(1);
  std::string kept(line.substr(0, longest_line));
  if (!hidden_.empty())
    for (std::size_t at = 0; (at = kept.find(hidden_, at)) != std::string::npos;)
      kept.replace(at, hidden_.size(), "***"), at += 3;
  lines_.push_back(std::move(kept));
  if (lines_.size() > most_lines) lines_.pop_front();
}

bool ServerLines::mention(std::string_view text) const {
  for (const std::string& line : lines_)
    if (protocol::contains_nocase(line, text)) return true;
  return false;
}

std::string ServerLines::refusal() const {
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line)
    if (const std::string_view part = refusing_part(*line); !part.empty())
      return cut_to(one_line(part), refusal_columns);
  return {};
}

CurlHandle::CurlHandle() {
  start_libcurl();
  handle_.reset(curl_easy_init());
  if (!handle_)
    throw Failure(
        Error{Scope::program, Again::later, Exit::try_later, "libcurl gives no handle", Trouble::other});
  set(CURLOPT_ERRORBUFFER, &error_[0]);
  set(CURLOPT_HEADERFUNCTION, &take_line);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&lines_));
}

CurlHandle::~CurlHandle() {
  wipe(secret_);
}

void CurlHandle::logs_in_with(const std::string& secret, bool kept) {
  wipe(secret_);
  secret_ = secret;
  secret_kept_ = kept;
}

void CurlHandle::check(CURLcode code) const {
  if (code != CURLE_OK)
    throw Failure(code == CURLE_OUT_OF_MEMORY
                      ? Error{Scope::program, Again::later, Exit::try_later, "libcurl has no memory left",
                              Trouble::other}
                      : Error{Scope::program, Again::never, Exit::configuration,
                              std::string("libcurl refuses an option: ") + curl_easy_strerror(code),
                              Trouble::other});
}

void CurlHandle::stop_on(int stop, std::chrono::milliseconds grace) {
  stop_ = stop;
  grace_ = grace;
  set(CURLOPT_XFERINFOFUNCTION, &CurlHandle::look_for_stop);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a name service that does not answer is not waited for
}

// libcurl asks after each of its waits, which are a second long at most and end with a signal.
int CurlHandle::look_for_stop(void* handle, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& self = *static_cast<CurlHandle*>(handle);
  if (!self.stopped_ && !readable(self.stop_)) return 0;
  const auto now = std::chrono::steady_clock::now();
  if (!self.stopped_) self.stopped_ = now;
  return now - *self.stopped_ >= self.grace_ ? 1 : 0;
}

CURLcode CurlHandle::perform() {
  lines_.clear();
  error_[0] = '\0';
  return curl_easy_perform(get());
}

long CurlHandle::response_code() const {
  long code = 0;
  curl_easy_getinfo(get(), CURLINFO_RESPONSE_CODE, &code);
  return code;
}

}  // namespace papertray
