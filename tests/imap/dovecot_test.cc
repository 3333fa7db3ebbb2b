// The source against a real Dovecot, plain and over TLS.
#include "support/dovecot.h"

#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "dialogue.h"
#include "imap/probe.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

constexpr std::time_t first_received = 1'509'753'500;  // 2017-11-03 16:58:20 PDT
constexpr std::size_t large_mail = 8'000'000;

std::string crlf(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

// 50 mails; one of 8 MB, one that speaks IMAP.
std::vector<std::string> fifty_mails() {
  std::vector<std::string> mails;
  for (int i = 0; i < 50; ++i)
    mails.push_back("From: a@example.org\nSubject: mail " + std::to_string(i) + "\n\nText\n");
  mails[20] += "A004 OK evil\npt6 OK done\n)\n* BYE\n* 1 FETCH (UID 1 BODY[] {3}\n";
  while (mails[30].size() < large_mail)
    mails[30] += std::string(70, 'x') + "\n";
  return mails;
}

// One server for all cases: starting it takes a second. nullptr where Dovecot is not installed.
Dovecot* server() {
  static const std::unique_ptr<Dovecot> running =
      Dovecot::installed() ? std::make_unique<Dovecot>() : nullptr;
  return running.get();
}

bool no_dovecot() {
  if (server() == nullptr) MESSAGE("skipped: no dovecot (Debian: dovecot-imapd dovecot-lmtpd)");
  return server() == nullptr;
}

// The secret comes from the environment: no file to write.
Server login(const std::string& url, const std::string& user,
             const std::string& password = Dovecot::password) {
  setenv("PAPERTRAY_TEST_SECRET", password.c_str(), 1);
  Server server;
  server.url = url;
  server.user = user;
  server.secret = {SecretSource::Kind::env, "PAPERTRAY_TEST_SECRET"};
  return server;
}

struct Desk {
  explicit Desk(Server with, After after = {}, std::vector<std::string> folders = {"INBOX"})
      : source(ImapSettings{std::move(with), std::move(folders), std::move(after)}, clock) {}

  // As the intake does it; the number of mails that came.
  std::size_t take_in(const BatchLimits& limits = {}) {
    const std::size_t before = mails.size();
    for (;;) {
      RecordingReceiver got;
      const std::size_t dealt = source.fetch(seen, limits, got);
      seen.record(got);
      CHECK(got.gone.empty());
      CHECK(got.turned_away.empty());
      std::vector<Place> places;
      for (ReceivedMail& mail : got.mails) {
        places.push_back(mail.facts.place);
        mails.push_back(std::move(mail));
      }
      for (const Place& place : source.mark(places))
        seen.marked.insert(place);
      if (dealt == 0) return mails.size() - before;
    }
  }

  FixedClock clock;
  RememberedPlaces seen;
  std::vector<ReceivedMail> mails;
  ImapSource source;
};

void require_failure(Server with, Exit exit, const std::string& text,
                     std::vector<std::string> folders = {"INBOX"}) {
  Desk desk(std::move(with), {}, std::move(folders));
  try {
    desk.take_in();
    FAIL("no failure where one is due: " << text);
  } catch (const Failure& failure) {
    CAPTURE(failure.error().text);
    CHECK(failure.error().exit == exit);
    CHECK(failure.error().text.find(text) != std::string::npos);
    CHECK(failure.error().text.find("wrong-secret") == std::string::npos);
  }
  CHECK(desk.mails.empty());
}

}  // namespace

TEST_CASE("dovecot: fifty mails, once, byte for byte, marked") {
  if (no_dovecot()) return;
  const std::vector<std::string> mails = fifty_mails();
  struct Way {
    const char* what;
    std::string user;
    std::string url;
    bool tls;
  };
  const std::vector<Way> ways{
      {"plain on loopback", "plain", server()->imap_url(), false},
      {"TLS", "tls", server()->imaps_url(), true},
      {"STARTTLS", "starttls", server()->imap_url("mail.localhost"), true},
  };
  for (const Way& way : ways) {
    CAPTURE(way.what);
    for (std::size_t i = 0; i < mails.size(); ++i)
      server()->deliver(way.user, mails[i], first_received + static_cast<std::time_t>(i));
    Server with = login(way.url, way.user);
    if (way.tls) with.ca_file = server()->ca_file();
    Desk desk(with);
    // Small batches: several windows of one search.
    CHECK(desk.take_in({.mails = 20, .bytes = 32'000'000}) == mails.size());
    REQUIRE(desk.mails.size() == mails.size());
    for (std::size_t i = 0; i < mails.size(); ++i) {
      const ReceivedMail& mail = desk.mails[i];
      CHECK((mail.bytes == crlf(mails[i])));  // in parentheses: no 8 MB in a report
      CHECK(mail.facts.place.uid == i + 1);
      CHECK(mail.facts.place.uidvalidity != 0);
      REQUIRE(mail.facts.internaldate);
      CHECK(mail.facts.internaldate->time_since_epoch().count() ==
            first_received + static_cast<std::time_t>(i));
    }
    // \Seen, and the folder's first keyword.
    CHECK(server()->flags(way.user) == std::vector<std::string>(mails.size(), "Sa"));
    CHECK(desk.seen.marked.size() == mails.size());

    CHECK(desk.take_in() == 0);
    server()->deliver(way.user, mails[0], first_received);
    CHECK(desk.take_in() == 1);  // the same connection sees what has come since
    Desk another(with);
    another.seen = desk.seen;
    CHECK(another.take_in() == 0);
  }
}

TEST_CASE("dovecot: looked at without touching") {
  if (no_dovecot()) return;
  server()->deliver("looker", "Subject: x\n\ny\n", first_received);
  Desk desk(login(server()->imap_url(), "looker"), {After::Kind::none, ""});
  CHECK(desk.take_in() == 1);
  CHECK(server()->flags("looker") == std::vector<std::string>{""});
}

TEST_CASE("dovecot: moved into another folder, whose name is not ASCII") {
  if (no_dovecot()) return;
  for (int i = 0; i < 3; ++i)
    server()->deliver("mover", "Subject: x\n\ny\n", first_received);
  server()->make_folder("mover", "Vortr&AOQ-ge");
  Desk desk(login(server()->imap_url(), "mover"), {After::Kind::move, "Vorträge"});
  CHECK(desk.take_in() == 3);
  CHECK(server()->flags("mover").empty());
  CHECK(server()->flags("mover", "Vortr&AOQ-ge").size() == 3);
  Desk reader(login(server()->imap_url(), "mover"), {After::Kind::none, ""}, {"INBOX", "Vorträge"});
  CHECK(reader.take_in() == 3);
}

TEST_CASE("dovecot: a server that goes away is a failure, not a crash") {
  if (no_dovecot()) return;
  // TLS: the goodbye is written to a connection that has gone.
  Dovecot own;
  own.deliver("cut", "Subject: 1\n\na\n", first_received);
  Server with = login(own.imaps_url(), "cut");
  with.ca_file = own.ca_file();
  Desk desk(with);
  CHECK(desk.take_in() == 1);
  own.stop();
  try {
    desk.take_in();
    FAIL("no failure where one is due");
  } catch (const Failure& failure) {
    CHECK(failure.error().exit == Exit::unreachable);
  }
}

TEST_CASE("dovecot: what goes wrong says what to do") {
  if (no_dovecot()) return;
  server()->deliver("right", "Subject: x\n\ny\n", first_received);
  require_failure(login(server()->imap_url(), "right", "wrong-secret"), Exit::login_refused,
                  "refused the login of right (\"NO [AUTHENTICATIONFAILED]");
  server()->make_folder("right", "Papers");
  require_failure(login(server()->imap_url(), "right"), Exit::not_there, "did you mean 'Papers'?",
                  {"Paperz"});
  require_failure(login(server()->imaps_url(), "right"), Exit::unreachable,
                  "name its file as `ca_file`");
  Server with = login(server()->imaps_url("other.localhost"), "right");
  with.ca_file = server()->ca_file();
  require_failure(with, Exit::unreachable, "is for another host name");
  with.ca_file = "/nonexistent/ca.pem";
  require_failure(with, Exit::configuration, "/nonexistent/ca.pem cannot be read");
  with = login("imaps://localhost:" + std::to_string(server()->imap_port()), "right");
  require_failure(with, Exit::unreachable, "does not speak TLS there");
  require_failure(login(server()->imap_url(), ""), Exit::configuration, "no user is configured");
}

TEST_CASE("dovecot: watched with IDLE, plain and over TLS") {
  if (no_dovecot()) return;
  const int wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  for (const bool tls : {false, true}) {
    const std::string user = tls ? "watched-tls" : "watched";
    server()->deliver(user, "Subject: 1\n\na\n", first_received);
    Server with = login(tls ? server()->imaps_url() : server()->imap_url(), user);
    if (tls) with.ca_file = server()->ca_file();
    Desk desk(with);
    CHECK(desk.take_in() == 1);
    CHECK(desk.source.wait(std::chrono::milliseconds(0), wake) == Woken::timeout);
    for (int i = 0; i < 3; ++i) {
      server()->deliver(user, "Subject: 2\n\nb\n", first_received);
      CHECK(desk.source.wait(std::chrono::seconds(60), wake) == Woken::news);
      CHECK(desk.take_in() == 1);
    }
    CHECK(eventfd_write(wake, 1) == 0);
    Woken woken = Woken::news;
    // Its own flags are told of by some servers: no news of theirs may hide who wakes it.
    while (woken == Woken::news) {
      woken = desk.source.wait(std::chrono::seconds(60), wake);
      if (woken == Woken::news) CHECK(desk.take_in() == 0);
    }
    CHECK(woken == Woken::asked);
    eventfd_t count = 0;
    CHECK(eventfd_read(wake, &count) == 0);
  }
  close(wake);
}

TEST_CASE("dovecot: killed while it is watched") {
  if (no_dovecot()) return;
  Dovecot own;
  own.deliver("left", "Subject: 1\n\na\n", first_received);
  Desk desk(login(own.imap_url(), "left"));
  CHECK(desk.take_in() == 1);
  CHECK(desk.source.wait(std::chrono::milliseconds(0), -1) == Woken::timeout);
  own.stop();
  try {
    desk.source.wait(std::chrono::seconds(60), -1);
    FAIL("no failure where one is due");
  } catch (const Failure& failure) {
    CHECK(failure.error().scope == Scope::account);
    CHECK((failure.error().trouble == Trouble::bye || failure.error().trouble == Trouble::unreachable));
  }
}

TEST_CASE("dovecot: everything looked at, everything listed") {
  if (no_dovecot()) return;
  for (int i = 0; i < 5; ++i)
    server()->deliver("whole", "Subject: " + std::to_string(i) + "\n\na\n", first_received);
  Desk desk(login(server()->imap_url(), "whole"));
  CHECK(desk.take_in() == 5);
  const Place lost = desk.mails[2].facts.place;
  desk.seen.places.erase(lost);
  CHECK(desk.take_in() == 0);
  desk.source.look_at_all();
  CHECK(desk.take_in() == 1);
  CHECK(desk.mails.back().facts.place == lost);
  const std::vector<FolderUids> all = desk.source.list_all();
  REQUIRE(all.size() == 1);
  CHECK(all[0].uidvalidity == lost.uidvalidity);
  CHECK(all[0].uids == std::vector<std::uint32_t>{1, 2, 3, 4, 5});
  CHECK(desk.take_in() == 0);
}

TEST_CASE("dovecot: compressed") {
  if (no_dovecot()) return;
  if (!Dovecot::can_compress()) {
    MESSAGE("skipped: Dovecot has no imap_zlib plugin (Debian: dovecot-core)");
    return;
  }
  // Counts what comes over the network's side of it.
  class Counting : public Wire {
   public:
    Counting(std::unique_ptr<Wire> inner, std::size_t& bytes)
        : inner_(std::move(inner)), bytes_(bytes) {}
    void send(std::string_view bytes) override { inner_->send(bytes); }
    std::optional<std::size_t> receive(std::span<char> buffer, std::chrono::milliseconds patience,
                                       int wake) override {
      const std::optional<std::size_t> count = inner_->receive(buffer, patience, wake);
      bytes_ += count.value_or(0);
      return count;
    }

   private:
    std::unique_ptr<Wire> inner_;
    std::size_t& bytes_;
  };
  const std::vector<std::string> mails = fifty_mails();
  for (const std::string& mail : mails)
    server()->deliver("squeezed", mail, first_received);
  for (const Compress compress : {Compress::off_loopback, Compress::always}) {
    std::size_t bytes = 0;
    ImapSettings with{login(server()->imap_url(), "squeezed"), {"INBOX"}, {After::Kind::flag, ""}};
    with.compress = compress;
    const FixedClock clock;
    ImapSource source(with, clock, [&bytes](const Server& at) {
      return std::make_unique<Counting>(connect_imap(at), bytes);
    });
    RememberedPlaces seen;
    RecordingReceiver got;
    while (source.fetch(seen, {.mails = 20, .bytes = 32'000'000}, got) > 0)
      seen.record(got);
    REQUIRE(got.mails.size() == mails.size());
    for (std::size_t i = 0; i < mails.size(); ++i)
      CHECK((got.mails[i].bytes == crlf(mails[i])));
    CHECK(source.mark(std::vector{got.mails[0].facts.place}).size() == 1);
    CHECK(source.wait(std::chrono::milliseconds(0), -1) == Woken::timeout);
    if (compress == Compress::always)
      CHECK(bytes < large_mail / 10);
    else
      CHECK(bytes > large_mail);
  }
}

TEST_CASE("dovecot: a probe") {
  if (no_dovecot()) return;
  server()->deliver("probed", "Subject: x\n\ny\n", first_received);
  const ImapReport report =
      probe_imap({login(server()->imap_url(), "probed"), {"INBOX", "Nowhere"}, {After::Kind::flag, ""}});
  REQUIRE(report.folders.size() == 2);
  CHECK(report.folders[0].there);
  CHECK(report.folders[0].mails == 1);
  CHECK_FALSE(report.folders[1].there);
  CHECK(std::ranges::find(report.capabilities, "IDLE") != report.capabilities.end());
  CHECK(server()->flags("probed") == std::vector<std::string>{""});
}
