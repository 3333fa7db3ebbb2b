// The command line: help, mistakes, exit codes; what is asked before the first mail.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "app/program.h"

namespace papertray {
namespace {

using test::Ran;
using test::run_papertray;
using test::TempDir;
using test::write_file;

using Words = std::vector<std::string>;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A desk without a mailbox, where nothing has come in.
class Desk {
 public:
  Desk() {
    write_file(folder_ / "papertray.toml", "rules = \"" + std::string(PAPERTRAY_ROOT) +
                                               "/rules/dlsc2017.toml\"\nstate = \"state\"\n"
                                               "[receipts]\nmode = \"off\"\n");
  }
  Ran run(Words words) const {
    words.insert(words.begin(), {"--config", folder_ / "papertray.toml"});
    return run_papertray(words);
  }
  const TempDir& folder() const { return folder_; }

 private:
  TempDir folder_;
};

}  // namespace

TEST_CASE("a mistake on the command line: 64, one sentence, the nearest right word") {
  struct Case {
    Words words;
    const char* sentence;
  };
  const Case cases[] = {
      {{}, "papertray: no command given; papertray --help shows what there is\n"},
      {{"--json"}, "papertray: no command given; papertray --help shows what there is\n"},
      {{"statsu"}, "papertray: unknown command \"statsu\"; did you mean status?\n"},
      {{"frobnicate"},
       "papertray: unknown command \"frobnicate\"; papertray --help shows what there is\n"},
      {{"a\x1b[2J"}, "papertray: unknown command \"a\\x1b[2J\"; papertray --help shows what there is\n"},
      {{"list", "--lat"}, "papertray: unknown option \"--lat\"; did you mean --late?\n"},
      {{"--confg=x", "status"}, "papertray: unknown option \"--confg=x\"; did you mean --config?\n"},
      {{"status", "--zebra"},
       "papertray: unknown option \"--zebra\"; papertray status --help shows what there is\n"},
      {{"status", "now"},
       "papertray: papertray status has no use for \"now\"; papertray status --help shows "
       "what there is\n"},
      {{"show"},
       "papertray: papertray show: id is required; papertray show --help shows what there is\n"},
      {{"list", "papres"},
       "papertray: papertray list: what: \"papres\" is not one of papers, questions, "
       "messages, triage, outbox; did you mean \"papers\"?\n"},
      {{"list", "--decision", "acepted"},
       "papertray: papertray list: --decision: \"acepted\" is not one of submitted, accepted, rejected, "
       "withdrawn; did you mean \"accepted\"?\n"},
      {{"list", "--panel", "x"},
       "papertray: papertray list: --panel: \"x\" is no panel; panels are 1, 2, ...; "
       "papertray list --help shows what there is\n"},
      {{"list", "papers", "--panel", "1"}, "papertray: --panel is for questions, not for papers\n"},
      {{"list", "messages", "--late"},
       "papertray: --late is for papers and questions, not for messages\n"},
      {{"list", "outbox", "--decision", "accepted"},
       "papertray: --decision is for papers and questions, not for outbox\n"},
      {{"run", "--json"},
       "papertray: --json is for run --once and run --dry-run; the daemon has no end to tell of, ask "
       "papertray "
       "status --json\n"},
      {{"list", "--json", "--format", "csv"},
       "papertray: --json and --format csv ask for two things; leave one out\n"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.sentence);
    const Ran ran = run_papertray(one.words);
    CHECK(ran.code == 64);
    CHECK(ran.err == one.sentence);
    CHECK(ran.out.empty());
  }
}

TEST_CASE("help: every command has an example") {
  const Ran all = run_papertray({"--help"});
  CHECK(all.code == 0);
  CHECK(all.err.empty());
  for (const char* command :
       {"run", "import", "status", "list", "show", "explain", "rebuild", "doctor"}) {
    CAPTURE(std::string(command));
    CHECK(has(all.out, std::string("\n  ") + command + " "));
    const Ran ran = run_papertray({command, "--help"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, std::string("Example: papertray ") + command));
  }
}

TEST_CASE("the version") {
  const Ran ran = run_papertray({"--version"});
  CHECK(ran.code == 0);
  CHECK(ran.out.starts_with("papertray "));
}

TEST_CASE("before the first mail there is a status, and nothing else") {
  const Desk desk;
  CHECK(desk.run({"status"}).code == 0);
  const Ran json = desk.run({"status", "--json"});
  CHECK(json.code == 0);
  CHECK(has(json.out, "\"schema\": \"papertray/status/1\""));
  CHECK(has(json.out, "\"papers\""));
  for (const Words& words :
       {Words{"list"}, Words{"list", "outbox", "--json"}, Words{"show", "P-1"}, Words{"rebuild"}}) {
    const Ran ran = desk.run(words);
    CHECK(ran.code == 1);
    CHECK(ran.out.empty());
    CHECK(has(ran.err, "nothing has been taken in yet"));
  }
  const Ran explained = desk.run({"explain", "P-1"});
  CHECK(explained.code == 1);
  CHECK(has(explained.err, "there is no P-1"));
  // Asking makes nothing.
  CHECK_FALSE(std::filesystem::exists(desk.folder() / "state"));
}

TEST_CASE("a mistake in the rules stops a command before it touches anything") {
  const Desk desk;
  write_file(desk.folder() / "rules.toml", "[workshop]\nnam = \"W\"\nreceipts = \"" +
                                               std::string(PAPERTRAY_ROOT) + "/rules/receipts\"\n");
  write_file(desk.folder() / "papertray.toml",
             "rules = \"rules.toml\"\nstate = \"state\"\n[receipts]\nmode = \"off\"\n");
  const Ran ran = desk.run({"import", desk.folder() / "rules.toml"});
  CHECK(ran.code == 78);
  CHECK(has(ran.err, "rules.toml:2: unknown key \"nam\""));
  CHECK_FALSE(std::filesystem::exists(desk.folder() / "state"));
}

TEST_CASE("run without a mailbox says so") {
  const Desk desk;
  const Ran ran = desk.run({"run", "--once"});
  CHECK(ran.code == 78);
  CHECK(has(ran.err, "[mailbox]"));
}

TEST_CASE("import --receipts where receipts are off") {
  const Desk desk;
  const Ran ran = desk.run({"import", "--receipts", "x"});
  CHECK(ran.code == 64);
  CHECK(has(ran.err, "[receipts] mode is \"off\""));
}

}  // namespace papertray
