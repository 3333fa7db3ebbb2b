// COMPRESS=DEFLATE: a scripted dialogue whose server speaks deflate from its OK on.
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <zlib.h>

#include "dialogue.h"

using namespace papertray;
using namespace papertray::testing;

namespace {

const std::string mail = "Subject: x\r\n\r\n" + std::string(200'000, 'y') + "\r\npt7 OK\r\n";

// Both directions of the server's side. Its compressed bytes may be spoilt.
class CompressingServer : public Wire {
 public:
  using Spoil = std::function<void(std::string& compressed)>;

  CompressingServer(const Script& script, std::size_t piece, Spoil spoil = {})
      : script_(script), piece_(piece), spoil_(std::move(spoil)) {
    inflateInit2(&in_, -MAX_WBITS);
    deflateInit2(&out_, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  }
  ~CompressingServer() override {
    inflateEnd(&in_);
    deflateEnd(&out_);
  }

  void send(std::string_view bytes) override {
    if (!compressing_) return script_.send(bytes);
    std::string compressed(bytes);
    CHECK(compressed.find("UID") == std::string::npos);  // nothing goes in clear any more
    std::array<char, 4096> plain;
    in_.next_in = reinterpret_cast<Bytef*>(compressed.data());
    in_.avail_in = static_cast<uInt>(compressed.size());
    in_.next_out = reinterpret_cast<Bytef*>(plain.data());
    in_.avail_out = plain.size();
    REQUIRE(inflate(&in_, Z_SYNC_FLUSH) == Z_OK);
    REQUIRE(in_.avail_in == 0);
    // Flushed: all of the command is here.
    script_.send(std::string_view(plain.data(), plain.size() - in_.avail_out));
  }

  std::optional<std::size_t> receive(std::span<char> buffer, std::chrono::milliseconds patience,
                                     int wake) override {
    if (waiting_.empty()) {
      std::string plain(piece_, '\0');
      const std::optional<std::size_t> count = script_.receive(plain, patience, wake);
      if (!count || *count == 0) return count;
      plain.resize(*count);
      waiting_ = compressing_ ? deflated(plain) : plain;
      seen_ += plain;
      if (!compressing_ && seen_.ends_with("OK compressed\r\n")) {
        compressing_ = true;
        waiting_ += deflated("* OK [ALERT] glued to it\r\n");  // read ahead together with the OK
      }
    }
    const std::size_t count = std::min({buffer.size(), waiting_.size(), piece_});
    std::copy_n(waiting_.begin(), count, buffer.begin());
    waiting_.erase(0, count);
    return count;
  }
  std::chrono::steady_clock::time_point now() const override { return script_.now(); }

 private:
  std::string deflated(std::string plain) {
    std::string result(deflateBound(&out_, plain.size()) + 64, '\0');
    out_.next_in = reinterpret_cast<Bytef*>(plain.data());
    out_.avail_in = static_cast<uInt>(plain.size());
    out_.next_out = reinterpret_cast<Bytef*>(result.data());
    out_.avail_out = static_cast<uInt>(result.size());
    REQUIRE(deflate(&out_, Z_SYNC_FLUSH) == Z_OK);
    result.resize(result.size() - out_.avail_out);
    if (spoil_) spoil_(result);
    return result;
  }

  ScriptedWire script_;
  std::size_t piece_;
  Spoil spoil_;
  z_stream in_{}, out_{};
  std::string seen_, waiting_;
  bool compressing_ = false;
};

// Up to the bodies of UIDs 10 and 11; the first is worth compressing.
Script dialogue(const std::string& answer = "OK compressed") {
  Script script = hello("IMAP4rev1 IDLE COMPRESS=DEFLATE");
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10 11").server("pt4 OK");
  script.client("pt5 UID FETCH 10:11 " + list_items);
  script.server(announced(1, 10, mail.size())).server(announced(2, 11, 3)).server("pt5 OK");
  script.client("pt6 COMPRESS DEFLATE").server("pt6 " + answer);
  script.client("pt7 UID FETCH 10:11 (UID BODY.PEEK[])");
  return script.server(handed(1, 10, mail)).server(handed(2, 11, "m\r\n")).server("pt7 OK");
}

struct Squeezed {
  explicit Squeezed(const Script& script, std::size_t piece = 4096, CompressingServer::Spoil spoil = {},
                    Compress compress = Compress::off_loopback,
                    const std::string& url = "imaps://imap.test")
      : source(
            [&] {
              ImapSettings with = settings();
              with.compress = compress;
              with.server.url = url;
              return with;
            }(),
            clock,
            [=](const Server&) { return std::make_unique<CompressingServer>(script, piece, spoil); }) {}

  FixedClock clock;
  RememberedPlaces seen;
  RecordingReceiver got;
  ImapSource source;
};

}  // namespace

TEST_CASE("compressed from the answer on, fetched, marked, watched, goodbye") {
  Script script = dialogue();
  script.client("pt8 UID STORE 10:11 +FLAGS.SILENT (\\Seen $Papertray)").server("pt8 OK");
  script.client("pt9 IDLE").server("+ idling").quiet().server("* 4 EXISTS");
  script.client("DONE").server("pt9 OK").client("pt10 LOGOUT").server("* BYE").server("pt10 OK");
  for (const std::size_t piece : {100'000, 1000, 1}) {
    CAPTURE(piece);
    Squeezed desk(script, piece);
    CHECK(desk.source.fetch(desk.seen, {}, desk.got) == 2);
    REQUIRE(desk.got.mails.size() == 2);
    CHECK((desk.got.mails[0].bytes == mail));
    CHECK(desk.got.mails[1].bytes == "m\r\n");
    desk.seen.record(desk.got);
    const std::vector<Place> places{desk.got.mails[0].facts.place, desk.got.mails[1].facts.place};
    CHECK(desk.source.mark(places).size() == 2);
    CHECK(desk.source.fetch(desk.seen, {}, desk.got) == 0);
    CHECK(desk.source.wait(std::chrono::minutes(5), -1) == Woken::timeout);
    CHECK(desk.source.wait(std::chrono::minutes(5), -1) == Woken::news);
  }
}

TEST_CASE("offered, but refused: spoken to as before, and not asked again") {
  Script script = dialogue("NO [COMPRESSIONACTIVE] by TLS");
  Squeezed desk(script);
  CHECK(desk.source.fetch(desk.seen, {}, desk.got) == 2);
}

TEST_CASE("not asked for on loopback, nor for what is small") {
  Script plain = hello("IMAP4rev1 COMPRESS=DEFLATE");
  select(plain);
  plain.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10").server("pt4 OK");
  plain.client("pt5 UID FETCH 10 " + list_items);
  SUBCASE("loopback") {
    plain.server(announced(1, 10, mail.size())).server("pt5 OK");
    plain.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, mail)).server("pt6 OK");
    Squeezed desk(plain, 4096, {}, Compress::off_loopback, "imap://127.0.0.1");
    CHECK(desk.source.fetch(desk.seen, {}, desk.got) == 1);
  }
  SUBCASE("small") {
    plain.server(announced(1, 10, 3)).server("pt5 OK");
    plain.client("pt6 UID FETCH 10 (UID BODY.PEEK[])").server(handed(1, 10, "m\r\n")).server("pt6 OK");
    Squeezed desk(plain);
    CHECK(desk.source.fetch(desk.seen, {}, desk.got) == 1);
  }
}

TEST_CASE("what is no deflate, or ends too early, is never half a mail") {
  struct Row {
    const char* what;
    CompressingServer::Spoil spoil;
    Trouble trouble;
  };
  const std::vector<Row> rows{
      {"a block of no kind", [](std::string& bytes) { bytes[0] = '\x07'; }, Trouble::other},
      {"clear text",
       [](std::string& bytes) { bytes = "* OK [ALERT] clear text, which is no deflate\r\n"; },
       Trouble::other},
      {"the stream's end", [](std::string& bytes) { bytes = std::string("\x03\x00", 2); },
       Trouble::unreachable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Squeezed desk(dialogue(), 4096, row.spoil);
    try {
      desk.source.fetch(desk.seen, {}, desk.got);
      FAIL("no failure where one is due");
    } catch (const Failure& failure) {
      CAPTURE(failure.error().text);
      CHECK(failure.error().scope == Scope::account);
      CHECK(failure.error().trouble == row.trouble);
    }
    CHECK(desk.got.mails.empty());
    CHECK_FALSE(desk.got.open());
  }
}

TEST_CASE("a gigabyte behind a megabyte takes no memory: a mail above the cap is cut off") {
  // The literal is longer than it was announced, and longer than any mail may be.
  Script script = hello("IMAP4rev1 COMPRESS=DEFLATE");
  select(script);
  script.client("pt4 UID SEARCH UID 1:*").server("* SEARCH 10").server("pt4 OK");
  script.client("pt5 UID FETCH 10 " + list_items).server(announced(1, 10, mail.size())).server("pt5 OK");
  script.client("pt6 COMPRESS DEFLATE").server("pt6 OK compressed");
  script.client("pt7 UID FETCH 10 (UID BODY.PEEK[])");
  script.raw("* 1 FETCH (UID 10 BODY[] {1073741824}\r\n" + std::string(1'000'000, '\0'));
  Squeezed desk(script, 1'000'000);
  CHECK(desk.source.fetch(desk.seen, {}, desk.got) == 1);
  CHECK(desk.got.turned_away.size() == 1);
  CHECK(desk.got.largest_piece == 0);
}
