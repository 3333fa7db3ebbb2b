// Other projects' replies with what they expect of them, where they lie beside this checkout. How each
// set says what it expects is read here; nothing of them is run.
#pragma once

#include <string>
#include <vector>

namespace papertray::test {

struct ReplyCase {
  std::string name;
  std::string text = {};  // of the mail, LF line ends; "" when `mail` is to be read instead
  std::string mail = {};  // a whole mail, for the inspector
  // What must hold of the words that are kept; "" asks nothing. Lines' ends and empty lines do not
  // count, nor any white space when `tight`.
  std::string whole = {};  // all of it
  std::string begins = {};
  std::vector<std::string> has = {};      // somewhere
  std::vector<std::string> has_not = {};  // a line that begins so
  bool tight = false;
};

struct ReplySet {
  std::string name;
  std::vector<ReplyCase> cases;  // none when the set is not there
};

std::vector<ReplySet> reply_sets();

bool as_expected(const ReplyCase& wanted, const std::string& said);

}  // namespace papertray::test
