#include "files/hand_over.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

namespace papertray {
namespace {

constexpr std::uint64_t piece = 256 * 1024;

// For people: which mail. An mbox's mails are told apart by their place in it, a Maildir's by name.
std::string described(const Place& place) {
  return place.account == "file" ? place.name : place.account + " " + place.name;
}

// Of a mail too large to be taken in whole: its header with the empty line behind it. 0: it is too long,
// holds what no header does, or the file cannot be read; then it is no mail that could be answered.
std::uint64_t header_size(const ReadFile& file, std::uint64_t offset, std::uint64_t size) {
  if (size > largest_announced) return 0;
  std::vector<char> buffer(std::min(size, largest_header));
  const long got = file.read_at(offset, buffer);
  if (got <= 0) return 0;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(got));
  std::size_t end = std::string_view::npos;
  for (const std::string_view gap : {"\n\n", "\n\r\n"})
    if (const std::size_t at = text.find(gap); at != std::string_view::npos)
      end = std::min(end, at + gap.size());
  if (end == std::string_view::npos || text.substr(0, end).find('\0') != std::string_view::npos)
    return 0;
  return end;
}

}  // namespace

void hand_over(const ReadFile& file, std::uint64_t offset, const MailFacts& facts, bool still,
               MailReceiver& to) {
  if (facts.size > largest_mail) {
    const std::uint64_t header = header_size(file, offset, facts.size);
    if (header == 0) {
      to.refused(facts.place,
                 described(facts.place) +
                     " is larger than any mail (96 MiB), and does not begin with the header "
                     "of one; look whether it is a mail");
      return;
    }
    MailFacts of_header = facts;
    of_header.size = header;
    of_header.oversize = Oversize{.whole = facts.size, .largest = largest_mail};
    return hand_over(file, offset, of_header, still, to);
  }
  to.begin(facts);
  std::vector<char> buffer(std::min(piece, facts.size));
  std::string why;
  for (std::uint64_t done = 0; done < facts.size && why.empty();) {
    const std::size_t want = std::min<std::uint64_t>(buffer.size(), facts.size - done);
    const long got = file.read_at(offset + done, {buffer.data(), want});
    if (got < 0) {
      why = " cannot be read: " + std::generic_category().message(errno) + "; check the disk";
    } else if (static_cast<std::size_t>(got) < want) {
      why = " was cut short while it was read; the next run reads it again";
    } else {
      to.write({buffer.data(), want});
      done += want;
    }
  }
  if (why.empty() && still && file.mark_now() != file.mark())
    why = " changed while it was read; the next run reads it again";
  if (why.empty()) {
    to.end();
    return;
  }
  to.abandon();
  to.refused(facts.place, described(facts.place) + why);
}

}  // namespace papertray
