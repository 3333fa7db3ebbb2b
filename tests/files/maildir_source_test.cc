// A Maildir belongs to everybody: files are delivered, flagged, moved and deleted while we read.
#include "files/maildir_source.h"

#include <filesystem>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hands.h"
#include "support/temp_dir.h"

using namespace papertray;
using namespace papertray::test;
namespace fs = std::filesystem;

namespace {

const StillClock clock_;

struct Maildir {
  TempDir temp;
  std::string path = temp / "Mail";
  Memory memory;
  Keeper keeper;

  Maildir() {
    for (const char* part : {"/cur", "/new", "/tmp"})
      fs::create_directories(path + part);
  }
  void put(const std::string& file, const std::string& bytes) const {
    write_file(path + "/" + file, bytes);
  }
  void move(const std::string& from, const std::string& to) const {
    fs::rename(path + "/" + from, path + "/" + to);
  }
  bool has(const std::string& file) const { return fs::exists(path + "/" + file); }
  Place place(const std::string& base) const {
    return {.account = "maildir:" + path, .folder = "", .uidvalidity = 0, .uid = 0, .name = base};
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("new and cur, oldest first, with facts; tmp and dot files are not mail") {
  Maildir mail;
  mail.put("new/300.c", "three");
  mail.put("cur/20.b:2,FS", "two");
  mail.put("cur/1.a:2,", "");
  mail.put("tmp/4.d", "half");
  mail.put("cur/.hidden", "x");
  MaildirSource source(mail.path, clock_);
  CHECK(source.fetch(mail.memory, {.mails = 2, .bytes = 1000}, mail.keeper) == 2);
  CHECK(mail.keeper.bodies() == Texts{"", "two"});
  CHECK(take_all(source, mail.memory, mail.keeper) == 1);
  CHECK(mail.keeper.bodies() == Texts{"", "two", "three"});
  const MailFacts& facts = mail.keeper.mails[1].facts;
  CHECK(facts.place == mail.place("20.b"));
  CHECK(facts.flags == Texts{"\\Flagged", "\\Seen"});
  CHECK(facts.file_time.has_value());
  CHECK(facts.size == 3);
  CHECK(take_all(source, mail.memory, mail.keeper) == 0);
  mail.put("new/400.d", "four");
  CHECK(take_all(source, mail.memory, mail.keeper) == 1);
}

TEST_CASE("flagged, read or moved to cur between listing and opening: the same mail") {
  struct Row {
    const char* from;
    const char* to;
  } rows[] = {{"new/2.b", "cur/2.b:2,S"}, {"cur/2.b:2,", "cur/2.b:2,F"}, {"cur/2.b:2,S", "new/2.b"}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.to));
    Maildir mail;
    mail.put("new/1.a", "one");
    mail.put(row.from, "two");
    MaildirSource source(mail.path, clock_);
    mail.keeper.on_begin = [&](const MailFacts& facts) {
      if (facts.place.name == "1.a") mail.move(row.from, row.to);
    };
    CHECK(take_all(source, mail.memory, mail.keeper) == 2);
    CHECK(mail.keeper.bodies() == Texts{"one", "two"});
    CHECK(mail.keeper.gone.empty());
  }
}

TEST_CASE("deleted between listing and opening: vanished, and the next goes on") {
  Maildir mail;
  for (const char* file : {"new/1.a", "new/2.b", "cur/3.c:2,S"})
    mail.put(file, file);
  MaildirSource source(mail.path, clock_);
  mail.keeper.on_begin = [&](const MailFacts& facts) {
    if (facts.place.name == "1.a") fs::remove(mail.path + "/new/2.b");
  };
  CHECK(source.fetch(mail.memory, {}, mail.keeper) == 3);
  CHECK(mail.keeper.bodies() == Texts{"new/1.a", "cur/3.c:2,S"});
  CHECK(mail.keeper.gone == Texts{"2.b"});
}

TEST_CASE("seen mails are passed over whatever their flags are now, and none is opened") {
  Maildir mail;
  mail.put("cur/1.a:2,F", "one");
  mail.put("new/2.b", "two");
  mail.memory.places = {mail.place("1.a")};
  MaildirSource source(mail.path, clock_);
  CHECK(take_all(source, mail.memory, mail.keeper) == 1);
  CHECK(mail.keeper.bodies() == Texts{"two"});
}

TEST_CASE("after = flag") {
  Maildir mail;
  mail.put("new/1.a", "one");
  mail.put("cur/2.b:2,F", "two");
  mail.put("cur/3.c:2,S", "three");
  mail.put("new/4.d", "four");
  MaildirSource source(mail.path, clock_, "flag");
  take_all(source, mail.memory, mail.keeper);
  mail.move("new/4.d", "cur/4.d:2,R");  // by somebody, after it was read
  fs::remove(mail.path + "/cur/3.c:2,S");
  const std::vector<Place> all = {mail.place("1.a"), mail.place("2.b"), mail.place("3.c"),
                                  mail.place("4.d")};
  const std::vector<Place> marked = source.mark(all);
  CHECK(marked == std::vector<Place>{mail.place("1.a"), mail.place("2.b"), mail.place("4.d")});
  CHECK(mail.has("cur/1.a:2,S"));
  CHECK(mail.has("cur/2.b:2,FS"));
  CHECK(mail.has("cur/4.d:2,RS"));
  CHECK(source.mark(all).size() == 3);  // again changes nothing
  CHECK(read_file(mail.path + "/cur/1.a:2,S") == "one");
  CHECK(take_all(source, mail.memory, mail.keeper) == 0);
  CHECK(source
            .mark(std::vector<Place>{
                {.account = "maildir:/other", .folder = "", .uidvalidity = 0, .uid = 0, .name = "1.a"}})
            .empty());
}

TEST_CASE("a mail recorded before a kill, but not marked, is marked with the next") {
  Maildir mail;
  mail.put("new/1.a", "one");
  mail.put("cur/2.b:2,", "unread on purpose");
  mail.memory.places = {mail.place("1.a"), mail.place("2.b")};
  MaildirSource source(mail.path, clock_, "flag");
  CHECK(take_all(source, mail.memory, mail.keeper) == 0);
  CHECK(source.mark({}) == std::vector<Place>{mail.place("1.a")});
  CHECK(mail.has("cur/1.a:2,S"));
  CHECK(mail.has("cur/2.b:2,"));
}

TEST_CASE("after = none changes nothing") {
  Maildir mail;
  mail.put("new/1.a", "one");
  MaildirSource source(mail.path, clock_, "none");
  take_all(source, mail.memory, mail.keeper);
  CHECK(source.mark(std::vector<Place>{mail.place("1.a")}).empty());
  CHECK(mail.has("new/1.a"));
}

TEST_CASE("after = move") {
  Maildir mail;
  mail.put("new/1.a", "one");
  mail.put("cur/2.b:2,F", "two");
  MaildirSource source(mail.path, clock_, "move:Calls/Done");
  take_all(source, mail.memory, mail.keeper);
  CHECK(source.mark(std::vector<Place>{mail.place("1.a"), mail.place("2.b")}).size() == 2);
  CHECK(read_file(mail.path + "/.Calls.Done/cur/1.a:2,S") == "one");
  CHECK(read_file(mail.path + "/.Calls.Done/cur/2.b:2,FS") == "two");
  CHECK(mail.has(".Calls.Done/maildirfolder"));
  CHECK(mail.has(".Calls.Done/new"));
  CHECK(!mail.has("new/1.a"));
  CHECK(take_all(source, mail.memory, mail.keeper) == 0);
}

TEST_CASE(
    "a mail never overwrites another, and one that cannot be marked does not keep the next from it") {
  Maildir mail;
  mail.put("new/1.a", "ours");
  mail.put("new/2.b", "two");
  mail.put(".Done/cur/1.a:2,S", "somebody's");
  MaildirSource source(mail.path, clock_, "move:Done");
  take_all(source, mail.memory, mail.keeper);
  const std::string text = failure_of([&] {
    source.mark(std::vector<Place>{mail.place("1.a"), mail.place("2.b")});
  });
  CHECK(text.find("1.a") != std::string::npos);
  CHECK(read_file(mail.path + "/.Done/cur/1.a:2,S") == "somebody's");
  CHECK(read_file(mail.path + "/new/1.a") == "ours");
  CHECK(mail.has(".Done/cur/2.b:2,S"));
}

TEST_CASE("words that are no way to mark") {
  const Maildir mail;
  for (const char* after :
       {"", "flags", "move", "move:", "move:..", "move:../x", "move:.", "move:a//b", "move:/etc"}) {
    CAPTURE(std::string(after));
    CHECK(failure_of([&] { MaildirSource(mail.path, clock_, after); }).find("after = ") == 0);
  }
}

TEST_CASE("not a Maildir, or half of one") {
  const TempDir temp;
  Memory memory;
  Keeper keeper;
  MaildirSource none(temp / "none", clock_);
  CHECK(failure_of([&] { none.fetch(memory, {}, keeper); }).find("cannot list the Maildir") !=
        std::string::npos);
  write_file(temp / "half/new/1.a", "one");
  MaildirSource half(temp / "half", clock_);
  CHECK(take_all(half, memory, keeper) == 1);
}

TEST_CASE("a link, a FIFO or a folder among the mails is refused, and the next goes on") {
  Maildir mail;
  mail.put("../secret", "not mail");
  REQUIRE(::symlink((mail.temp / "secret").c_str(), (mail.path + "/new/1.link").c_str()) == 0);
  REQUIRE(::mkfifo((mail.path + "/new/2.fifo").c_str(), 0600) == 0);
  fs::create_directory(mail.path + "/new/3.folder");
  mail.put("new/4.d", "four");
  MaildirSource source(mail.path, clock_);
  CHECK(source.fetch(mail.memory, {}, mail.keeper) == 4);
  CHECK(mail.keeper.bodies() == Texts{"four"});
  CHECK(mail.keeper.refusals.size() == 3);
}

TEST_CASE("a receiver that fails gets the mail again") {
  Maildir mail;
  mail.put("new/1.a", "one");
  mail.put("new/2.b", "two");
  MaildirSource source(mail.path, clock_);
  mail.keeper.on_begin = [](const MailFacts& facts) {
    if (facts.place.name == "2.b")
      throw Failure({Scope::store, Again::person, Exit::cannot_write, "no room"});
  };
  CHECK(failure_of([&] { source.fetch(mail.memory, {}, mail.keeper); }) == "no room");
  mail.memory.places = {mail.place("1.a")};
  mail.keeper.on_begin = nullptr;
  take_all(source, mail.memory, mail.keeper);
  CHECK(mail.keeper.bodies() == Texts{"one", "two"});
}
