#include "report/samples.h"

namespace papertray::sample {
namespace {

std::string digest(char c) {
  return std::string(64, c);
}

VersionRow version(int number, std::string_view received, std::int64_t margin, bool counts) {
  return {.version = number,
          .message = number == 1 ? "M-3" : "M-9",
          .received = at(received),
          .on_time = margin >= 0,
          .margin_s = margin,
          .file_name = number == 1 ? "paper.pdf" : "paper final (2).pdf",
          .file = "P-007_v" + std::to_string(number) + ".pdf",
          .size = 123456,
          .sha256 = digest(number == 1 ? 'a' : 'b'),
          .text = number == 1 ? "Dear organizers,\nhere is our paper.\n\nBest, Ada" : "",
          .counts = counts};
}

}  // namespace

Time at(std::string_view rfc3339) {
  return parse_rfc3339(rfc3339).value();
}

Time now() {
  return at("2017-11-03T23:59:59Z");
}

Look look(int width) {
  return {.width = width, .colour = false, .now = now(), .zone = "America/Los_Angeles"};
}

Rules rules() {
  Rules rules;
  rules.workshop = "Deep Learning At Supercomputer Scale";
  rules.timezone = "America/Los_Angeles";
  rules.address = "supercomputersfordl2017@gmail.com";
  rules.tracks.push_back({.id = "papers",
                          .prefix = "P",
                          .subjects = {"NIPS Workshop Papers"},
                          .needs = Needs::pdf,
                          .due = parse_deadline("2017-11-03 16:59 PST", rules.timezone),
                          .final_due = parse_deadline("2017-11-28", rules.timezone),
                          .panels = 0,
                          .paper = "letter",
                          .pages = 2,
                          .style = "nips2017"});
  PaperStyle& style = rules.styles["papers"];
  style.id = "nips2017";
  style.name = "NIPS 2017";
  style.paper = "US Letter";
  style.width = 612;
  style.height = 792;
  style.pages = 2;
  rules.tracks.push_back({.id = "questions",
                          .prefix = "Q",
                          .subjects = {"NIPS Workshop Questions"},
                          .needs = Needs::text,
                          .due = {},
                          .final_due = {},
                          .panels = 2,
                          .paper = "",
                          .pages = 0,
                          .style = ""});
  return rules;
}

StatusView status() {
  StatusView view;
  view.workshop = rules().workshop;
  view.counts.total = 1059;
  view.counts.recorded = 1000;
  view.counts.triage = 9;
  view.counts.ignored = 48;
  view.counts.quarantined = 1;
  view.counts.vanished = 1;
  view.counts.spam = 31;
  view.counts.spam_triage = 2;
  view.counts.tracks = {{.track = "papers",
                         .submissions = 41,
                         .on_time = 38,
                         .late = 3,
                         .accepted = 0,
                         .rejected = 0,
                         .withdrawn = 1,
                         .final = 0,
                         .late_undecided = 3,
                         .with_findings = 6},
                        {.track = "questions", .submissions = 25, .on_time = 25}};
  view.counts.queued = 2;
  view.counts.sent = 70;
  view.counts.failed = 1;
  view.counts.suppressed = 4;
  view.deadlines = deadline_rows(rules());
  view.mailbox.last_contact = at("2017-11-03T23:57:59Z");
  view.mailbox.state = "ok";
  view.mailbox.next_try = at("2017-11-04T00:02:59Z");
  view.mailbox.lag = Seconds(1);
  return view;
}

std::vector<PaperRow> papers() {
  return {{.id = "P-7",
           .title = "Scaling Batch Norm to 4,096 Nodes: an Experience Report",
           .submitter = "ada@example.org",
           .submitter_name = "Ada Lovelace",
           .versions = 2,
           .counting = 1,
           .received = at("2017-11-03T23:58:59Z"),
           .on_time = true,
           .margin_s = 3660,
           .state = "submitted",
           .pages = 2,
           .findings = 0,
           .sha256 = digest('a'),
           .file = "P-007_v1.pdf"},
          {.id = "P-8",
           .title = "スーパーコンピュータにおける深層学習の分散最適化",
           .submitter = "hanako.yamada@eng.university.example.jp",
           .submitter_name = "山田花子",
           .versions = 1,
           .counting = 1,
           .received = at("2017-11-04T04:02:05Z"),
           .on_time = false,
           .margin_s = -10925 - 1,
           .state = "submitted",
           .pages = 3,
           .findings = 2,
           .sha256 = digest('c'),
           .file = "P-008_v1.pdf"},
          {.id = "P-12",
           .title = "",
           .submitter = "grace@example.net",
           .submitter_name = "",
           .versions = 1,
           .counting = 1,
           .received = at("2017-10-01T12:00:00Z"),
           .on_time = true,
           .margin_s = 2897999,
           .state = "accepted",
           .pages = {},
           .findings = 0,
           .sha256 = digest('d'),
           .file = "P-012_v1.pdf",
           .final_copy = FinalRow{.version = 2,
                                  .received = at("2017-11-20T10:00:00Z"),
                                  .on_time = true,
                                  .margin_s = 784799,
                                  .sha256 = digest('e'),
                                  .file = "P-012_v2.pdf"}}};
}

std::vector<QuestionRow> questions() {
  return {
      {.id = "Q-1",
       .asker = "alan@example.org",
       .asker_name = "Alan",
       .text = "How do you keep the learning rate stable when the batch grows with the number of nodes?",
       .received = at("2017-11-02T08:00:00Z"),
       .on_time = true,
       .panel = 1},
      {.id = "Q-2",
       .asker = "kim@example.kr",
       .asker_name = "",
       .text = "深層学習の電力は?\nAnd who pays for it?",
       .received = at("2017-12-01T08:00:00Z"),
       .on_time = false,
       .panel = {}}};
}

std::vector<MessageRow> messages() {
  return {{.id = "M-3",
           .message_id = "20171103.1@mail.example.org",
           .from = "ada@example.org",
           .subject = "NIPS Workshop Papers: Scaling Batch Norm to 4,096 Nodes",
           .received = at("2017-11-03T23:58:59Z"),
           .fate = Fate::recorded,
           .reason = "the subject names the track papers, and a PDF is attached",
           .track = "papers",
           .submission = "P-7",
           .sha256 = digest('1'),
           .notes = {"two Subject headers"}},
          {.id = "M-4",
           .message_id = "",
           .from = "visitor@example.com",
           .subject = "Where is the venue? 会場はどこですか",
           .received = at("2017-11-03T10:00:00Z"),
           .fate = Fate::triage,
           .reason = "the subject names no track",
           .track = "",
           .submission = "",
           .sha256 = digest('2'),
           .notes = {}},
          {.id = "M-5",
           .message_id = "x@lists.example.com",
           .from = "list@lists.example.com",
           .subject = "[hpc-announce] Call for everything",
           .received = at("2017-11-03T11:00:00Z"),
           .fate = Fate::ignored,
           .reason = "List-Id: mail of a list",
           .track = "",
           .submission = "",
           .sha256 = digest('3'),
           .notes = {}}};
}

std::vector<OutboxListRow> outbox() {
  return {{.id = 1,
           .kind = "received",
           .to = "ada@example.org",
           .subject = "[P-7] Paper received, version 1 - NIPS Workshop Papers",
           .state = OutboxState::sent,
           .attempts = 1,
           .reason = "250 2.0.0 OK",
           .submission = "P-7",
           .created = at("2017-11-03T23:59:01Z"),
           .next_try = {}},
          {.id = 2,
           .kind = "problem",
           .to = "bob@example.com",
           .subject = "We found no paper in your mail - NIPS Workshop Papers",
           .state = OutboxState::queued,
           .attempts = 2,
           .reason = "451 4.3.0 try again later",
           .submission = "",
           .created = at("2017-11-03T23:30:00Z"),
           .next_try = at("2017-11-04T00:14:59Z")}};
}

ShownLetter letter() {
  ShownLetter shown;
  shown.row = outbox()[1];
  shown.token = "pt-0123456789abcdef01234567";
  shown.message = "M-4";
  shown.message_id = "pt-0123456789abcdef01234567@example.org";
  shown.bytes = "Subject: x";
  shown.steps = {
      {.begun = at("2017-11-03T23:30:01Z"),
       .ended = at("2017-11-03T23:30:02Z"),
       .state = "queued",
       .reason = "refused for now (451): 451 4.3.0 try again later",
       .next_try = at("2017-11-03T23:35:02Z")},
      {.begun = at("2017-11-03T23:59:59Z"), .ended = {}, .state = "", .reason = "", .next_try = {}}};
  return shown;
}

OrderedView ordered() {
  OrderedView view;
  view.order = Order::retry;
  view.rows = {{.id = 17,
                .to = "bob@example.com",
                .kind = "problem",
                .was = OutboxState::failed,
                .now = OutboxState::queued,
                .reason = ""},
               {.id = 18,
                .to = "ada@example.org",
                .kind = "received",
                .was = OutboxState::sent,
                .now = {},
                .reason = judge_order(Order::retry, OutboxState::sent, true).reason}};
  view.sent = ReceiptCounts{.sent = 0, .waiting = 1, .failed = 0};
  view.paused = "login refused (535): 535 5.7.8 bad password";
  view.again = now() + Seconds(3600);
  return view;
}

ActedView acted() {
  return {
      .command = "accept P-7 P-9",
      .actor = "carla",
      .undone = false,
      .rows = {{{.kind = ActKind::accept, .id = "P-7", .into = "", .panel = 0, .note = "both reviewers"},
                true,
                ""},
               {{.kind = ActKind::accept, .id = "P-9", .into = "", .panel = 0, .note = ""},
                false,
                "P-9 is accepted already"}}};
}

ShownSubmission accepted() {
  ShownSubmission shown = submission();
  shown.state = "accepted";
  shown.versions.push_back(version(3, "2017-11-20T10:00:00Z", 784799, true));
  shown.versions.push_back(version(4, "2017-11-30T12:00:00Z", -86401, false));
  for (VersionRow* row : {&shown.versions[2], &shown.versions[3]}) {
    row->final_copy = true;
    row->counts = false;
  }
  shown.versions[2].final_counts = true;
  return shown;
}

PaperCheckRow check() {
  PaperCheckRow row;
  row.at = at("2017-11-03T23:59:01Z");
  row.style = "nips2017";
  row.style_version = "0123456789abcdef-2-US Letter";
  row.paper.opens = true;
  row.paper.verdict.pages = 3;
  row.paper.verdict.counted_pages = 2;
  row.paper.verdict.stopped_at = "References";
  row.paper.verdict.findings = {
      {.check = "page-size",
       .severity = Severity::error,
       .measured = "595 x 842 pt (A4)",
       .expected = "612 x 792 pt (US Letter)",
       .page = 1,
       .text =
           "The pages are A4 and should be US Letter; please set the paper size and export it again."},
      {.check = "active-content",
       .severity = Severity::warn,
       .measured = "JavaScript",
       .expected = "none",
       .page = 0,
       .text = "The file holds JavaScript, which a paper has no use for; open it with care.",
       .for_organizers = true}};
  row.paper.title = "Scaling Batch Norm to 4,096 Nodes: an Experience Report";
  row.paper.authors = "Ada Lovelace, Analytical Engines\nada@example.org";
  row.paper.width = 595.28;
  row.paper.height = 841.89;
  return row;
}

ShownSubmission submission() {
  ShownSubmission shown;
  shown.id = "P-7";
  shown.track = "papers";
  shown.title = papers()[0].title;
  shown.authors = "Ada Lovelace, Charles Babbage";
  shown.submitter = "ada@example.org";
  shown.submitter_name = "Ada Lovelace";
  shown.state = "submitted";
  shown.versions = {version(1, "2017-11-03T23:58:59Z", 3660, true),
                    version(2, "2017-11-04T01:00:00Z", -1, false)};
  shown.versions[0].check = check();
  shown.messages = {messages()[0]};
  shown.outbox = {outbox()[0]};
  shown.history = {{.at = at("2017-11-03T23:59:01Z"), .what = "M-3 became version 1"},
                   {.at = at("2017-11-04T01:00:02Z"), .what = "M-9 became version 2, late by 1 second"}};
  return shown;
}

ShownSubmission question() {
  ShownSubmission shown;
  shown.id = "Q-3";
  shown.track = "questions";
  shown.submitter = "alan@example.org";
  shown.state = "submitted";
  shown.versions = {{.version = 1,
                     .message = "M-11",
                     .received = at("2017-11-02T08:00:00Z"),
                     .file_name = "",
                     .file = "",
                     .size = 22,
                     .sha256 = std::string(64, 'c'),
                     .text = "1. Where?\n2. And when?",
                     .full_text = "1. Where?\n2. And when?\n\n> old\n",
                     .counts = true}};
  return shown;
}

ShownMessage message() {
  ShownMessage shown;
  shown.row = messages()[0];
  shown.from_name = "Ada Lovelace";
  shown.places = {{.account = "imap.gmail.com supercomputersfordl2017@gmail.com",
                   .folder = "INBOX",
                   .name = "",
                   .uidvalidity = 1,
                   .uid = 4711,
                   .marked = true}};
  shown.internaldate = at("2017-11-03T23:58:59Z");
  shown.received_header = at("2017-11-03T23:58:58Z");
  shown.date = at("2017-11-03T20:00:00Z");
  shown.fetched = at("2017-11-03T23:59:01Z");
  shown.clock = clock_name(ClockUsed::internaldate);
  shown.size = 170123;
  shown.log_segment = 1;
  shown.log_offset = 10240;
  shown.outbox = {outbox()[0]};
  shown.history = {{.at = at("2017-11-05T09:00:00Z"), .what = "dismissed by carla: answered by hand"}};
  return shown;
}

ExplainView explanation() {
  ExplainView view;
  view.what = "M-3";
  view.message_id = "20171103.1@mail.example.org";
  view.from = "ada@example.org";
  view.from_name = "Ada Lovelace";
  view.subject = messages()[0].subject;
  view.size = 170123;
  view.sha256 = digest('1');
  view.clocks = clocks_of(message());
  view.received = {.at = at("2017-11-03T23:58:59Z"), .clock = ClockUsed::internaldate, .note = ""};
  view.notes = {"two Subject headers"};
  view.decision.fate = Fate::recorded;
  view.decision.track = "papers";
  view.decision.reason = messages()[0].reason;
  view.decision.trace = {
      "no sign of automatic mail", "\"NIPS Workshop Papers\" stands in the subject: track papers",
      "part 2 (application/octet-stream, \"paper.pdf\") begins with %PDF-: it is the paper"};
  view.may_reply = {.yes = true, .to = "ada@example.org", .reason = ""};
  view.submission = "P-7";
  view.version = 1;
  view.match_reason = "the sender has no other submission of that title";
  view.recorded_fate = Fate::recorded;
  view.recorded_reason = view.decision.reason;
  return view;
}

PaperView checked_paper() {
  PaperView paper;
  paper.file = "paper.pdf";
  paper.sha256 = "c1f8a0b4d1e3b0f4a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718";
  paper.style = "NIPS 2017";
  paper.style_id = "nips2017";
  paper.title = "A Paper That Says Nothing";
  paper.width = 612;
  paper.height = 792;
  paper.verdict.pages = 4;
  paper.verdict.counted_pages = 3;
  paper.verdict.stopped_at = "References";
  paper.verdict.findings = {
      {"page-limit", Severity::error, "3 pages", "at most 2 pages", 3,
       "The paper has 3 pages, counted up to \"References\" on page 4; the limit is 2 pages before the "
       "references, "
       "please shorten it.",
       false},
      {"family", Severity::warn, "CMR10", "Times", 0,
       "The text is set in CMR10; the NIPS 2017 style has Times, please use that.", false},
      {"margin", Severity::note, "7.25 pt beyond the margin", "within the margins", 2,
       "A line on page 2 sticks out 7.25 pt into the margin; please break it.", false}};
  return paper;
}

}  // namespace papertray::sample
