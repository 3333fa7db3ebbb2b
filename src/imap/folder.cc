#include "imap/folder.h"

#include <algorithm>
#include <charconv>

#include "core/nearest.h"
#include "core/printable.h"
#include "imap/folder_name.h"
#include "imap/uid_set.h"
#include "net/text.h"

namespace papertray {
namespace {

constexpr std::size_t most_folders = 1000;      // looked at for a suggestion
constexpr std::size_t most_folders_named = 10;  // in one sentence

class OpeningHandler : public ResponseHandler {
 public:
  explicit OpeningHandler(Folder& folder) : folder_(folder) {}
  void exists(std::uint32_t count) override { folder_.exists = count; }
  void status(const StatusLine& line) override {
    if (line.code == "UIDNEXT") {
      const std::string& digits = line.arguments;
      std::from_chars(digits.data(), digits.data() + digits.size(), folder_.uidnext);
    } else if (line.code == "PERMANENTFLAGS") {
      folder_.keywords = line.arguments.find("\\*") != std::string::npos ||
                         protocol::contains_nocase(line.arguments, taken_keyword);
    }
  }

 private:
  Folder& folder_;
};

class NamesHandler : public ResponseHandler {
 public:
  void listed(const ListedFolder& folder) override {
    const bool selectable = std::ranges::none_of(folder.flags, [](const std::string& flag) {
      return protocol::equal_nocase(flag, "\\Noselect") || protocol::equal_nocase(flag, "\\NonExistent");
    });
    if (selectable && names.size() < most_folders) names.push_back(from_wire_name(folder.name));
  }
  std::vector<std::string> names;
};

// Keeps the lowest numbers, in memory bounded by `most` whatever the server sends.
class LowestHandler : public ResponseHandler {
 public:
  LowestHandler(std::uint32_t from, std::size_t most) : from_(from), most_(most) {}
  void found(std::uint32_t first, std::uint32_t last) override {
    // `n:*` names the last mail even when its UID is below n (RFC 3501 section 6.4.8).
    if (last < from_) return;
    std::uint32_t uid = std::max({first, from_, 1U});
    for (std::size_t taken = 0; taken < most_; ++taken, ++uid) {
      uids_.push_back(uid);
      if (uids_.size() >= 2 * most_) shrink();
      if (uid == last) break;
    }
  }
  std::vector<std::uint32_t> take() {
    shrink();
    return std::move(uids_);
  }

 private:
  void shrink() {
    std::ranges::sort(uids_);
    uids_.erase(std::unique(uids_.begin(), uids_.end()), uids_.end());
    if (uids_.size() > most_) uids_.resize(most_);
  }
  std::uint32_t from_;
  std::size_t most_;
  std::vector<std::uint32_t> uids_;
};

// What FETCH responses tell of the UIDs asked for; a server may tell it in several, and of others.
class AnnouncedHandler : public ResponseHandler {
 public:
  explicit AnnouncedHandler(std::vector<Announced>& mails) : mails_(mails) {}
  void fetched(const FetchItems& items) override {
    if (!items.uid) return;
    const auto mail = std::ranges::lower_bound(mails_, *items.uid, {}, &Announced::uid);
    if (mail == mails_.end() || mail->uid != *items.uid) return;
    mail->there = true;
    if (items.size) mail->size = *items.size;
    if (items.internaldate) mail->internaldate = items.internaldate;
    if (items.flags) mail->flags = *items.flags;
    if (items.gmail_id) mail->gmail_id = *items.gmail_id;
  }

 private:
  std::vector<Announced>& mails_;
};

std::string suggestion(const std::vector<std::string>& names, const std::string& name) {
  if (const std::string nearest = nearest_word(name, names); !nearest.empty())
    return "; did you mean '" + one_line(nearest) + "'?";
  if (names.empty()) return "; the account shows no folder at all";
  std::string text = "; there are ";
  for (std::size_t i = 0; i < std::min(names.size(), most_folders_named); ++i)
    text += (i == 0 ? "'" : ", '") + one_line(names[i]) + "'";
  return text + (names.size() > most_folders_named ? " and more" : "");
}

[[noreturn]] void not_opened(Session& session, const std::string& name, const StatusLine& answer) {
  const std::vector<std::string> names = folder_names(session);
  const std::string shown = "the folder '" + one_line(name) + "'";
  if (is_passing(answer) || std::ranges::find(names, name) != names.end())
    require_ok(answer, session, Scope::folder, "open " + shown);
  throw Failure(Error{Scope::folder, Again::person, Exit::not_there,
                      session.server() + " has not " + shown + suggestion(names, name) +
                          "; correct `folders` or `spam` in [mailbox]",
                      Trouble::folder_missing});
}

}  // namespace

std::string open_command(const std::string& name, Access access) {
  return (access == Access::look ? "EXAMINE " : "SELECT ") + quoted_name(name);
}

Folder open_folder(Session& session, const std::string& name, Access access) {
  Folder folder;
  folder.name = name;
  folder.access = access;
  OpeningHandler handler(folder);
  session.forget_folder();
  const StatusLine answer = session.run(open_command(name, access), handler);
  if (answer.status != Status::ok) not_opened(session, name, answer);
  folder.read_only = access == Access::change && answer.code == "READ-ONLY";
  folder.uidvalidity = session.uidvalidity();
  if (folder.uidvalidity == 0)
    throw Failure(
        Error{Scope::folder, Again::person, Exit::unreachable,
              session.server() + " tells no UIDVALIDITY for the folder '" + one_line(name) +
                  "', so its mails cannot be told apart from others; it cannot be read from here",
              Trouble::other});
  return folder;
}

std::vector<std::string> folder_names(Session& session) {
  NamesHandler handler;
  require_ok(session.run("LIST \"\" \"*\"", handler), session, Scope::account, "list its folders");
  return std::move(handler.names);
}

std::vector<std::uint32_t> find_uids(Session& session, std::uint32_t from, std::size_t most) {
  LowestHandler handler(from, most);
  // ESEARCH (RFC 4731) answers with ranges: 20 bytes for a whole folder.
  const std::string result = session.can("ESEARCH") ? "RETURN (ALL) " : "";
  require_ok(session.run("UID SEARCH " + result + "UID " + std::to_string(from) + ":*", handler),
             session, Scope::folder, "search the folder");
  return handler.take();
}

std::vector<Announced> announce(Session& session, std::span<const std::uint32_t> uids) {
  std::vector<Announced> mails(uids.size());
  for (std::size_t i = 0; i < uids.size(); ++i)
    mails[i].uid = uids[i];
  AnnouncedHandler handler(mails);
  const std::string items = session.can("X-GM-EXT-1") ? "(UID RFC822.SIZE INTERNALDATE FLAGS X-GM-MSGID)"
                                                      : "(UID RFC822.SIZE INTERNALDATE FLAGS)";
  for (const UidSet& set : uid_sets(uids))
    require_ok(session.run("UID FETCH " + set.text + " " + items, handler), session, Scope::folder,
               "tell of the mails it has");
  return mails;
}

}  // namespace papertray
