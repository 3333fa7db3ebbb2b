// Mutated drafts, composed and read back by somebody else's parser: Python's email. 2,000 of them, or a
// million with PAPERTRAY_LONG_TESTS=figures.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "core/error.h"
#include "core/printable.h"
#include "drafts.h"
#include "smtp/address.h"
#include "temp_dir.h"

using namespace papertray;
using papertray::testing::sample_draft;
using papertray::testing::TempDir;

namespace {

constexpr int mails = 2000;  // of one round

// Rounds, each with its own seed.
unsigned rounds() {
  const char* wanted = std::getenv("PAPERTRAY_LONG_TESTS");
  if (!wanted) return 1;
  return std::string_view(wanted) == "figures" ? 500 : 25;
}
constexpr char python[] = "/usr/bin/python3";

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  bool once_in(int n) { return below(n) == 0; }

  template <std::size_t N>
  std::string from(const std::array<std::string, N>& pieces, int most) {
    std::string text;
    for (int i = below(most + 1); i > 0; --i)
      text += pieces[static_cast<std::size_t>(below(static_cast<int>(N)))];
    return text;
  }

  // What a stranger can put where a header's text is expected, line breaks aside.
  std::string words() {
    static const std::array<std::string, 34> pieces{"NIPS ",
                                                    "Workshop ",
                                                    "Papers",
                                                    " ",
                                                    "  ",
                                                    "\t",
                                                    "é",
                                                    "論文",
                                                    "🧪",
                                                    "e\u0301",
                                                    "\u202e",
                                                    "\u200b",
                                                    "\"",
                                                    "\\",
                                                    "<",
                                                    ">",
                                                    "(",
                                                    ")",
                                                    ",",
                                                    ";",
                                                    ":",
                                                    "@",
                                                    "=?UTF-8?Q?x?=",
                                                    "=?",
                                                    "?=",
                                                    "_",
                                                    "=41",
                                                    "\x1b[31m",
                                                    "\x7f",
                                                    "\u0085",
                                                    "\u2028",
                                                    std::string(90, 'w'),
                                                    "Bcc: x@y.example",
                                                    "\x01"};
    std::string text = from(pieces, 12);
    if (once_in(4)) text += bytes();
    if (once_in(50)) text += std::string(static_cast<std::size_t>(below(200)), "ab "[below(3)]);
    return text;
  }

  // No UTF-8, or hardly.
  std::string bytes() {
    std::string text;
    for (int i = below(8); i > 0; --i) {
      const int byte = 1 + below(255);
      if (byte != '\r' && byte != '\n') text += static_cast<char>(byte);
    }
    return text;
  }

  std::string text() {
    static const std::array<std::string, 18> lines{"\n",
                                                   "\r\n",
                                                   "From here\n",
                                                   ".\n",
                                                   "..\n",
                                                   "blank \n",
                                                   "\t\n",
                                                   "--=_pt-0\n",
                                                   "--\n",
                                                   "=\n",
                                                   "=3D\n",
                                                   "\r",
                                                   "caf\u00e9\n",
                                                   "\xff\xfe",
                                                   "\u2028",
                                                   "Subject: x\n\n",
                                                   std::string(300, 'l'),
                                                   std::string(1, '\0')};
    return words() + from(lines, 6) + words() + from(lines, 6);
  }

 private:
  std::mt19937 random_;
};

// What the reader is to see, said without the code under test.
std::string intended_text(const std::string& text) {
  std::string seen = valid_utf8(text);
  for (std::size_t at = 0; (at = seen.find("\r\n", at)) != std::string::npos; ++at)
    seen.erase(at, 1);
  if (!seen.empty() && seen.back() != '\n') seen += '\n';
  return seen;
}

std::string in_quotes(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

// What may stand in the configuration's `from`: the rest is refused, and tested elsewhere.
bool is_name(const std::string& name) {
  return valid_utf8(name) == name &&
         std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// One that may be written to: other ones are refused, and tested elsewhere.
std::string address(Mutator& mutate) {
  static const std::array<std::string, 22> letters{"a", "Z", "0", "9", "ada", "+papers", "-", "_",
                                                   "'", "!", "#", "$", "%",   "&",       "*", "/",
                                                   "=", "?", "^", "{", "|",   "~"};
  static const std::array<std::string, 6> hosts{"uni.example", "cs.uni.example",
                                                "x-1.example", "xn--mnchen-3ya.example",
                                                "UNI.Example", "a.b.c.d.example"};
  for (;;) {
    std::string local = mutate.from(letters, 6);
    if (mutate.once_in(3)) local += "." + mutate.from(letters, 3);
    const std::string found = local + "@" + hosts[static_cast<std::size_t>(mutate.below(6))];
    if (!local.empty() && !local.starts_with('.') && !local.ends_with('.') &&
        address_problem(found).empty())
      return found;
  }
}

struct Run {
  int status = -1;
  std::string output;
};

Run run(const std::string& command) {
  Run result;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return result;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe))
    result.output.append(buffer, count);
  const int status = ::pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

}  // namespace

namespace {

void read_back_one_round(unsigned seed) {
  CAPTURE(seed);
  const TempDir dir;
  const std::string file = dir.path() / "mails.jsonl";
  std::ofstream out(file);
  Mutator mutate(seed);
  int named = 0;
  for (int i = 0; i < mails; ++i) {
    Draft draft = sample_draft();
    draft.subject = mutate.words();
    draft.text = mutate.once_in(10) ? "" : mutate.text();
    std::string name = mutate.words();
    if (!is_name(name)) name = "Ünäble, the " + std::to_string(i);
    named += name.empty() ? 0 : 1;
    draft.from = in_quotes(name) + " <desk@workshop.example>";
    draft.headers.emplace_back("X-Note", mutate.words());
    if (mutate.once_in(3)) {
      draft.boundary = "pt-0";
      draft.html = "<p>" + mutate.text() + "</p>";
    }
    draft.to = address(mutate);
    if (mutate.once_in(3)) draft.references.assign(static_cast<std::size_t>(mutate.below(40)), "r@x");

    nlohmann::json expected;
    const std::string mail = compose(draft);
    expected["mail"] = mail;  // ASCII, else dump() throws
    expected["from_name"] = name;
    expected["to"] = draft.to;
    expected["subject"] = valid_utf8(draft.subject);
    expected["note"] = valid_utf8(draft.headers.back().second);
    expected["text"] = intended_text(draft.text);
    expected["html"] = draft.html.empty() ? nlohmann::json() : nlohmann::json(intended_text(draft.html));
    out << expected.dump() << '\n';
  }
  out.close();
  REQUIRE(out.good());
  CHECK(named > mails / 2);

  const Run result = run(std::string(python) + " '" SMTP_TESTS "/read_back.py' '" + file + "' 2>&1");
  INFO(result.output);
  CHECK(result.status == 0);
  CHECK(result.output.find(std::to_string(mails) + " mails read back") != std::string::npos);
}

}  // namespace

TEST_CASE("mutated drafts read back as exactly what was meant") {
  if (::access(python, X_OK) != 0) {
    MESSAGE("skipped: there is no ", python);
    return;
  }
  for (unsigned round = 0; round < rounds(); ++round)
    read_back_one_round(20171103 + round);
}

TEST_CASE("2,000 injections: none becomes a mail") {
  Mutator mutate(20171104);
  static const std::array<std::string, 4> breaks{"\r\nBcc: x@y.example", "\n", "\r",
                                                 std::string(1, '\0')};
  int refused = 0;
  for (int i = 0; i < mails; ++i) {
    Draft draft = sample_draft();
    const std::string injected =
        mutate.words() + breaks[static_cast<std::size_t>(mutate.below(4))] + mutate.words();
    switch (mutate.below(5)) {
      case 0:
        draft.subject = injected;
        break;
      case 1:
        draft.from = in_quotes(injected) + " <desk@workshop.example>";
        break;
      case 2:
        draft.to = injected + "@uni.example";
        break;
      case 3:
        draft.headers.emplace_back("X-Note", injected);
        break;
      default:
        draft.references.push_back(injected);
    }
    try {
      compose(draft);
    } catch (const Failure& failure) {
      refused += failure.error().scope == Scope::message ? 1 : 0;
    }
  }
  CHECK(refused == mails);
}
