#include "smtp/compose.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/error.h"
#include "drafts.h"

using namespace papertray;
using papertray::testing::sample_draft;

namespace {

struct Golden {
  std::string name;
  Draft draft;
};

std::vector<Golden> goldens() {
  std::vector<Golden> all;
  all.push_back({"plain", sample_draft()});

  Draft unicode = sample_draft();
  unicode.from = "\"Büro, Deep Learning\" <desk@workshop.example>";
  unicode.subject = "受領しました: P-7, version 1 (Größe über alles, ein längerer Betreff mit Umlauten)";
  unicode.text =
      "Vielen Dank für die Einreichung.\n\nIhre Datei: »Größe.pdf«, 論文 🧪\n"
      "A line that is far longer than seventy-six columns must be broken softly, "
      "without losing a blank or a letter of it.\n"
      "From here on\n.\n.dot\nblank at the end \n";
  all.push_back({"unicode", unicode});

  Draft thread = sample_draft();
  for (int i = 0; i < 40; ++i)
    thread.references.push_back("mail-" + std::to_string(i) + "@list.uni.example");
  thread.references.push_back("not an id");
  all.push_back({"long-thread", thread});

  Draft alone = sample_draft();
  alone.in_reply_to = "";
  alone.subject = "";
  alone.text = "";
  all.push_back({"nothing-to-answer", alone});

  Draft html = sample_draft();
  html.boundary = "pt-0123456789abcdef01234567";
  html.html = "<p>Your paper has arrived.</p>\n<p>It is <b>P-7</b>, version&nbsp;1.</p>\n";
  all.push_back({"with-html", html});
  return all;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string header_line(const std::string& mail, const std::string& name) {
  const std::size_t begin = mail.find("\r\n" + name + ": ");
  if (begin == std::string::npos) return {};
  std::size_t end = mail.find("\r\n", begin + 2);
  while (mail[end + 2] == ' ')
    end = mail.find("\r\n", end + 2);
  return mail.substr(begin + 2, end - begin - 2);
}

}  // namespace

TEST_CASE("composed mails are the golden files, byte for byte") {
  // PAPERTRAY_GOLDEN=write makes them anew; read the difference before it is committed.
  const char* mode = std::getenv("PAPERTRAY_GOLDEN");
  for (const Golden& golden : goldens()) {
    CAPTURE(golden.name);
    const std::filesystem::path file =
        std::filesystem::path(SMTP_TESTS) / "golden" / (golden.name + ".eml");
    const std::string mail = compose(golden.draft);
    if (mode != nullptr && std::string(mode) == "write") std::ofstream(file, std::ios::binary) << mail;
    CHECK(mail == read_file(file));
    CHECK(mail == compose(golden.draft));
  }
}

TEST_CASE("nothing but whole lines of at most 76 ASCII columns leaves") {
  for (const Golden& golden : goldens()) {
    CAPTURE(golden.name);
    std::size_t column = 0;
    char before = 0;
    for (const char c : compose(golden.draft)) {
      CHECK((c == '\n') == (before == '\r'));
      CHECK(static_cast<unsigned char>(c) < 0x80);
      column = c == '\r' || c == '\n' ? 0 : column + 1;
      CHECK(column <= 76);
      before = c;
    }
  }
}

TEST_CASE("a line break or NUL in anything that stands in a header is refused") {
  const std::string breaks[] = {"\r\nBcc: victim@example.org", "\nBcc: victim@example.org", "\rx",
                                std::string(1, '\0')};
  const auto refused = [](const Draft& draft) {
    try {
      compose(draft);
    } catch (const Failure& failure) {
      return failure.error().scope == Scope::message &&
             failure.error().text.find('\n') == std::string::npos;
    }
    return false;
  };
  for (const std::string& injected : breaks) {
    CAPTURE(injected);
    for (std::string Draft::*field :
         {&Draft::from, &Draft::to, &Draft::subject, &Draft::message_id, &Draft::in_reply_to}) {
      Draft draft = sample_draft();
      draft.*field += injected;
      CHECK(refused(draft));
    }
    Draft references = sample_draft();
    references.references = {"a@b" + injected};
    CHECK(refused(references));
    Draft value = sample_draft();
    value.headers.emplace_back("X-Note", "a" + injected);
    CHECK(refused(value));
    Draft name = sample_draft();
    name.headers.emplace_back("X-Note" + injected, "a");
    CHECK(refused(name));
    Draft boundary = sample_draft();
    boundary.html = "<p>x</p>";
    boundary.boundary = "pt" + injected;
    CHECK(refused(boundary));
  }
  CHECK_FALSE(refused(sample_draft()));
}

TEST_CASE("headers that are written anyway, and names that are none, are refused as extra ones") {
  for (const char* name :
       {"from", "TO", "Cc", "bcc", "Subject", "Date", "message-id", "Content-Type", "content-x",
        "MIME-Version", "Reply-To", "", "X Note", "X-Note:", "X-N\xC3\xB6te"}) {
    CAPTURE(name);
    Draft draft = sample_draft();
    draft.headers = {{name, "x"}};
    CHECK_THROWS_AS(compose(draft), Failure);
  }
}

TEST_CASE("a draft that cannot become a mail") {
  const struct {
    const char* what;
    std::string Draft::*field;
    std::string value;
  } table[] = {
      {"no recipient", &Draft::to, ""},
      {"SMTPUTF8", &Draft::to, "jörg@uni.example"},
      {"two recipients", &Draft::to, "a@b.example,c@d.example"},
      {"no Message-ID", &Draft::message_id, ""},
      {"brackets", &Draft::message_id, "<a@b>"},
      {"endless subject", &Draft::subject, std::string(5000, 'x')},
      {"HTML without a boundary", &Draft::html, "<p>x</p>"},
  };
  for (const auto& row : table) {
    CAPTURE(row.what);
    Draft draft = sample_draft();
    draft.*row.field = row.value;
    CHECK_THROWS_AS(compose(draft), Failure);
  }
}

TEST_CASE("References: the thread, its parent, then our own id") {
  const std::string own = " <" + sample_draft().message_id + ">";
  const auto references = [](std::vector<std::string> ids, const std::string& parent) {
    Draft draft = sample_draft();
    draft.references = std::move(ids);
    draft.in_reply_to = parent;
    std::string line = header_line(compose(draft), "References");
    for (std::size_t fold = 0; (fold = line.find("\r\n")) != std::string::npos;)
      line.erase(fold, 2);
    return line;
  };
  CHECK(references({}, "") == "References:" + own);
  CHECK(references({}, "p@x") == "References: <p@x>" + own);
  CHECK(references({"a@x", "b@x"}, "p@x") == "References: <a@x> <b@x> <p@x>" + own);
  CHECK(references({"a@x", "p@x"}, "p@x") == "References: <a@x> <p@x>" + own);
  CHECK(references({"p@x", "a@x"}, "p@x") == "References: <a@x> <p@x>" + own);
  CHECK(references({"a@x", "a@x", "two words", "<b@x>", "=?x?q?y?=", "caf\xC3\xA9@x"}, "no id") ==
        "References: <a@x>" + own);
  CHECK(references({sample_draft().message_id}, "") == "References:" + own);

  std::vector<std::string> many;
  std::string kept = "References: <0@x>";
  for (int i = 0; i < 100; ++i)
    many.push_back(std::to_string(i) + "@x");
  for (int i = 81; i < 100; ++i)
    kept += " <" + std::to_string(i) + "@x>";
  CHECK(references(many, "p@x") == kept + " <p@x>" + own);
}
