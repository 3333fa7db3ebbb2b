#include "imap/source.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/fail_point.h"
#include "core/printable.h"
#include "imap/folder_name.h"
#include "imap/mark.h"
#include "net/readable.h"
#include "net/text.h"

namespace papertray {
namespace {

// UIDs found at a time; more are searched for when these are through, so memory does not grow with the
// mailbox. One search does for most mailboxes, looked through or listed as a whole.
constexpr std::size_t most_found = 100'000;

// COMPRESS costs a round trip, which a single small mail does not give back; 64 KB are several.
constexpr std::uint64_t worth_compressing = 64ULL * 1024;

constexpr std::uint32_t last_possible = std::numeric_limits<std::uint32_t>::max();

std::string account_name(const Server& server) {
  const ServerUrl url = parse_server_url(server.url);
  std::string host = host_and_port(server.url);
  if (url.standard_port) host.erase(host.rfind(':'));
  return url.scheme + "://" + server.user + "@" + host;
}

// RFC 3501 section 5.1: INBOX, whatever its case; one name, so that one place has one key.
std::string folder_key(const std::string& name) {
  return protocol::equal_nocase(name, "INBOX") ? "INBOX" : name;
}

}  // namespace

ImapSource::ImapSource(ImapSettings settings, const Clock& clock, Connect connect)
    : settings_(std::move(settings)),
      clock_(clock),
      connect_(std::move(connect)),
      account_(account_name(settings_.server)) {
  if (settings_.folders.empty())
    throw Failure(Error{Scope::account, Again::person, Exit::configuration,
                        "no folder is configured for " + account_ + "; set `folders` in [mailbox]",
                        Trouble::other});
  settings_.folders.insert(settings_.folders.end(), settings_.spam.begin(), settings_.spam.end());
  for (std::vector<std::string>* names : {&settings_.folders, &settings_.spam})
    for (std::string& folder : *names) {
      folder = folder_key(folder);
      to_wire_name(folder);  // throws on a name that no folder can have
    }
  if (settings_.after.kind == After::Kind::move) {
    to_wire_name(settings_.after.folder);
    settings_.after.folder = folder_key(settings_.after.folder);
    if (std::ranges::find(settings_.folders, settings_.after.folder) != settings_.folders.end())
      throw Failure(Error{Scope::account, Again::person, Exit::configuration,
                          "mails of " + account_ + " would be moved to '" +
                              one_line(settings_.after.folder) +
                              "', which is read itself; correct `after` or `folders` in [mailbox]",
                          Trouble::other});
  }
}

ImapSource::~ImapSource() = default;

std::string ImapSource::name() const {
  std::string text = parse_server_url(settings_.server.url).scheme + "://" +
                     host_and_port(settings_.server.url) + " as " + one_line(settings_.server.user) +
                     ", folders ";
  for (std::size_t i = 0; i < settings_.folders.size(); ++i)
    text += (i == 0 ? "" : ", ") + one_line(settings_.folders[i]);
  return text;
}

Session& ImapSource::session(const std::string& ahead) {
  if (!session_) {
    const Server& server = settings_.server;
    if (readable(server.stop)) throw Stopped();
    session_ = std::make_unique<Session>(connect_(server), host_and_port(server.url),
                                         server.reply_timeout, ahead, server.stop);
    one_at_a_time_ = false;
    reached("imap:connected");
  }
  return *session_;
}

void ImapSource::drop() {
  selected_.reset();
  session_.reset();
}

void ImapSource::start_over() {
  folder_ = 0;
  opened_ = false;
  folder_failure_.reset();
  reconnected_ = false;
}

void ImapSource::look_at_all() {
  start_over();
  everything_ = true;
}

bool ImapSource::is_spam(const std::string& folder) const {
  return std::ranges::find(settings_.spam, folder) != settings_.spam.end();
}

const Folder& ImapSource::select(const std::string& name) {
  const bool untouched = settings_.after.kind == After::Kind::none || is_spam(name);
  const Access access = untouched ? Access::look : Access::change;
  Session& open = session(open_command(name, access));
  if (selected_ && selected_->name == name) return *selected_;
  selected_.reset();  // a SELECT that fails leaves nothing selected
  selected_ = open_folder(open, name, access);
  return *selected_;
}

std::size_t ImapSource::fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  touched_ = false;
  for (;;) {
    try {
      return fetch_pass(seen, limits, to);
    } catch (const ConnectionLost&) {
      drop();
      if (touched_ || reconnected_) {
        start_over();
        throw;
      }
      reconnected_ = true;
    } catch (const Failure& failure) {
      // What reaches beyond a folder may have ended in the middle of an answer.
      if (failure.error().scope != Scope::folder) drop();
      start_over();
      throw;
    } catch (...) {
      drop();
      start_over();
      throw;
    }
  }
}

std::size_t ImapSource::fetch_pass(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) {
  for (; folder_ < settings_.folders.size(); ++folder_, opened_ = false) {
    const std::string& name = settings_.folders[folder_];
    try {
      const bool more = find_new(seen);
      warned_of_.erase(name);
      if (more) return fetch_batch(limits, to);
    } catch (const Failure& failure) {
      // The other folders are read all the same.
      if (failure.error().scope != Scope::folder) throw;
      selected_.reset();
      if (is_spam(name)) {
        if (warned_of_.insert(name).second)
          to.warning(failure.error().text + " (a spam folder; the others are read without it)");
      } else if (!folder_failure_) {
        folder_failure_ = failure;
      }
    }
  }
  const std::optional<Failure> failure = std::exchange(folder_failure_, std::nullopt);
  everything_ = false;
  start_over();
  if (failure) throw Failure(*failure);
  return 0;
}

// More mail has been announced in this folder since it was selected, and no other one was selected then.
bool ImapSource::is_told_of_mail(const std::string& name) const {
  return session_ && session_->grown() && !everything_ && folder_ == 0 && selected_ &&
         selected_->name == name && selected_->uidvalidity == covered_uidvalidity_ &&
         session_->uidvalidity() == covered_uidvalidity_;
}

// Sees to it that found_[next_] is the next mail of the folder; false: nothing new is left in it.
bool ImapSource::find_new(const SeenPlaces& seen) {
  const std::string& name = settings_.folders[folder_];
  if (!opened_) {
    // Told of mail by IDLE we search at once. Else SELECT tells what has come since the pass before.
    const bool told = is_told_of_mail(name);
    if (told)
      session_->forget_growth();
    else
      selected_.reset();
    const Folder& folder = select(name);
    uidvalidity_ = folder.uidvalidity;
    found_.clear();
    next_ = 0;
    opened_ = true;
    const std::uint32_t last = seen.last_uid(account_, name, uidvalidity_);
    // UIDNEXT says without a search that nothing is new (RFC 3501 section 2.3.1.1).
    const std::uint32_t next = last == last_possible ? last : last + 1;
    const bool nothing =
        last == last_possible || (!told && folder.uidnext != 0 && folder.uidnext <= next);
    search_from_ = folder.exists == 0 && !told ? 0 : everything_ ? 1 : nothing ? 0 : next;
    if (folder_ == 0) {
      covered_ = told ? std::max(covered_, next) : folder.uidnext != 0 ? folder.uidnext : next;
      covered_uidvalidity_ = uidvalidity_;
    }
    if (settings_.after.kind != After::Kind::none && !is_spam(name))
      for (const std::uint32_t uid : seen.unmarked(account_, name, uidvalidity_))
        leftovers_.push_back(Place{account_, name, uidvalidity_, uid, ""});
  } else if (select(name).uidvalidity != uidvalidity_) {
    opened_ = false;  // made anew between two batches: another mailbox by the same name
    return find_new(seen);
  }
  while (next_ == found_.size() && search_from_ != 0)
    search(seen);
  return next_ < found_.size();
}

void ImapSource::search(const SeenPlaces& seen) {
  found_ = find_uids(session(), search_from_, most_found);
  next_ = 0;
  const std::uint32_t last = found_.empty() ? 0 : found_.back();
  search_from_ = found_.size() == most_found && last != last_possible ? last + 1 : 0;
  if (folder_ == 0 && last >= covered_) covered_ = last == last_possible ? last : last + 1;
  if (everything_)
    found_ = not_seen(seen, Place{account_, settings_.folders[folder_], uidvalidity_, 0, ""},
                      std::move(found_));
}

std::size_t ImapSource::fetch_batch(const BatchLimits& limits, MailReceiver& to) {
  const std::size_t count = std::min(std::max<std::size_t>(limits.mails, 1), found_.size() - next_);
  std::vector<Announced> mails = announce(session(), std::span(found_).subspan(next_, count));
  // No further mail is begun once the bytes are reached; the first goes in any case.
  std::uint64_t bytes = 0;
  std::size_t fits = 0;
  while (fits < mails.size() && (fits == 0 || bytes < limits.bytes)) {
    const std::uint64_t size = mails[fits++].size;
    bytes += size > settings_.largest ? 0 : size;  // of a larger one only the header comes
  }
  mails.resize(fits);

  if (bytes >= worth_compressing && session().can_compress() &&
      (settings_.compress == Compress::always || !is_loopback(settings_.server.url)))
    session().compress();

  touched_ = true;
  reached("imap:fetch");
  HandOver delivery(session(),
                    DeliveryOrder{account_, settings_.folders[folder_], uidvalidity_, clock_.now(),
                                  settings_.largest, is_spam(settings_.folders[folder_])},
                    std::move(mails), to);
  try {
    delivery.run(one_at_a_time_);
  } catch (const ConnectionLost&) {
    if (!delivery.cut_off()) throw;
    drop();  // the refused mail is dealt with; the next fetch goes on behind it
  }
  reached("imap:fetched");
  next_ += delivery.done();
  return delivery.done();
}

std::vector<Place> ImapSource::mark(std::span<const Place> places) {
  if (settings_.after.kind == After::Kind::none) return {};
  std::vector<Place> wanted = std::exchange(leftovers_, {});
  std::ranges::copy_if(places, std::back_inserter(wanted), [this](const Place& place) {
    return place.account == account_ && place.uid != 0 && !is_spam(place.folder);
  });
  std::ranges::sort(wanted);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());

  std::vector<Place> marked;
  try {
    for (auto first = wanted.begin(); first != wanted.end();) {
      const auto last = std::find_if(first, wanted.end(), [&](const Place& place) {
        return place.folder != first->folder || place.uidvalidity != first->uidvalidity;
      });
      std::vector<std::uint32_t> uids;
      for (auto place = first; place != last; ++place)
        uids.push_back(place->uid);
      // The same UIDs under another UIDVALIDITY are other mails: not touched.
      if (const Folder& folder = select(first->folder); folder.uidvalidity == first->uidvalidity) {
        if (settings_.after.kind == After::Kind::flag)
          mark_seen(session(), folder, uids);
        else
          move_to(session(), folder, uids, settings_.after.folder);
        marked.insert(marked.end(), first, last);
      }
      first = last;
    }
  } catch (const Failure& failure) {
    if (failure.error().scope != Scope::folder) drop();
    throw;
  } catch (...) {
    drop();
    throw;
  }
  return marked;
}

}  // namespace papertray
