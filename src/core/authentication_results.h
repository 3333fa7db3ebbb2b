// The value of an Authentication-Results field, understood (RFC 8601 section 2.2). Internal to core.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papertray {

// "header.from=example.org"
struct AuthProperty {
  std::string type;   // lower case: "header", "smtp", "policy"
  std::string name;   // lower case: "from", "d", "mailfrom"
  std::string value;  // unquoted
};

// "dkim=pass reason="good" header.d=example.org"
struct AuthMethod {
  std::string method;  // lower case: "dmarc", "dkim", "spf"
  std::string result;  // lower case: "pass", "fail", "softfail", "none", ...
  std::vector<AuthProperty> properties;

  // The first value of that property, "" for none.
  std::string_view property(std::string_view type, std::string_view name) const;
};

struct AuthResults {
  // Lower case; "" when the field begins with a result, as Exchange Online writes it.
  std::string authserv_id;
  std::vector<AuthMethod> methods;  // empty for "none"
};

// nullopt for a value that is none: half a result proves nothing.
std::optional<AuthResults> parse_authentication_results(std::string_view value);

}  // namespace papertray
