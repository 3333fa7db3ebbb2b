#include "core/route.h"

#include <functional>

#include <doctest/doctest.h>

#include "sample_rules.h"

using namespace papertray;
using namespace papertray::test;

namespace {

struct Row {
  std::string subject;
  std::function<void(Message&)> change;
  Fate fate;
  std::string track;
  Answer answer;
  Problem problem;
  std::string reason;  // some of its words
};

void check(const Row& row) {
  Message message = mail(row.subject);
  if (row.change) row.change(message);
  const Decision decision = route(message, workshop_rules());
  CAPTURE(row.subject);
  CAPTURE(decision.reason);
  CHECK(fate_name(decision.fate) == fate_name(row.fate));
  CHECK(decision.track == row.track);
  CHECK(decision.answer == row.answer);
  CHECK(decision.problem == row.problem);
  CHECK(decision.reason.find(row.reason) != std::string::npos);
  CHECK(decision.trace.size() >= 4);
  CHECK((decision.paper >= 0) == (decision.answer == Answer::received));
  if (decision.paper >= 0) CHECK(message.parts.at(static_cast<std::size_t>(decision.paper)).pdf);
  for (const std::string& line : decision.trace)
    CHECK(line.find('\n') == std::string::npos);
}

// Only its header is here.
Decision too_large(const Message& message) {
  return route(message, workshop_rules(), Oversize{.whole = 187'904'832, .largest = 100'663'296});
}

std::function<void(Message&)> brings(const Part& part) {
  return [part](Message& m) { m.parts.push_back(part); };
}

std::function<void(Message&)> headed(const std::string& name, const std::string& value) {
  return [=](Message& m) { m.headers.push_back({name, value}); };
}

std::function<void(Message&)> both(const std::function<void(Message&)>& a,
                                   const std::function<void(Message&)>& b) {
  return [=](Message& m) {
    a(m);
    b(m);
  };
}

std::function<void(Message&)> says(const std::string& text) {
  return [text](Message& m) { m.text = text; };
}

const std::function<void(Message&)> a_pdf = brings(pdf("paper.pdf"));
void no_text(Message& m) {
  m.text = " \n\u200b\n";
}
void a_reply(Message& m) {
  m.in_reply_to = {"0@gmail.example"};
}

constexpr auto recorded = Fate::recorded, triage = Fate::triage, ignored = Fate::ignored;
constexpr auto none = Answer::none, received = Answer::received, question = Answer::question,
               problem = Answer::problem;
constexpr auto fine = Problem::none;

}  // namespace

TEST_CASE("papers") {
  const Row rows[] = {
      {"NIPS Workshop Papers", a_pdf, recorded, "papers", received, fine, "with a PDF"},
      {"Re: AW: Fwd: [EXT] nips  workshop\tPAPERS - My Title", a_pdf, recorded, "papers", received, fine,
       "PDF"},
      {"NIPS Workshop Papers", both(a_pdf, no_text), recorded, "papers", received, fine, "with a PDF"},
      {"NIPS Workshop Paper", a_pdf, recorded, "papers", received, fine, "near"},
      {"NeurIPS Workshop Papers", a_pdf, recorded, "papers", received, fine, "near"},
      {"NIPS Workshop Paper", nullptr, triage, "", none, fine,
       "is near `NIPS Workshop Papers`, but no PDF"},
      {"NIPS Workshop Papers", nullptr, triage, "papers", problem, Problem::no_pdf, "no PDF came"},
      {"NIPS Workshop Papers", no_text, triage, "papers", problem, Problem::no_pdf, "no PDF came"},
      {"Re: NIPS Workshop Papers", nullptr, triage, "papers", problem, Problem::no_pdf, "no PDF came"},
      {"Re: NIPS Workshop Papers", a_reply, triage, "papers", none, fine, "a person writing to us"},
      {"Re: NIPS Workshop Papers", both(a_reply, a_pdf), recorded, "papers", received, fine,
       "with a PDF"},
      {"Re: NIPS Workshop Papers", both(a_reply, brings(attachment("image/png", "plot.png"))), triage,
       "papers", problem, Problem::no_pdf, "no PDF came"},
      {"Re: NIPS Workshop Papers",
       both(a_reply,
            [](Message& m) {
              m.parts.push_back(attachment("application/pgp-signature", "signature.asc"));
            }),
       triage, "papers", none, fine, "a person writing to us"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("papers that are no PDF") {
  const auto link = [](const std::string& url) {
    return [url](Message& m) { m.links = {"https://x.example/", url}; };
  };
  const auto sealed = [](Sealed how) { return [how](Message& m) { m.sealed = how; }; };
  const auto row = [](const std::function<void(Message&)>& change, Problem what,
                      const std::string& reason) {
    return Row{"NIPS Workshop Papers", change, triage, "papers", problem, what, reason};
  };
  const Row rows[] = {
      row(link("https://drive.google.com/file/d/1"), Problem::link_only, "drive.google.com"),
      row(link("https://www.dropbox.com/s/1?dl=0"), Problem::link_only, "only a link"),
      row(link("HTTPS://1DRV.MS/b/s!x"), Problem::link_only, "only a link"),
      row(link("https://lab-my.sharepoint.com/:b:/x"), Problem::link_only, "only a link"),
      row(link("https://www.icloud.com/iclouddrive/x"), Problem::link_only, "only a link"),
      row(link("https://www.overleaf.com/read/x"), Problem::link_only, "only a link"),
      row(both(a_reply, link("https://drive.google.com/x")), Problem::link_only, "only a link"),
      row(link("https://notdropbox.com/s/1"), Problem::no_pdf, "no PDF"),
      row(link("https://evil.example/drive.google.com"), Problem::no_pdf, "no PDF"),
      row(link("https://drive.google.com@evil.example/"), Problem::no_pdf, "no PDF"),
      row(brings(attachment("application/x-tex", "paper.tex")), Problem::other_format,
          "`paper.tex` is no PDF"),
      row(brings(attachment("application/octet-stream", "Paper.DOCX")), Problem::other_format,
          "Paper.DOCX"),
      row(brings(attachment("application/msword", "")), Problem::other_format, "application/msword"),
      row(brings(attachment("application/postscript", "a.ps")), Problem::other_format, "a.ps"),
      row(brings(attachment("application/zip", "a.zip")), Problem::other_format, "a.zip"),
      row(brings(attachment("application/pdf", "broken.pdf")), Problem::other_format,
          "`broken.pdf` is no PDF"),
      row(brings(attachment("text/html", "renamed.pdf")), Problem::other_format, "renamed.pdf"),
      row(sealed(Sealed::smime), Problem::sealed, "S/MIME"),
      row(sealed(Sealed::pgp), Problem::sealed, "PGP"),
      row(both(a_reply, sealed(Sealed::pgp)), Problem::sealed, "PGP"),
  };
  for (const Row& r : rows)
    check(r);
}

TEST_CASE("questions and everything else") {
  const Row rows[] = {
      {"NIPS Workshop Questions", nullptr, recorded, "questions", question, fine, "with a text"},
      {"NIPS Workshop Question", nullptr, recorded, "questions", question, fine, "near"},
      {"NIPS Workshop Questions", no_text, triage, "questions", problem, Problem::empty_text, "no text"},
      {"NIPS Workshop Questions", says("> Where?\n\n-- \nAda\n"), triage, "questions", problem,
       Problem::empty_text, "says nothing"},
      {"Re: NIPS Workshop Questions",
       says("On 5 May 2018, the desk <desk@example.org> wrote:\n> We got it.\n"), triage, "questions",
       problem, Problem::empty_text, "says nothing"},
      {"NIPS Workshop Questions", says("Sent from my iPhone\n"), triage, "questions", problem,
       Problem::empty_text, "says nothing"},
      {"NIPS Workshop Questions", says("Where?\n\n> Here.\n"), recorded, "questions", question, fine,
       "with a text"},
      {"NIPS Workshop Papers", both(a_pdf, says("> Where?\n")), recorded, "papers", received, fine,
       "with a PDF"},
      {"NIPS Workshop Questions", both(no_text, a_pdf), triage, "questions", problem,
       Problem::empty_text, "a PDF"},
      {"NIPS Workshop Questions",
       [](Message& m) {
         m.text.clear();
         m.sealed = Sealed::pgp;
       },
       triage, "questions", problem, Problem::sealed, "encrypted"},
      {"NIPS Workshop Question", no_text, triage, "", none, fine,
       "is near `NIPS Workshop Questions`, but no text"},
      {"NIPS Workshop Papers, NIPS Workshop Questions", a_pdf, recorded, "papers", received, fine,
       "with a PDF"},
      {"NIPS Workshop Papers, NIPS Workshop Questions", nullptr, recorded, "questions", question, fine,
       "text"},
      {"NIPS Workshop Papers, NIPS Workshop Questions", no_text, triage, "", none, fine,
       "papers and questions"},
      {"Visa letter", nullptr, triage, "", none, fine, "matches no track"},
      {"Visa letter", a_pdf, triage, "", none, fine, "brings a PDF"},
      {"NIPS Workshop Registration", nullptr, triage, "", none, fine, "matches no track"},
      {"", nullptr, triage, "", none, fine, "matches no track"},
  };
  for (const Row& row : rows)
    check(row);
}

TEST_CASE("automatic mail is ignored, but no paper is") {
  const auto path = [](const std::string& p) { return [p](Message& m) { m.return_path = p; }; };
  const auto from = [](const std::string& a) { return [a](Message& m) { m.from = {{"", a}}; }; };
  const auto type = [](const std::string& t) { return [t](Message& m) { m.type = t; }; };
  const auto vacation = headed("auto-submitted", "Auto-Replied (vacation)");
  const auto list = headed("LIST-ID", "<x.example>");
  const std::string papers = "NIPS Workshop Papers", questions = "NIPS Workshop Questions";
  const Row rows[] = {
      {"Undelivered Mail", type("multipart/report"), ignored, "", none, fine, "multipart/report"},
      {papers, both(a_pdf, type("multipart/report")), ignored, "", none, fine, "multipart/report"},
      {papers, path(""), ignored, "", none, fine, "null return path"},
      {papers, both(a_pdf, path("")), triage, "", none, fine, "but it brings a PDF"},
      {papers, headed("Return-Path", "< >"), triage, "papers", problem, Problem::no_pdf, "no PDF"},
      {papers, headed("Return-Path", " <> (null)"), ignored, "", none, fine, "null return path"},
      {papers, vacation, ignored, "", none, fine, "Auto-Submitted: Auto-Replied"},
      {"Re: NIPS Workshop Papers", both(vacation, a_pdf), recorded, "papers", received, fine,
       "with a PDF"},
      {"NIPS Workshop Paper", both(vacation, a_pdf), recorded, "papers", received, fine, "near"},
      {questions, vacation, ignored, "", none, fine, "automatic"},
      {questions, both(vacation, a_pdf), ignored, "", none, fine, "automatic"},
      {questions, headed("Auto-Submitted", "no"), recorded, "questions", question, fine, "text"},
      {questions, headed("Auto-Submitted", "(really) No; x=y"), recorded, "questions", question, fine,
       "text"},
      {questions, both(headed("Auto-Submitted", "no"), headed("AUTO-SUBMITTED", "auto-notified")),
       ignored, "", none, fine, "auto-notified"},
      {"x", headed("X-Autoreply", "yes"), ignored, "", none, fine, "X-Autoreply"},
      {"x", headed("x-autorespond", "1"), ignored, "", none, fine, "X-Autorespond"},
      {"x", headed("X-Mail-Autoreply", "1"), ignored, "", none, fine, "X-Mail-Autoreply"},
      {"x", headed("X-Failed-Recipients", "a@x.example"), ignored, "", none, fine,
       "X-Failed-Recipients"},
      {"x", headed("Precedence", "auto_reply"), ignored, "", none, fine, "auto_reply"},
      {"x", from("MAILER-DAEMON@x.example"), ignored, "", none, fine, "mailer-daemon"},
      {"x", from("Postmaster@x.example"), ignored, "", none, fine, "postmaster"},
      {papers, both(from("postmaster@x.example"), a_pdf), recorded, "papers", received, fine, "PDF"},
      {"Automatic reply: NIPS Workshop Papers", nullptr, ignored, "", none, fine, "by its subject"},
      {"Re: Automatic reply: x", nullptr, triage, "", none, fine, "matches no track"},
      {"x", type("text/calendar"), ignored, "", none, fine, "calendar"},
      {"x",
       [](Message& m) {
         m.parts.push_back(attachment("text/calendar", ""));
         m.parts.back().disposition = "";
       },
       ignored, "", none, fine, "calendar"},
      {questions, brings(attachment("text/calendar", "date.ics")), recorded, "questions", question, fine,
       "text"},
      {"x", list, ignored, "", none, fine, "not for a track"},
      {"x", headed("Precedence", "Bulk"), ignored, "", none, fine, "Precedence: Bulk"},
      {"x", headed("List-Unsubscribe", "<mailto:x>"), ignored, "", none, fine, "List-Unsubscribe"},
      {papers, both(list, a_pdf), recorded, "papers", received, fine, "PDF"},
      {questions, list, recorded, "questions", question, fine, "text"},
      {"x", headed("Precedence", "first-class"), triage, "", none, fine, "matches no track"},
      {"x", headed("X-Auto-Response-Suppress", "All"), triage, "", none, fine, "matches no track"},
      {"x", from("noreply@x.example"), triage, "", none, fine, "matches no track"},
  };
  for (const Row& row : rows)
    check(row);

  Message message = mail(papers);
  CHECK(automatic_mail(message) == "");
  vacation(message);
  CHECK(automatic_mail(message) != "");
  a_pdf(message);
  const Decision decision = route(message, workshop_rules());
  REQUIRE(decision.notes.size() == 1);
  CHECK(decision.notes.front().find("Auto-Submitted") != std::string::npos);
}

TEST_CASE("the paper among several PDFs") {
  struct Row {
    std::vector<Part> parts;
    int paper;
  };
  const Row rows[] = {
      {{}, -1},
      {{attachment("application/pdf", "no.pdf")}, -1},
      {{pdf("a.pdf", 10)}, 0},
      {{attachment("text/plain", ""), pdf("a.pdf", 10), pdf("b.pdf", 20)}, 2},
      {{pdf("a.pdf", 20), pdf("b.pdf", 20)}, 0},
      {{pdf("Supplementary.pdf", 900), pdf("paper.pdf", 20)}, 1},
      {{pdf("paper.pdf", 20), pdf("my_APPENDIX.pdf", 900)}, 0},
      {{pdf("supp.pdf", 20), pdf("appendix.pdf", 30)}, 1},
      {{pdf("", 20), pdf("supplement.pdf", 30)}, 0},
  };
  for (const Row& row : rows) {
    Message message = mail("NIPS Workshop Papers");
    message.parts = row.parts;
    CHECK(choose_paper(message) == row.paper);
  }
}

TEST_CASE("what a person should look at though the fate is clear") {
  Message message = mail("NIPS Workshop Papers");
  message.parts = {pdf("a.pdf", 10), pdf("b\x1b[2J.pdf", 20)};
  message.parts[1].in_attached_message = true;
  message.from.push_back({"", "bob@lab.example"});
  Decision decision = route(message, workshop_rules());
  REQUIRE(decision.notes.size() == 3);
  CHECK(decision.notes[0] == "2 PDFs came: `b\\x1b[2J.pdf` is taken as the paper, the others are kept");
  CHECK(decision.notes[1].find("attached message") != std::string::npos);
  CHECK(decision.notes[2].find("2 From addresses") != std::string::npos);

  message = mail("NIPS Workshop Questions");
  message.parts = {pdf("a.pdf")};
  decision = route(message, workshop_rules());
  CHECK(decision.notes ==
        std::vector<std::string>{
            "brings a PDF under the questions' subject: a paper sent to the wrong subject?"});
}

TEST_CASE("what answers a receipt of ours gets no receipt") {
  const std::string ours = "pt-0123456789abcdef01234567@desk.example";
  struct Row {
    const char* subject;
    const char* text;
    std::string in_reply_to;  // "" for none
    Fate fate;
    Answer answer;
  };
  const Row rows[] = {
      {"NIPS Workshop Questions", "Why?", "", Fate::recorded, Answer::question},
      {"Re: NIPS Workshop Questions", "Why?", "others@lab.example", Fate::recorded, Answer::question},
      {"Re: [Q-3] Question received - NIPS Workshop Questions", "Thanks!", ours, Fate::triage,
       Answer::none},
      {"Re: [Q-3] Question received - NIPS Workshop Questions", "I am away.", "", Fate::triage,
       Answer::none},
      {"NIPS Workshop Questions", "And another: why?", ours, Fate::triage, Answer::none},
      {"Re: [Q-3] Question received - NIPS Workshop Questions", "", ours, Fate::triage, Answer::none},
      {"NIPS Workshop Questions", "", "", Fate::triage, Answer::problem},
      {"Re: [P-7] Paper received - NIPS Workshop Papers", "Thanks!", ours, Fate::triage, Answer::none},
      {"[P-7] NIPS Workshop Papers", "I am away.", "", Fate::triage, Answer::none},
      {"NIPS Workshop Papers", "It is attached.", "", Fate::triage, Answer::problem},
  };
  for (const Row& row : rows) {
    CAPTURE(row.subject);
    CAPTURE(row.text);
    Message message = mail(row.subject, row.text);
    if (!row.in_reply_to.empty()) message.in_reply_to = {row.in_reply_to};
    const Decision decision = route(message, workshop_rules());
    CHECK(decision.fate == row.fate);
    CHECK(decision.answer == row.answer);
  }
  // A paper is one wherever it comes from.
  Message version = mail("Re: [P-7] Paper received - NIPS Workshop Papers");
  version.in_reply_to = {ours};
  version.parts.push_back(pdf("paper.pdf"));
  CHECK(route(version, workshop_rules()).fate == Fate::recorded);
}

TEST_CASE("the trace tells each step, and no control character") {
  Message message = mail("Re: NIPS \x1b]0;x\x07 Workshop Paper");
  message.parts = {pdf("x.pdf")};
  const Decision decision = route(message, workshop_rules());
  std::string trace;
  for (const std::string& line : decision.trace) {
    CHECK(line.find('\x1b') == std::string::npos);
    trace += line + "\n";
  }
  CHECK(trace.find("no sign of automatic mail") != std::string::npos);
  CHECK(trace.find("1 PDF and a text") != std::string::npos);
  CHECK(trace.rfind(fate_name(decision.fate)) != std::string::npos);
}

TEST_CASE("rules without tracks, and fates by name") {
  CHECK(route(mail("NIPS Workshop Papers"), Rules{}).fate == Fate::triage);
  for (const Fate fate :
       {Fate::recorded, Fate::triage, Fate::ignored, Fate::quarantined, Fate::vanished}) {
    CHECK(fate_from_name(fate_name(fate)) == fate);
  }
  CHECK(fate_from_name("lost") == std::nullopt);
}

TEST_CASE("hostile sizes") {
  Message message = mail(std::string(1'000'000, '['), std::string(1'000'000, ' '));
  message.headers.assign(10'000, {"X-Header", std::string(100, '(')});
  message.headers.push_back({"Auto-Submitted", std::string(1'000'000, '(')});
  CHECK(route(message, workshop_rules()).fate == Fate::ignored);
}

TEST_CASE("a mail too large to be read goes by its subject, and its sender is told") {
  const std::string why = "the mail has 187904832 bytes, more than the 100663296 that are taken in";
  for (const auto& [subject, track] :
       {std::pair{"NIPS Workshop Papers", "papers"}, std::pair{"Re: nips workshop paper", "papers"},
        std::pair{"NIPS Workshop Questions", "questions"}}) {
    CAPTURE(subject);
    const Decision decision = too_large(mail(subject));
    CHECK(decision.fate == Fate::triage);
    CHECK(decision.track == track);
    CHECK(decision.answer == Answer::problem);
    CHECK(decision.problem == Problem::too_large);
    CHECK(decision.reason.ends_with(", but " + why));
  }
  const Decision nobodys = too_large(mail("Holiday pictures"));
  CHECK(nobodys.fate == Fate::triage);
  CHECK(nobodys.answer == Answer::none);
  CHECK(nobodys.reason == "the subject matches no track, and " + why);
  Message machine = mail("NIPS Workshop Papers");
  machine.headers.push_back({"Auto-Submitted", "auto-replied"});
  CHECK(too_large(machine).fate == Fate::ignored);
}

TEST_CASE("a PDF without an end is no paper, and a whole one beside it is") {
  Part cut = pdf("half.pdf");
  cut.kind = FileKind::damaged_pdf;
  Message message = mail("NIPS Workshop Papers");
  message.parts.push_back(cut);
  Decision decision = route(message, workshop_rules());
  CHECK(decision.fate == Fate::triage);
  CHECK(decision.answer == Answer::problem);
  CHECK(decision.problem == Problem::damaged);
  CHECK(decision.problem_file == "half.pdf");
  CHECK(decision.reason.find("`half.pdf` is damaged: its end is missing") != std::string::npos);
  message.parts.push_back(pdf("whole.pdf"));
  decision = route(message, workshop_rules());
  CHECK(decision.fate == Fate::recorded);
  CHECK(decision.paper == 1);
}

TEST_CASE("what calls itself a PDF and is none is named") {
  struct Named {
    const char* name;
    FileKind by_content, named;
  };
  for (const Named& row : {Named{"paper.pdf", FileKind::postscript, FileKind::postscript},
                           Named{"paper.pdf", FileKind::html, FileKind::html},
                           Named{"paper.docx", FileKind::archive, FileKind::office},
                           Named{"paper.zip", FileKind::archive, FileKind::archive},
                           Named{"paper.doc", FileKind::office, FileKind::office},
                           Named{"paper.tex", FileKind::unknown, FileKind::latex},
                           Named{"paper.pdf", FileKind::unknown, FileKind::unknown}}) {
    Part part = pdf(row.name);
    part.pdf = false;
    part.kind = row.by_content;
    Message message = mail("NIPS Workshop Papers");
    message.parts.push_back(part);
    const Decision decision = route(message, workshop_rules());
    CAPTURE(row.name);
    CHECK(decision.problem == Problem::other_format);
    CHECK(decision.problem_kind == row.named);
    CHECK(decision.problem_file == row.name);
  }
}
