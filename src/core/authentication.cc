#include "core/authentication.h"

#include <optional>

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/authentication_results.h"
#include "core/domain.h"
#include "core/printable.h"

namespace papertray {
namespace {

constexpr std::size_t longest_shown = 80;

std::string shown(std::string_view text) {
  return cut_to(one_line(text), longest_shown);
}

bool is_server(std::string_view id, std::string_view pattern) {
  if (pattern == "-") return id.empty();
  if (pattern.starts_with("*.")) {
    const std::string_view tail = pattern.substr(1);
    return id.size() > tail.size() && ascii::ends_with(id, tail);
  }
  return ascii::same(id, pattern);
}

// What follows the last @, or the whole: header.i=@example.org, smtp.mailfrom=example.org.
std::string_view domain_in(std::string_view value) {
  if (value.ends_with('>')) value.remove_suffix(1);
  const auto at = value.rfind('@');
  return at == std::string_view::npos ? value : value.substr(at + 1);
}

// The domain that a method is about.
std::string_view subject_of(const AuthMethod& method) {
  if (method.method == "dmarc") return domain_in(method.property("header", "from"));
  if (method.method == "dkim") {
    const std::string_view d = domain_in(method.property("header", "d"));
    return d.empty() ? domain_in(method.property("header", "i")) : d;
  }
  return domain_in(method.property("smtp", "mailfrom"));
}

std::string words_of(const AuthMethod& method) {
  return fmt::format("{}={}", shown(method.method), shown(method.result));
}

// Softfail is the domain's own "this is not from us, but I am not sure" (RFC 7208 section 8.5).
bool says_no(const AuthMethod& method) {
  return method.result == "fail" || method.result == "softfail" || method.result == "hardfail";
}

// DMARC first (RFC 7489): it is the domain's own rule. Where it has none, an aligned DKIM or SPF.
Authentication judge(const AuthResults& results, std::string_view from) {
  const std::string who = results.authserv_id.empty() ? "the mail server" : shown(results.authserv_id);
  const AuthMethod* against = nullptr;
  for (const AuthMethod& method : results.methods) {
    if (method.method != "dmarc") continue;
    const std::string_view about = subject_of(method);
    // A verdict on another domain says nothing of this one.
    if (!about.empty() && !same_organisation(about, from)) continue;
    if (method.result == "fail")
      return {SenderProof::failed, fmt::format("{} says dmarc=fail for {}", who, shown(from))};
    if (method.result == "pass")
      return {SenderProof::passed, fmt::format("{} says dmarc=pass for {}", who, shown(from))};
  }
  for (const AuthMethod& method : results.methods) {
    if (method.method != "dkim" && method.method != "spf") continue;
    if (!same_organisation(subject_of(method), from)) continue;
    if (method.result == "pass")
      return {SenderProof::passed,
              fmt::format("{} says {} for {}", who, words_of(method), shown(subject_of(method)))};
    if (!against && says_no(method)) against = &method;
  }
  if (against)
    return {SenderProof::failed,
            fmt::format("{} says {} for {}", who, words_of(*against), shown(subject_of(*against)))};
  return {SenderProof::missing, fmt::format("{} says nothing that proves {}", who, shown(from))};
}

}  // namespace

std::string authserv_pattern(std::string_view configured) {
  // What each writes into its Authentication-Results.
  if (configured == "gmail") return "mx.google.com";
  if (configured == "fastmail") return "*.messagingengine.com";
  if (configured == "outlook") return "-";
  return std::string(configured);
}

Authentication authenticate(const Message& message, std::string_view pattern) {
  if (pattern.empty()) return {SenderProof::unasked, ""};
  const Address* sender = sole_sender(message);
  if (!sender) return {SenderProof::missing, "there is not one From address"};
  for (const std::string_view value : header_values(message, "Authentication-Results")) {
    const std::optional<AuthResults> results = parse_authentication_results(value);
    if (results && is_server(results->authserv_id, pattern))
      return judge(*results, domain_in(sender->address));
  }
  return {SenderProof::missing, "the mail server wrote no Authentication-Results into it"};
}

}  // namespace papertray
