#include "smtp/address.h"

#include <algorithm>

#include "core/error.h"
#include "core/printable.h"

namespace papertray {
namespace {

// RFC 5321 section 4.5.3.1.3: a path is at most 256 octets, its angle brackets included.
constexpr std::size_t max_address = 254;

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool all_of(std::string_view text, auto test) {
  return std::all_of(text.begin(), text.end(), test);
}

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

bool is_plain_local(std::string_view local) {
  return all_of(local, [](char c) { return is_alnum(c) || is_one_of(c, "!#$%&'*+-/=?^_`{|}~."); });
}

// A quoted string is taken with what no parser on the way can mistake for the end of the path.
bool is_quoted_local(std::string_view local) {
  if (local.size() < 3 || local.front() != '"' || local.back() != '"') return false;
  local = local.substr(1, local.size() - 2);
  return all_of(local, [](char c) { return c > ' ' && c < '\x7f' && !is_one_of(c, "<>\"\\"); });
}

bool is_domain(std::string_view domain) {
  if (domain.front() == '[')
    return domain.size() > 2 && domain.back() == ']' &&
           all_of(domain.substr(1, domain.size() - 2),
                  [](char c) { return is_alnum(c) || is_one_of(c, ".:-"); });
  return domain.front() != '.' && domain.back() != '.' && domain.find("..") == std::string_view::npos &&
         all_of(domain, [](char c) { return is_alnum(c) || is_one_of(c, "-_."); });
}

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw Failure(Error{Scope::message, Again::person, Exit::bad_data,
                      "the address \"" + one_line(text) + "\" " + why});
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// The text of a quoted string (RFC 5322 section 3.2.4), quotes still on.
std::string unquoted(std::string_view whole, std::string_view quoted) {
  std::string name;
  for (std::size_t at = 1; at + 1 < quoted.size(); ++at) {
    if (quoted[at] == '"') refuse(whole, "has a quote inside its quoted name; write \\\" for it");
    if (quoted[at] == '\\' && ++at + 1 == quoted.size())
      refuse(whole, "has a name without a closing quote");
    name += quoted[at];
  }
  return name;
}

}  // namespace

std::string address_problem(std::string_view address) {
  if (address.empty()) return "is empty";
  if (address.size() > max_address) return "is longer than 254 octets";
  if (!all_of(address,
              [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\0'; }))
    return "holds a blank or a line break";
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size()) return "is not local@domain";
  const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!all_of(address.substr(0, at), ascii)) return "needs SMTPUTF8, which papertray does not send with";
  if (!all_of(address.substr(at), ascii)) return "has a domain that is not in its ASCII form (xn--)";
  if (!is_plain_local(address.substr(0, at)) && !is_quoted_local(address.substr(0, at)))
    return "has a local part that cannot be written safely";
  if (!is_domain(address.substr(at + 1))) return "has no usable domain";
  return {};
}

Address parse_mailbox(std::string_view text) {
  if (!all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '\x7f'; }))
    refuse(text, "holds a control character");
  if (valid_utf8(text) != text) refuse(text, "is not UTF-8");

  Address mailbox;
  std::string_view address = trimmed(text);
  if (!address.empty() && address.back() == '>') {
    const std::size_t open = address.rfind('<');
    if (open == std::string_view::npos) refuse(text, "has no < before its >");
    const std::string_view name = trimmed(address.substr(0, open));
    address = address.substr(open + 1, address.size() - open - 2);
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
      mailbox.name = unquoted(text, name);
    } else {
      if (name.find_first_of("()<>[]:;@\\,\"") != std::string_view::npos)
        refuse(text, "has punctuation in its name; put the name in double quotes");
      mailbox.name = name;
    }
  }
  if (const std::string problem = address_problem(address); !problem.empty()) refuse(text, problem);
  mailbox.address = address;
  return mailbox;
}

}  // namespace papertray
