// What other projects say the leaves of a mail are, and what we find: each difference is one of those in
// tests/corpus/DIFFERENCES.md, with its cause.
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "inspect/expected_leaves.h"

using namespace papertray;
using namespace papertray::test;

namespace {

using Names = std::set<std::string>;

// The first column of the table below `## HEADING`, without its backticks.
Names listed(const std::string& heading) {
  std::istringstream lines(file_content(std::string(MAILS_DIR) + "/DIFFERENCES.md"));
  Names names;
  bool here = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) here = line == "## " + heading;
    if (here && line.starts_with("| `")) names.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

Names as_names(const std::vector<std::string>& all) {
  return {all.begin(), all.end()};
}

void compare(const WantedSet& set, std::vector<FoundLeaf> (*which)(std::vector<FoundLeaf>)) {
  if (set.mails.empty()) {
    MESSAGE("skipped: no " << set.name << " in the corpus");
    return;
  }
  Names files, differing;
  std::vector<std::string> lost;
  for (const WantedMail& mail : set.mails) {
    const std::vector<FoundLeaf> found = which(found_leaves(mail.mail));
    files.insert(mail.file);
    for (const std::string& one : lost_attachments(mail, found))
      lost.push_back(mail.file + ": " + one);
    const std::string why = difference(mail, found);
    if (why.empty()) continue;
    differing.insert(mail.file);
    INFO(mail.file << ": " << why);
    CHECK(listed(set.name).contains(mail.file));
  }
  MESSAGE(set.name << ": " << files.size() << " mails, " << files.size() - differing.size() << " agree, "
                   << differing.size() << " differ; " << lost.size() << " attachments lost");
  CHECK(differing == listed(set.name));
  CHECK(as_names(set.two_answers) == listed(set.name + ", two answers"));
  CHECK(as_names(lost) == Names{});
  CHECK((files.size() - differing.size()) * 100 >= files.size() * 95);
}

}  // namespace

TEST_CASE("leaves, names and bytes as Stalwart's mail-parser has them") {
  compare(stalwart_set(), without_unpacked);
}

TEST_CASE("leaves, names and bytes as mime4j has them") {
  compare(mime4j_set(), without_unpacked);
}

TEST_CASE("leaves, names and bytes as MimeKit has them") {
  compare(mimekit_set(), without_unpacked);
}

TEST_CASE("the attachments of a winmail.dat as MimeKit has them") {
  compare(mimekit_tnef_set(), only_unpacked);
}

TEST_CASE("the comparison sees what is different") {
  const std::string mail =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nthe text\n--b\n"
      "Content-Type: a/b; name=x\n\nthe file\n--b--\n";
  const std::vector<FoundLeaf> found = found_leaves(mail);
  WantedMail wanted{"x", mail, std::vector<WantedLeaf>(2)};
  wanted.leaves[0].bytes = "the text";
  wanted.leaves[0].as_text = true;
  wanted.leaves[1].name = "x";
  wanted.leaves[1].bytes = "the file";
  wanted.leaves[1].attachment = true;
  CHECK(difference(wanted, found) == "");
  CHECK(lost_attachments(wanted, found).empty());

  const auto changed = [&](auto change) {
    WantedMail other = wanted;
    change(other.leaves);
    return other;
  };
  using Leaves = std::vector<WantedLeaf>;
  for (const WantedMail& other : {
           changed([](Leaves& leaves) { leaves[0].bytes = "the Text"; }),
           changed([](Leaves& leaves) { leaves[0].bytes = "the te\uFFFD"; }),
           changed([](Leaves& leaves) { leaves[1].bytes = "the fil\uFFFD"; }),  // bytes are no text
           changed([](Leaves& leaves) { leaves[1].name = "y"; }),
           changed([](Leaves& leaves) { leaves[1].type = "a/c"; }),
           changed([](Leaves& leaves) { leaves.pop_back(); }),
           changed([](Leaves& leaves) { leaves.push_back(leaves[1]); }),
           changed([](Leaves& leaves) { std::swap(leaves[0], leaves[1]); }),
       })
    CHECK(difference(other, found) != "");
  CHECK(difference(changed([](Leaves& leaves) { leaves[0].bytes = "the te\uFFFDt"; }), found) == "");
  CHECK(lost_attachments(changed([](Leaves& leaves) { leaves[1].name = "y"; }), found).empty());
  CHECK(lost_attachments(changed([](Leaves& leaves) { leaves.push_back(leaves[1]); }), found) ==
        std::vector<std::string>{"x"});

  // An undivided rest: everything of ours must be in it, and everything of it be ours, a border or a
  // header.
  const auto rest = [&](const std::string& text) {
    return changed([&](Leaves& leaves) {
      leaves.pop_back();
      leaves[0].bytes = text;
      leaves[0].rest = true;
    });
  };
  CHECK(difference(rest("the text\n--b\nContent-Type: a/b; name=x\n\nthe file\n--b--\n"), found) == "");
  CHECK(difference(rest("the text\n--b\nContent-Type: a/b; name=x\n"), found) != "");
  CHECK(difference(rest("the text\nlost\n--b\n\nthe file\n"), found) != "");
}
