// The rules file and its templates: what is understood, and what each mistake says.
#include "app/rules_file.h"

#include <algorithm>
#include <filesystem>

#include <doctest/doctest.h>

#include "app/failing.h"
#include "core/receipt.h"
#include "support/temp_dir.h"

namespace papertray {
namespace {

using test::check_sentence;
using test::failure_of;
using test::TempDir;
using test::write_file;

const std::string shipped = std::string(PAPERTRAY_ROOT) + "/rules/dlsc2017.toml";

constexpr const char* file = "/desk/rules.toml";

constexpr const char* whole =
    "[workshop]\n"                               // 1
    "name = \"A Workshop\"\n"                    // 2
    "timezone = \"Europe/Zurich\"\n"             // 3
    "address = \"desk@example.org\"\n"           // 4
    "own_addresses = [\"list@example.org\"]\n"   // 5
    "receipts = \"words\"\n"                     // 6
    "[[track]]\n"                                // 7
    "id = \"papers\"\n"                          // 8
    "prefix = \"P\"\n"                           // 9
    "subjects = [\"Our Papers\"]\n"              // 10
    "needs = \"pdf\"\n"                          // 11
    "due = \"2017-11-03 16:59 PST\"\n"           // 12
    "final_due = \"2017-11-28\"\n"               // 13
    "[track.format]\n"                           // 14
    "paper = \"a4\"\n"                           // 15
    "pages = 2\n"                                // 16
    "style = \"nips2017\"\n"                     // 17
    "[[track]]\n"                                // 18
    "id = \"questions\"\n"                       // 19
    "prefix = \"Q\"\n"                           // 20
    "subjects = [\"Our Questions\", \"ASK\"]\n"  // 21
    "needs = \"text\"\n"                         // 22
    "panels = 2\n";                              // 23

// Rules with the smallest templates there can be.
RulesLoaded loaded(const std::string& toml, const std::string& from = "") {
  RulesLoaded rules{.path = file, .from = from, .toml = toml, .templates = {}};
  for (const ReceiptKind kind : all_receipt_kinds)
    rules.templates.emplace_back(receipt_kind_name(kind), "Subject: Hello\n\nText\n");
  std::ranges::sort(rules.templates);
  return rules;
}

std::string replaced(std::string text, const std::string& old, const std::string& fresh) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), fresh);
}

}  // namespace

TEST_CASE("the first workshop's rules") {
  const Rules rules = read_rules(load_rules(shipped, "DLSC 2017 desk <receipts@example.org>"));
  CHECK(rules.workshop == "Deep Learning At Supercomputer Scale");
  CHECK(rules.timezone == "America/Los_Angeles");
  CHECK(rules.address == "supercomputersfordl2017@gmail.com");
  CHECK(rules.from == "DLSC 2017 desk <receipts@example.org>");
  // Neither where authors write to nor where receipts come from is ever answered.
  for (const char* own : {"supercomputersfordl2017@gmail.com", "receipts@example.org"})
    CHECK(std::ranges::find(rules.own_addresses, own) != rules.own_addresses.end());
  CHECK(rules.templates.size() == std::size(all_receipt_kinds));

  REQUIRE(rules.tracks.size() == 2);
  const Track& papers = rules.tracks[0];
  CHECK(papers.id == "papers");
  CHECK(papers.prefix == "P");
  CHECK(papers.subjects == std::vector<std::string>{"NIPS Workshop Papers"});
  CHECK(papers.needs == Needs::pdf);
  CHECK(rfc3339(papers.due.value().last) == "2017-11-04T00:59:59Z");
  CHECK(rfc3339(papers.final_due.value().last) == "2017-11-29T11:59:59Z");
  CHECK(papers.paper == "letter");
  CHECK(papers.pages == 2);
  CHECK(papers.style == "nips2017");
  const Track& questions = rules.tracks[1];
  CHECK(questions.id == "questions");
  CHECK(questions.prefix == "Q");
  CHECK(questions.subjects == std::vector<std::string>{"NIPS Workshop Questions"});
  CHECK(questions.needs == Needs::text);
  CHECK_FALSE(questions.due);
  CHECK(questions.panels == 2);
}

TEST_CASE("every key is understood, and most need not be there") {
  const Rules rules = read_rules(loaded(whole));
  CHECK(rules.own_addresses == std::vector<std::string>{"list@example.org", "desk@example.org"});
  CHECK(rules.tracks.at(0).paper == "a4");
  CHECK(rules.tracks.at(1).subjects.size() == 2);

  const Rules short_ones =
      read_rules(loaded("[workshop]\nname = \"W\"\naddress = \"a@b.example\"\n"
                        "[[track]]\nid = \"t\"\nprefix = \"T\"\nsubjects = [\"T\"]\n"));
  CHECK(short_ones.timezone == "UTC");
  CHECK(short_ones.tracks.at(0).needs == Needs::text);
  CHECK_FALSE(short_ones.tracks.at(0).due);
  CHECK(short_ones.tracks.at(0).pages == 0);
  CHECK(short_ones.tracks.at(0).panels == 0);
}

TEST_CASE("each mistake: file, line, key, and what is right") {
  struct Case {
    const char* what;
    const char* old;
    const char* fresh;
    int line;
    const char* part;
  };
  const Case cases[] = {
      {"no TOML", "[workshop]", "[workshop", 1, "mend this line"},
      {"table misspelt", "[workshop]", "[wokshop]", 1,
       "unknown table \"wokshop\"; did you mean \"workshop\"?"},
      {"name missing", "name = \"A Workshop\"", "", 1, "[workshop] name is missing"},
      {"zone that is none", "Europe/Zurich", "Europe/Zurihc", 3, "Europe/Zurich"},
      {"an address with a name", "\"desk@example.org\"", "\"Desk <desk@example.org>\"", 4,
       "[workshop] address cannot be"},
      {"an address of ours that is none", "list@example.org", "list", 5,
       "[workshop] own_addresses cannot be"},
      {"unknown key", "own_addresses", "own_adresses", 5, "did you mean \"own_addresses\"?"},
      {"id of two words", "\"papers\"", "\"the papers\"", 8, "[track] id is one word"},
      {"prefix in small letters", "\"P\"", "\"p\"", 9, "[track] prefix is one to eight capital letters"},
      {"prefix too long", "\"P\"", "\"PPPPPPPPP\"", 9, "[track] prefix is"},
      {"prefix M", "\"P\"", "\"M\"", 9, "[track] prefix cannot be M: messages are called M-1"},
      {"subjects a text", "[\"Our Papers\"]", "\"Our Papers\"", 10, "[track] subjects wants a list"},
      {"subject misspelt", "subjects", "subject", 10, "did you mean \"subjects\"?"},
      {"no subject", "[\"Our Papers\"]", "[]", 10, "[track] subjects wants at least one phrase"},
      {"a phrase of blanks", "Our Papers", "   ", 10, "[track] subjects holds an empty phrase"},
      {"need", "\"pdf\"", "\"pfd\"", 11,
       "[track] needs is \"pdf\" or \"text\", not \"pfd\"; did you mean \"pdf\"?"},
      {"a day that is none", "2017-11-03 16:59 PST", "2017-11-31 16:59 PST", 12, "2017-11-31"},
      {"a time without a zone", "2017-11-03 16:59 PST", "2017-11-03 16:59", 12, "[track] due is wrong"},
      {"a deadline out of quotes", "\"2017-11-28\"", "2017-11-28", 13,
       "[track] final_due wants a text in quotes"},
      {"paper", "\"a4\"", "\"A4\"", 15, "[track.format] paper is \"letter\" or \"a4\", not \"A4\""},
      {"pages", "pages = 2", "pages = 0", 16, "[track.format] pages wants a whole number from 1"},
      {"format's key", "style", "stlye", 17,
       "unknown key \"stlye\" in [track.format]; did you mean \"style\"?"},
      {"two tracks of one id", "\"questions\"", "\"papers\"", 19,
       "[track] id says \"papers\", as an earlier track"},
      {"two tracks of one prefix", "\"Q\"", "\"P\"", 20,
       "[track] prefix says \"P\", as an earlier track"},
      {"two tracks of one phrase", "\"ASK\"", "\"OUR  papers\"", 21,
       "[track] subjects says \"our papers\", as an earlier track"},
      {"panels", "panels = 2", "panels = -1", 23, "[track] panels wants a whole number from 0"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.what);
    const Error error = failure_of([&] { read_rules(loaded(replaced(whole, one.old, one.fresh))); });
    check_sentence(error.text, std::string(file) + ":" + std::to_string(one.line) + ": ", one.part);
    CHECK(error.exit == Exit::configuration);
  }
}

TEST_CASE("a table that nobody knows") {
  const Error error = failure_of([] { read_rules(loaded(std::string(whole) + "[zebra]\nx = 1\n")); });
  check_sentence(error.text, std::string(file) + ":24: unknown table \"zebra\"",
                 "known here: workshop, track");
}

TEST_CASE("the same phrase twice in one track does no harm") {
  CHECK_NOTHROW(read_rules(loaded(replaced(whole, "\"ASK\"", "\"our questions\""))));
}

TEST_CASE("no track at all") {
  const Error error =
      failure_of([] { read_rules(loaded("[workshop]\nname = \"W\"\naddress = \"a@b.example\"\n")); });
  check_sentence(error.text, std::string(file) + ":", "[[track]]");
}

TEST_CASE("a mistake in a template names its file and line") {
  const auto said = [](const std::string& text) {
    RulesLoaded rules = loaded(whole);
    for (auto& [name, old] : rules.templates)
      if (name == "late") old = text;
    return failure_of([&] { read_rules(rules); });
  };
  struct Case {
    const char* text;
    const char* begin;
    const char* part;
  };
  const Case cases[] = {
      {"Hello\n", "/desk/words/late.txt:1: ", "Subject"},
      {"Subject: x\n\nHello {{lable}}\n", "/desk/words/late.txt:3: ", "label"},
      {"Subject: x\n\n{{#late}}\nHello\n", "/desk/words/late.txt:3: ", "late"},
      {"", "/desk/words/late.txt:1: ", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const Error error = said(one.text);
    check_sentence(error.text, one.begin, one.part);
    CHECK(error.exit == Exit::configuration);
  }
}

TEST_CASE("from the disk") {
  const TempDir folder;
  const std::string rules = folder / "rules.toml";
  write_file(rules, whole);
  const auto put_templates = [&](const std::string& into) {
    for (const ReceiptKind kind : all_receipt_kinds)
      write_file(folder / (into + "/" + std::string(receipt_kind_name(kind)) + ".txt"),
                 "Subject: x\n\ny\n");
  };
  const auto said = [&] { return failure_of([&] { load_rules(rules, ""); }); };

  SUBCASE("all there: word for word, the templates by name") {
    put_templates("words");
    const RulesLoaded found = load_rules(rules, "Desk <d@example.org>");
    CHECK(found.path == rules);
    CHECK(found.from == "Desk <d@example.org>");
    CHECK(found.toml == whole);
    CHECK(found.templates.size() == std::size(all_receipt_kinds));
    CHECK(std::ranges::is_sorted(found.templates));
  }
  SUBCASE("letters of the organizers' own are those that are named like one") {
    put_templates("words");
    write_file(folder / "words/letters/posters.txt", "Subject: p\n\nq\n");
    write_file(folder / "words/letters/posters.txt~", "left behind by an editor");
    write_file(folder / "words/letters/.#posters.txt", "and this");
    const RulesLoaded found = load_rules(rules, "");
    CHECK(found.templates.size() == std::size(all_receipt_kinds) + 1);
    CHECK(std::ranges::is_sorted(found.templates));
    CHECK(read_rules(found).templates.at("letters/posters") == "Subject: p\n\nq\n");
    write_file(folder / "words/letters/Accepted.txt", "Subject: p\n\nq\n");
    const Error error = said();
    CHECK(error.exit == Exit::configuration);
    CHECK(error.text.find("letters/Accepted.txt: a letter is named by small letters") !=
          std::string::npos);
  }
  SUBCASE("the folder of templates is not there") {
    const Error error = said();
    check_sentence(error.text, rules + ":6: [workshop] receipts", folder / "words");
    CHECK(error.exit == Exit::configuration);
  }
  SUBCASE("the key that names the folder is misspelt") {
    write_file(rules, replaced(whole, "receipts =", "recipts ="));
    check_sentence(said().text, rules + ":6: unknown key \"recipts\" in [workshop]", "\"receipts\"?");
  }
  SUBCASE("the folder's usual name") {
    write_file(rules, replaced(whole, "receipts = \"words\"\n", ""));
    put_templates("receipts");
    CHECK_NOTHROW(load_rules(rules, ""));
  }
  SUBCASE("a template is not there") {
    put_templates("words");
    std::filesystem::remove(folder / "words/late.txt");
    check_sentence(said().text, "cannot read " + (folder / "words/late.txt"), "No such file");
  }
  SUBCASE("a template as long as a book") {
    put_templates("words");
    write_file(folder / "words/late.txt", std::string(64 * 1024 + 1, 'x'));
    check_sentence(said().text, folder / "words/late.txt", "larger");
  }
  SUBCASE("the rules are not there") {
    std::filesystem::remove(rules);
    const Error error = said();
    check_sentence(error.text, "cannot read " + rules, "No such file");
    CHECK(error.exit == Exit::configuration);
  }
}

TEST_CASE("the address in a From field") {
  CHECK(from_address("Desk <d@example.org>") == "d@example.org");
  CHECK(from_address("d@example.org") == "d@example.org");
  const Error error = failure_of([] { from_address("nobody"); });
  CHECK(error.exit == Exit::configuration);
  check_sentence(error.text, "[smtp] from", "nobody");
}

}  // namespace papertray
