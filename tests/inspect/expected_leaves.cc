#include "inspect/expected_leaves.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#ifdef PAPERTRAY_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

#include "core/printable.h"
#include "inspect/charset.h"
#include "inspect/html_text.h"
#include "inspect/mail_reader.h"
#include "inspect/plain_text.h"
#include "inspect/unpack.h"

namespace papertray::test {
namespace {

class EveryPart : public Output {
 public:
  void write(std::string_view bytes) override { bytes_ += bytes; }
  std::uint64_t position() const override { return bytes_.size(); }
  bool wants_every_part() const override { return true; }
  std::string of(const Part& part) const {
    return bytes_.substr(static_cast<std::size_t>(part.offset), static_cast<std::size_t>(part.size));
  }

 private:
  std::string bytes_;
};

std::string shown(const std::string& text) {
  std::string out;
  for (const char c : text.substr(0, 60))
    out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
  return "\"" + valid_utf8(out) + (text.size() > 60 ? "...\"" : "\"");
}

std::size_t character_size(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Where their result has U+FFFD, they could not read a byte. We may: any one character of ours fits.
bool fits(std::string_view wanted, std::string_view found) {
  constexpr std::string_view unknown = "\xEF\xBF\xBD";
  while (!wanted.empty() && !found.empty()) {
    const bool any = wanted.starts_with(unknown);
    if (!any && wanted.front() != found.front()) return false;
    wanted.remove_prefix(any ? unknown.size() : 1);
    found.remove_prefix(std::min(any ? character_size(found.front()) : 1, found.size()));
  }
  return wanted.empty() && found.empty();
}

bool same_bytes(const WantedLeaf& wanted, const FoundLeaf& found) {
  static const Charsets charsets;
  if (wanted.any_line_end) return without_cr(wanted.bytes) == without_cr(found.bytes);
  if (!wanted.as_text) return wanted.bytes == found.bytes;
  const bool html = found.part.type == "text/html";
  const std::string label =
      wanted.charset.empty() && html ? charset_in_html(found.bytes) : wanted.charset;
  return fits(wanted.bytes, charsets.to_utf8(label, found.bytes).text);
}

bool same_name(const WantedLeaf& wanted, const FoundLeaf& found) {
  return wanted.any_name || fits(wanted.name, found.part.name);
}

bool between_parts(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line = trim(line);
    if (!line.empty() && !line.starts_with("--") && !lower_ascii(line).starts_with("content-"))
      return false;
  }
  return true;
}

// Such a leaf is the undivided rest of the mail. Ours from `at` on must be all that is in it but borders
// and headers. Gives how many they are; 0 when something is not.
std::size_t leaves_in_rest(const std::string& rest, const std::vector<FoundLeaf>& found,
                           std::size_t at) {
  std::size_t count = 0, done = 0;
  std::string left;
  for (; at + count < found.size(); ++count) {
    const std::string& bytes = found[at + count].bytes;
    const auto place = rest.find(bytes, done);
    if (place == std::string::npos) return 0;
    left += rest.substr(done, place - done) + "\n";
    done = place + bytes.size();
  }
  return between_parts(left + rest.substr(done)) ? count : 0;
}

}  // namespace

std::string file_content(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string without_cr(std::string text) {
  std::erase(text, '\r');
  return text;
}

std::string header_parameter(const std::string& header, const std::vector<std::string>& names) {
  const std::string lower = lower_ascii(header);
  for (const std::string& name : names)
    for (auto at = lower.find(name + "="); at != std::string::npos;
         at = lower.find(name + "=", at + 1)) {
      if (at > 0 && std::string(" \t;\n").find(lower[at - 1]) == std::string::npos) continue;
      const std::size_t start = at + name.size() + 1;
      if (start < header.size() && header[start] == '"')
        return header.substr(start + 1, header.find('"', start + 1) - start - 1);
      return header.substr(start, header.find_first_of("; \t\r\n", start) - start);
    }
  return "";
}

std::vector<FoundLeaf> found_leaves(const std::string& mail) {
  static const std::unique_ptr<MailReader> reader = [] {
#ifdef PAPERTRAY_SANITIZED
    const __lsan::ScopedDisabler never_freed;  // GMime's tables of types
#endif
    return std::make_unique<MailReader>();
  }();
  MailBuffer buffer;
  buffer.assign(mail);
  EveryPart every;
  std::vector<FoundLeaf> found;
  for (const Part& part : reader->read(buffer, every).parts)
    found.push_back({part, every.of(part)});
  return found;
}

std::vector<FoundLeaf> without_unpacked(std::vector<FoundLeaf> found) {
  std::erase_if(found, [](const FoundLeaf& leaf) { return leaf.part.container != Container::none; });
  return found;
}

std::vector<FoundLeaf> only_unpacked(std::vector<FoundLeaf> found) {
  std::erase_if(found, [](const FoundLeaf& leaf) { return leaf.part.container == Container::none; });
  std::vector<FoundLeaf> first;
  for (FoundLeaf& leaf : found) {
    const bool within = std::any_of(first.begin(), first.end(), [&](const FoundLeaf& mail) {
      return is_tnef(mail.bytes) && mail.bytes.find(leaf.bytes) != std::string::npos;
    });
    if (!within || leaf.bytes.empty()) first.push_back(std::move(leaf));
  }
  found = std::move(first);
  std::sort(found.begin(), found.end(), [](const FoundLeaf& a, const FoundLeaf& b) {
    return std::pair(without_cr(a.bytes), a.part.name) < std::pair(without_cr(b.bytes), b.part.name);
  });
  return found;
}

std::string difference(WantedMail wanted, std::vector<FoundLeaf> found) {
  std::erase_if(wanted.leaves,
                [](const WantedLeaf& leaf) { return leaf.bytes.empty() && leaf.name.empty(); });
  std::erase_if(found,
                [](const FoundLeaf& leaf) { return leaf.bytes.empty() && leaf.part.name.empty(); });
  std::size_t at = 0;
  for (const WantedLeaf& leaf : wanted.leaves) {
    if (at == found.size()) break;
    const std::string number = "leaf " + std::to_string(at + 1) + ": ";
    const FoundLeaf& ours = found[at];
    if (!leaf.type.empty() && leaf.type != ours.part.type)
      return number + "type " + leaf.type + ", we " + ours.part.type;
    if (!same_name(leaf, ours))
      return number + "name " + shown(leaf.name) + ", we " + shown(ours.part.name);
    const std::size_t count = same_bytes(leaf, ours) ? 1
                              : leaf.rest            ? leaves_in_rest(leaf.bytes, found, at)
                                                     : 0;
    if (count == 0)
      return number + std::to_string(leaf.bytes.size()) + " bytes " + shown(leaf.bytes) + ", we " +
             std::to_string(ours.bytes.size()) + " " + shown(ours.bytes);
    at += count;
    if (count > 1) return "";
  }
  if (at == found.size() && wanted.leaves.size() <= found.size()) return "";
  return std::to_string(wanted.leaves.size()) + " leaves, we " + std::to_string(found.size());
}

std::vector<std::string> lost_attachments(const WantedMail& wanted,
                                          const std::vector<FoundLeaf>& found) {
  std::vector<std::string> lost;
  std::vector<bool> taken(found.size(), false);
  for (const WantedLeaf& leaf : wanted.leaves) {
    if (!leaf.attachment || (leaf.name.empty() && leaf.bytes.empty())) continue;
    const auto take = [&](auto is_it) {
      for (std::size_t i = 0; i < found.size(); ++i)
        if (!taken[i] && is_it(found[i])) return taken[i] = true, true;
      return false;
    };
    if (take([&](const FoundLeaf& one) { return same_bytes(leaf, one); })) continue;
    if (!leaf.name.empty() && take([&](const FoundLeaf& one) { return same_name(leaf, one); })) continue;
    if (leaf.rest &&
        take([&](const FoundLeaf& one) { return leaf.bytes.find(one.bytes) != std::string::npos; }))
      continue;
    lost.push_back(leaf.name.empty() ? "one without a name" : leaf.name);
  }
  return lost;
}

}  // namespace papertray::test
