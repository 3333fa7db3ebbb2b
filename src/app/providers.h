// The mail providers that most desks are at: their servers, and what one must know to log in there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papertray {

struct Provider {
  std::string id;    // "gmail": the word of --provider
  std::string name;  // "Gmail"
  std::string imap;  // "" for one that has to be asked for
  std::string smtp;
  std::string authserv;  // as [receipts] authserv_id takes it; "" where it has to be looked up
  std::string spam;      // where it puts what it takes for spam; "" where nobody can tell
  bool token = false;    // takes no password, only OAuth2
  std::string advice;    // of logging in, a paragraph; "" where a password is a password
};

// Those we know, and last "other", which has neither servers nor advice.
const std::vector<Provider>& providers();

// One of them by its word; nullptr for none.
const Provider* provider_named(std::string_view id);

// The one that an address is at, by its domain: "ada@gmail.com" is Gmail's. "other" when the domain
// tells nothing: a university's mail may be at any of them.
Provider provider_of(std::string_view address);

}  // namespace papertray
