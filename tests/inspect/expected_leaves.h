// What other projects' test sets say the leaves of a mail are, and what the inspector finds.
#pragma once

#include <string>
#include <vector>

#include "core/message.h"

namespace papertray::test {

// A leaf of a mail as the set states it. The flags say what it does not state.
struct WantedLeaf {
  std::string type;  // "image/gif"; "" where the set does not say
  std::string name;  // file name, decoded; "" for none
  std::string bytes;
  std::string charset;        // as labelled, for as_text
  bool as_text = false;       // `bytes` is what charset conversion must give, in UTF-8
  bool any_line_end = false;  // their tool writes LF for CRLF, or CRLF for LF
  bool any_name = false;      // they could not read it
  bool rest = false;          // by their own word not understood: whatever followed, as it lies there
  bool attachment = false;    // to lose it is to lose what somebody sent
};

struct WantedMail {
  std::string file;  // within the set: "rfc/003.eml"; twice, where one file is tried in two forms
  std::string mail;
  std::vector<WantedLeaf> leaves;
};

struct WantedSet {
  std::string name;
  std::vector<WantedMail> mails;
  std::vector<std::string>
      two_answers;  // files for which the set has another answer, too: not among them
};

struct FoundLeaf {
  Part part;
  std::string bytes;
};

// Through the reader in this process, which gives the bytes of every part.
std::vector<FoundLeaf> found_leaves(const std::string& mail);

// What files within files (zip, winmail.dat, uuencode) brought stands beside the tree of the mail, and
// no set speaks of it.
std::vector<FoundLeaf> without_unpacked(std::vector<FoundLeaf> found);

// The other way round, for the TNEF samples: what is in the winmail.dat, but not what mails within it
// bring, in the order of their bytes: theirs are listed by name.
std::vector<FoundLeaf> only_unpacked(std::vector<FoundLeaf> found);

// The first difference in number, order, type, name or bytes, in words; "" for none. Leaves without
// bytes and name do not count: parsers do not agree on whether two borders in a row have one between
// them.
std::string difference(WantedMail wanted, std::vector<FoundLeaf> found);

// Attachments of the expected result for which no leaf has the bytes or the name.
std::vector<std::string> lost_attachments(const WantedMail& wanted, const std::vector<FoundLeaf>& found);

// Readers of the forms in which each set states it. Empty where the set is not beside the checkout.
WantedSet stalwart_set();
WantedSet mime4j_set();
WantedSet mimekit_set();       // the mails of its mbox files
WantedSet mimekit_tnef_set();  // its winmail.dat, each in a mail of ours

// Shared by the readers.
std::string file_content(const std::string& file);
// The value of the first of these parameters in a header, as a quoted string or a token; "" for none.
std::string header_parameter(const std::string& header, const std::vector<std::string>& names);
std::string without_cr(std::string text);

}  // namespace papertray::test
