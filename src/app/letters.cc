#include "app/letters.h"

#include <algorithm>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "app/letter_facts.h"
#include "app/rules_file.h"
#include "core/ascii.h"
#include "core/error.h"
#include "core/printable.h"
#include "core/receipt_token.h"
#include "report/receipt_text.h"

namespace papertray {
namespace {

// Mails opened at once while recipients are looked for.
constexpr std::size_t mails_at_once = 100;

[[noreturn]] void refuse(const std::string& text) {
  throw Failure({Scope::program, Again::person, Exit::configuration, text});
}

// Letters are written by the rules that the log has in force; what the organizer has just edited must
// not be passed over silently.
void check_rules_in_force(Acting& acting) {
  const Config& config = acting.config();
  if (!config.smtp) refuse(config.file + ": there is no [smtp], so nobody can be written to; add it");
  if (config.receipts == Receipts::off)
    refuse(config.file +
           ": [receipts] mode = \"off\", so nobody is written to; \"hold\" or \"send\" changes that");
  const RulesLoaded now = load_rules(config);
  const std::optional<RulesLoaded> in_force = acting.workspace().store().rules();
  if (in_force && in_force->toml == now.toml && in_force->templates == now.templates &&
      in_force->from == now.from)
    return;
  refuse(config.rules +
         ": the rules or their templates have changed since they were loaded; papertray run --once puts "
         "them in force (a daemon does on SIGHUP), then notify again");
}

// As with a receipt for that mail, without regard to how many there have been: a person says so.
void look_up_recipients(Acting& acting, const Globals& globals, const std::vector<NoticeRow>& rows,
                        KnownRecipients& known) {
  std::vector<const NoticeRow*> unknown;
  for (const NoticeRow& row : rows)
    if (!known.contains(row.message)) unknown.push_back(&row);
  if (unknown.empty()) return;
  const Rules& rules = acting.rules();
  WorkerInspector inspector(inspector_options(globals));
  for (std::size_t at = 0; at < unknown.size(); at += mails_at_once) {
    const std::size_t end = std::min(unknown.size(), at + mails_at_once);
    std::vector<std::shared_ptr<const MailBytes>> mails;
    for (std::size_t i = at; i < end; ++i)
      mails.push_back(acting.workspace().log().open({.segment = unknown[i]->log_segment,
                                                     .offset = unknown[i]->log_offset,
                                                     .size = unknown[i]->size}));
    inspector.inspect(mails, [&](std::size_t i, const Inspected& inspected) {
      const Message& message = inspected.message;
      known[unknown[at + i]->message] =
          inspected.quarantine.empty()
              ? may_reply(message, rules.own_addresses, authenticate(message, rules.authserv))
              : MayReply{false, "", "its mail cannot be read: " + inspected.quarantine};
    });
  }
}

bool waits(OutboxState state) {
  return state == OutboxState::queued || state == OutboxState::held || state == OutboxState::paused;
}

NoticeStanding standing_of(const NoticeRow& row, const MayReply& reply) {
  NoticeStanding standing;
  standing.id = row.id;
  standing.state = *state_from_name(row.state);
  standing.final_copy = row.final_copy;
  standing.told = row.told;
  standing.told_row = row.told_row;
  standing.told_waits = waits(row.told_state);
  standing.told_failed = row.told_state == OutboxState::failed;
  standing.reminded = row.reminded;
  standing.letter_row = row.letter_row;
  standing.letter_waits = waits(row.letter_state);
  standing.letter_failed = row.letter_state == OutboxState::failed;
  standing.to = reply.yes ? reply.to : "";
  standing.refusal = reply.reason;
  return standing;
}

void add_sample(Acting& acting, const ReceiptTemplates& templates, const LettersOrdered::Letter& letter,
                NoticesView& view) {
  if (std::ranges::find(view.samples, letter.kind, &RenderedView::name) != view.samples.end()) return;
  const ReceiptKind kind = receipt_kind_from_name(letter.kind).value();
  const ShownSubmission shown = acting.reader().submission(letter.id).value();
  const Track* track = acting.rules().track(shown.track);
  if (!track || !acting.rules().templates.contains(letter.kind))
    refuse(fmt::format("{}: there is no {}", acting.config().rules,
                       track ? "template " + letter.kind + ".txt" : "track " + shown.track));
  ReceiptFacts facts = letter_facts(shown, kind, *track);
  facts.note = letter.note;
  if (kind == ReceiptKind::letter) facts.letter = letter.kind;
  complete_facts(facts, kind, *track);
  view.samples.push_back(
      {letter.kind, templates.render(letter.kind, receipt_view(facts, acting.rules(), *track))});
  view.sample_to.push_back(letter.to);
}

std::optional<Notice> judge(const LetterWish& wish, const NoticeStanding& standing) {
  return wish.what == NoticeWhat::letter ? judge_letter(wish.letter, wish.to, standing, wish.again)
                                         : judge_notice(wish.what, standing, wish.again);
}

// Every one of them has to be there: a slip of the finger is no letter less.
void keep_those_named(const std::vector<std::string>& ids, std::vector<NoticeRow>& rows) {
  const auto is_named = [](const std::string& id) {
    return [&id](const NoticeRow& row) { return ascii::same(row.id, id); };
  };
  for (const std::string& id : ids)
    if (std::ranges::none_of(rows, is_named(id)))
      throw Failure({Scope::program, Again::person, Exit::not_there,
                     "there is no paper " + one_line(id) +
                         " that stands for itself; papertray list papers shows them"});
  std::erase_if(rows, [&](const NoticeRow& row) {
    return std::ranges::none_of(ids, [&](const std::string& id) { return ascii::same(row.id, id); });
  });
}

}  // namespace

LetterPlan plan_letters(Acting& acting, const Globals& globals, const LetterWish& wish,
                        KnownRecipients& known) {
  check_rules_in_force(acting);
  std::vector<NoticeRow> rows = acting.reader().notices(wish.letter);
  if (!wish.ids.empty()) keep_those_named(wish.ids, rows);
  // Whom it does not concern need not be looked up.
  std::erase_if(rows, [&](const NoticeRow& row) {
    return !judge(wish, standing_of(row, {true, "anybody", ""}));
  });
  look_up_recipients(acting, globals, rows, known);

  LetterPlan plan;
  plan.view.held = acting.config().receipts == Receipts::hold;
  const ReceiptTemplates templates = ReceiptTemplates::parse(acting.rules().templates);
  for (const NoticeRow& row : rows) {
    const NoticeStanding standing = standing_of(row, known.at(row.message));
    const Notice notice = judge(wish, standing).value();
    plan.view.rows.push_back({.id = row.id,
                              .title = row.title,
                              .kind = notice.kind,
                              .to = standing.to,
                              .step = std::string(notice_step_name(notice.step)),
                              .text = notice.text});
    if (notice.step != NoticeStep::write) continue;
    plan.letters.push_back({.kind = notice.kind,
                            .id = row.id,
                            .to = standing.to,
                            .token = "",
                            .note = wish.with_notes ? row.decision_note : ""});
    add_sample(acting, templates, plan.letters.back(), plan.view);
  }
  return plan;
}

bool same_letters(const LetterPlan& a, const LetterPlan& b) {
  return std::ranges::equal(a.letters, b.letters, [](const auto& one, const auto& other) {
    return one.kind == other.kind && one.id == other.id && one.to == other.to && one.note == other.note;
  });
}

std::string chance_token() {
  std::random_device chance;  // the kernel's
  std::string hex;
  while (hex.size() < token_digits)
    hex += fmt::format("{:08x}", chance());
  return token_of(hex);
}

}  // namespace papertray
