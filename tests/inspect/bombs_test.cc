// Mails made to exhaust a reader, through the real worker. Each is understood or set aside by a cap, and
// the mail after it is read by a worker that has kept to its memory. How much processor time the slowest
// took is printed: how long that is on the wall depends on what else the machine does.
#include <functional>
#include <string>

#include <doctest/doctest.h>
#include <glib.h>

#include "inspect/caps.h"
#include "inspect/fake_mail.h"
#include "inspect/worker_look.h"
#include "inspect/zip_bomb.h"

using namespace papertray;
using namespace papertray::test;

namespace {

// GMime grows its buffer by 4 KB a time; a sanitizer's realloc copies all of it each time.
#ifdef PAPERTRAY_SANITIZED
constexpr std::size_t part_header = 1'000'000;
#else
constexpr std::size_t part_header = 10'000'000;
#endif

const std::string head = "From: a@example.org\nSubject: bomb\nMIME-Version: 1.0\n";
const std::string mixed = head + "Content-Type: multipart/mixed; boundary=b\n\n";
const std::string html = head + "Content-Type: text/html\n\n";

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  all.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i)
    all += text;
  return all;
}

std::string nested(std::size_t depth) {
  std::string mail = head;
  for (std::size_t i = 0; i < depth; ++i) {
    const std::string border = "b" + std::to_string(i);
    mail += "Content-Type: multipart/mixed; boundary=" + border + "\n\n--" + border + "\n";
  }
  return mail + "Content-Type: text/plain\n\nhello\n";
}

std::string numbered(std::size_t count, const std::string& before, const std::string& after) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i)
    all += before + std::to_string(i) + after;
  return all;
}

std::string base64(const std::string& bytes) {
  const std::unique_ptr<gchar, void (*)(gpointer)> text(
      g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size()), g_free);
  return text.get();
}

struct Bomb {
  const char* name;
  std::function<std::string()> mail;
  const char* set_aside;  // begins so; nullptr: understood
  const char* note;       // holds so, when understood; nullptr: none asked
};

const Bomb bombs[] = {
    {"10,000 nested multiparts", [] { return nested(10'000); }, nullptr, "nested deeper"},
    {"10,000 nested messages", [] { return head + times(10'000, "Content-Type: message/rfc822\n\n"); },
     nullptr, "nested deeper"},
    {"100,000 parts",
     [] { return mixed + times(100'000, "--b\nContent-Type: text/plain\n\nhi\n") + "--b--\n"; },
     "the mail has 100001 lines that look like borders", nullptr},
    {"49,000 parts", [] { return mixed + times(49'000, "--b\n\nx\n"); }, nullptr,
     "more than the 2000 parts"},
    {"900 open borders, 45,000 lines that look like one",
     [] { return nested(900) + times(45'000, "--hi\n"); }, nullptr, nullptr},
    {"40,000 lines like borders of nobody below 20 MB, no empty line behind their headers",
     [] {
       return mixed + "--b\n\n" + times(300'000, std::string(66, 'a') + "\n") +
              times(40'000, "--hi\nContent-Type: text/plain\nbody, and no header\n");
     },
     nullptr, nullptr},
    {"100,000 headers", [] { return head + numbered(100'000, "X-", ": v\n") + "\nhi\n"; },
     "the mail has 100003 header fields", nullptr},
    {"headers of 60 KB",
     [] { return head + times(40, "X: " + std::string(60'000, 'a') + "\n") + "\nhi\n"; },
     "the mail's header has more than", nullptr},
    {"a header of 10 MB", [] { return head + "X-Big: " + std::string(10'000'000, 'a') + "\n\nhi\n"; },
     nullptr, "the X-Big header is cut"},
    {"a folded header of 6 MB",
     [] { return head + "X-Fold: a\n" + times(2'000'000, " b\n") + "\nhi\n"; }, nullptr,
     "the X-Fold header is cut"},
    {"a border of 60 KB",
     [] {
       const std::string border(60'000, 'b');
       return head + "Content-Type: multipart/mixed; boundary=\"" + border + "\"\n\n" +
              times(100, "--" + border + "\n\nhi\n");
     },
     nullptr, nullptr},
    {"1,000,000 colons", [] { return head + "To: " + std::string(1'000'000, ':') + "\n\nhi\n"; },
     nullptr, "too many colons"},
    {"1,000,000 groups", [] { return head + "To: " + times(1'000'000, "a:") + "\n\nhi\n"; }, nullptr,
     "too many colons"},
    {"1,000,000 addresses", [] { return head + "To: " + times(1'000'000, "a@b,") + "\n\nhi\n"; },
     nullptr, "more addresses than are kept"},
    {"64 KB of brackets", [] { return head + "To: " + std::string(64'000, '<') + "\n\nhi\n"; }, nullptr,
     nullptr},
    {"1 MB of comments", [] { return head + "To: " + std::string(1'000'000, '(') + "\n\nhi\n"; },
     nullptr, nullptr},
    {"words that never end", [] { return head + "Subject: " + times(9'000, "=?x?q? ") + "\n\nhi\n"; },
     nullptr, "two Subject headers"},
    {"500,000 references", [] { return head + "References: " + times(500'000, "<a@b> ") + "\n\nhi\n"; },
     nullptr, "more message ids than are kept"},
    {"100,000 parameters",
     [] { return head + "Content-Type: text/plain;" + numbered(100'000, " a", "=b;") + "\n\nhi\n"; },
     nullptr, nullptr},
    {"48 KB of nested div", [] { return html + times(9'600, "<div>") + "deep"; }, nullptr, nullptr},
    {"100,000 attributes", [] { return html + "before <a " + numbered(100'000, "a", "=b ") + ">"; },
     nullptr, "cut at an element with over 1000 attributes"},
    {"end tags that close nothing", [] { return html + times(150'000, "<b>") + times(120'000, "</x>"); },
     nullptr, "nested too deep"},
    {"2 MB of ampersands", [] { return html + std::string(2'000'000, '&'); }, nullptr,
     "the text is cut"},
    {"20 MB of text", [] { return head + "\n" + std::string(20'000'000, 'a'); }, nullptr, "is cut"},
    {"100,000 links", [] { return head + "\n" + numbered(100'000, "http://example.org/", " "); },
     nullptr, "more links than the 100"},
    {"40 MB in an encoded message",
     [] {
       return head + "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
              std::string(54'000'000, 'Q');
     },
     "the mail's encoded attached messages", nullptr},
    {"a zip of 5 GB of zeros",
     [] {
       return mixed + "--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" +
              base64(zip_of_zeros(5 * 1024)) + "\n--b--\n";
     },
     nullptr, "bytes come out of archives"},
    {"20 MB of uuencode without an end",
     [] { return head + "\nbegin 644 x.pdf\n" + times(322'580, "M" + std::string(60, 'A') + "\n"); },
     nullptr, "a uuencoded file has no end"},
    {"500,000 uuencoded files without an end",
     [] { return head + "\n" + times(500'000, "begin 644 x\n#AAAA\n"); }, nullptr, "has too many files"},
    {"a uuencoded line without an end",
     [] { return head + "\nbegin 644 x\nM" + std::string(20'000'000, 'A'); }, nullptr, nullptr},
    {"only line ends", [] { return std::string(5'000'000, '\n'); }, nullptr, nullptr},
    {"only CR", [] { return std::string(5'000'000, '\r'); }, nullptr, nullptr},
    {"only NUL", [] { return std::string(5'000'000, '\0'); }, nullptr, "NUL in the header"},
    {"1,000,000 groups in an attached message",
     [] { return head + "Content-Type: message/rfc822\n\nTo: " + times(1'000'000, "a:") + "\n\nhi\n"; },
     nullptr, nullptr},
    {"a header of 10 MB in a part",
     [] { return mixed + "--b\nX-Big: " + std::string(part_header, 'a') + "\n\nhi\n--b--\n"; }, nullptr,
     nullptr},
};

}  // namespace

TEST_CASE("each bomb is understood or set aside, and the next mail is read") {
  WorkerOptions options = real_worker();
  // Not ten seconds: a machine with twenty other things to do is no bomb.
  options.mail_limit = options.mail_patience = std::chrono::minutes(2);
  WorkerInspector inspector(options);
  std::string slowest;
  double longest = 0;
  std::uint64_t peak = 0;
  for (const Bomb& bomb : bombs) {
    CAPTURE(std::string(bomb.name));
    const double before = look_at_workers().seconds;
    const auto results = inspect_all(inspector, mails({bomb.mail(), "Subject: next\n\nhello\n"}));
    const WorkerLook after = look_at_workers();
    if (after.seconds - before > longest) {
      longest = after.seconds - before;
      slowest = bomb.name;
    }
    peak = std::max(peak, after.peak_bytes);
    REQUIRE(after.alive >= 1);
#ifndef PAPERTRAY_SANITIZED  // a sanitizer's shadow memory is no part of what is bounded
    CHECK(after.address_space == caps::address_space);
    CHECK(after.peak_bytes > 0);
    CHECK(after.peak_bytes < 256 * caps::mib);
#endif
    REQUIRE(results.size() == 2);
    CHECK(results[1].message.subject == "next");
    CHECK(results[1].message.text == "hello\n");
    const std::string& quarantine = results[0].quarantine;
    CHECK(quarantine.find("did not finish") == std::string::npos);
    CHECK(quarantine.starts_with(bomb.set_aside == nullptr ? "" : bomb.set_aside));
    if (bomb.set_aside == nullptr) CHECK(quarantine == "");
    if (bomb.note == nullptr) continue;
    const auto& notes = results[0].message.notes;
    CHECK(std::any_of(notes.begin(), notes.end(), [&](const std::string& note) {
      return note.find(bomb.note) != std::string::npos;
    }));
  }
  MESSAGE("the slowest: " << slowest << ", " << longest
                          << " s of processor time; the most memory of a worker: " << peak / caps::mib
                          << " MB");
}

TEST_CASE("48 KB of nested div is read to its bottom") {
  WorkerInspector inspector(real_worker());
  CHECK(inspect_all(inspector, mails({html + times(9'600, "<div>") + "deep"})).at(0).message.text ==
        "deep\n");
}
