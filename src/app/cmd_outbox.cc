#include "app/cmd_outbox.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "app/actor.h"
#include "app/cmd_list.h"
#include "app/logging.h"
#include "app/readers.h"
#include "app/signals.h"
#include "app/sources.h"
#include "app/terminal.h"
#include "app/workspace.h"
#include "core/error.h"
#include "core/outbox_order.h"
#include "report/letters.h"
#include "smtp/read_back.h"
#include "store/sqlite_reader.h"

namespace papertray {
namespace {

Order order_of(const std::string& word) {
  for (const Order order : {Order::send, Order::retry, Order::drop, Order::pause, Order::resume})
    if (order_name(order) == word) return order;
  throw std::logic_error("no order is called " + word);
}

[[noreturn]] void not_there(std::int64_t id) {
  throw Failure({Scope::program, Again::person, Exit::not_there,
                 fmt::format("the outbox has no {}; papertray list outbox shows the numbers", id)});
}

int show(const Globals& globals, const OutboxOptions& options) {
  const Config config = load_config(globals.config, globals.state);
  const Look look = look_of(globals, present_rules(config).timezone);
  const std::unique_ptr<Reader> reader = open_reader(config);
  for (const std::int64_t id : options.ids) {
    const std::optional<ShownLetter> shown = reader->letter(id);
    if (!shown) not_there(id);
    const std::string text = text_of_composed(shown->bytes);
    print(globals.json ? letter_json(*shown, text) : letter_text(*shown, text, look));
  }
  return static_cast<int>(Exit::done);
}

// The letters that are meant: those named, or without names what a plain `send` is for.
std::vector<ShownLetter> meant(const Reader& reader, Order order, const OutboxOptions& options) {
  std::vector<ShownLetter> letters;
  for (const std::int64_t id : options.ids) {
    std::optional<ShownLetter> letter = reader.letter(id);
    if (!letter) not_there(id);
    letters.push_back(std::move(*letter));
  }
  if (!options.ids.empty() || order != Order::send) return letters;
  for (const OutboxListRow& row : reader.outbox({}))
    if (row.state == OutboxState::held) letters.push_back(reader.letter(row.id).value());
  return letters;
}

// One event for all rows that become the same.
void obey(Workspace& workspace, const std::string& actor, Order order,
          const std::vector<ShownLetter>& letters, bool dry_run, OrderedView& view) {
  std::vector<std::pair<std::string, OrderVerdict>> wanted;
  for (const ShownLetter& letter : letters) {
    const OrderVerdict verdict = judge_order(order, letter.row.state, !letter.bytes.empty());
    view.rows.push_back({.id = letter.row.id,
                         .to = letter.row.to,
                         .kind = letter.row.kind,
                         .was = letter.row.state,
                         .now = verdict.state,
                         .reason = verdict.state ? "" : verdict.reason});
    if (verdict.state && !dry_run) wanted.emplace_back(letter.token, verdict);
  }
  while (!wanted.empty()) {
    const OrderVerdict verdict = wanted.front().second;
    RowsOrdered rows{.tokens = {}, .state = *verdict.state, .reason = verdict.reason};
    std::erase_if(wanted, [&](const auto& one) {
      const bool same = one.second.state == verdict.state && one.second.reason == verdict.reason;
      if (same) rows.tokens.push_back(one.first);
      return same;
    });
    workspace.outbox().order(actor, std::move(rows));
  }
}

void send_now(const Config& config, Workspace& workspace, OrderedView& view) {
  if (!config.smtp)
    throw Failure({Scope::program, Again::person, Exit::configuration,
                   config.file + ": there is no [smtp], so nothing can be sent; add it"});
  const std::unique_ptr<Transport> transport = open_transport(*config.smtp);
  const Sent sent = workspace.outbox().send_due(*transport, stop_asked);
  view.sent = ReceiptCounts{.sent = static_cast<std::int64_t>(sent.accepted),
                            .waiting = static_cast<std::int64_t>(sent.later + sent.unknown),
                            .failed = static_cast<std::int64_t>(sent.failed)};
  view.paused = sent.paused;
  view.again = sent.again;
}

int give_order(const Globals& globals, const OutboxOptions& options) {
  const Order order = order_of(options.what);
  const Config config = load_config(globals.config, globals.state);
  const Rules rules = present_rules(config);
  stop_on_signals();
  open_reader(config);  // says so when there is nothing yet
  const std::unique_ptr<Watcher> lines = log_watcher(globals.quiet || globals.json);
  OrderedView view;
  view.order = order;
  view.dry_run = options.dry_run;
  view.whole = options.ids.empty() && (order == Order::pause || order == Order::resume);

  const std::string actor = actor_of(options.actor);
  const Turn turn = take_turn(config, "papertray outbox " + options.what);
  Workspace workspace(config, globals, turn, *lines);
  workspace.settle();
  const std::unique_ptr<SqliteReader> reader = SqliteReader::open(database_path(config));
  obey(workspace, actor, order, meant(*reader, order, options), options.dry_run, view);
  if (!options.dry_run) {
    if (view.whole && order == Order::pause) workspace.outbox().pause(actor, "paused by " + actor);
    if (view.whole && order == Order::resume) workspace.outbox().resume(actor);
    if (order == Order::send || order == Order::retry) send_now(config, workspace, view);
  }
  const Look look = look_of(globals, rules.timezone);
  if (globals.json)
    print(ordered_json(view));
  else if (!globals.quiet)
    print(ordered_text(view, look));
  const bool all =
      std::ranges::all_of(view.rows, [](const OrderedRow& row) { return row.now.has_value(); });
  return static_cast<int>(all ? Exit::done : Exit::not_there);
}

}  // namespace

int cmd_outbox(const Globals& globals, const OutboxOptions& options) {
  if (options.what == "list") {
    ListOptions list;
    list.what = "outbox";
    list.problems = options.problems;
    list.format = options.format;
    return cmd_list(globals, list);
  }
  return options.what == "show" ? show(globals, options) : give_order(globals, options);
}

}  // namespace papertray
