#include "files/hand_over.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace papertray {
namespace {

constexpr std::uint64_t piece = 256 * 1024;

// For people: which mail. An mbox's mails are told apart by their place in it, a Maildir's by name.
std::string described(const Place& place) {
  return place.account == "file" ? place.name : place.account + " " + place.name;
}

}  // namespace

void hand_over(const ReadFile& file, std::uint64_t offset, const MailFacts& facts, bool still,
               MailReceiver& to) {
  if (facts.size > largest_mail) {
    to.refused(facts.place,
               described(facts.place) + " is larger than any mail (256 MiB); look whether it is one");
    return;
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
