// Receipts that wait for the look at their paper: what they are written from, kept until then.
#include <nlohmann/json.hpp>

#include "store/batch.h"
#include "store/check_rows.h"

namespace papertray {
namespace {

using nlohmann::json;

// A row that waits says so.
constexpr std::string_view waits = "waits for the check of its paper";

json seconds(Time time) {
  return time.time_since_epoch().count();
}

Time time_of(const json& in) {
  return Time(Seconds(in.get<std::int64_t>()));
}

ReceiptKind kind_named(const std::string& name) {
  for (const ReceiptKind kind : all_receipt_kinds)
    if (receipt_kind_name(kind) == name) return kind;
  return ReceiptKind::received;
}

// Only of facts that a receipt about a paper has.
std::string draft_text(const ReceiptOrder& order) {
  const ReceiptFacts& facts = order.facts;
  json out = {{"kind", receipt_kind_name(facts.kind)},
              {"label", facts.label},
              {"version", facts.version},
              {"received", seconds(facts.received)},
              {"on_time", facts.lateness.on_time},
              {"margin", facts.lateness.margin.count()},
              {"file_name", facts.file_name},
              {"size", facts.size},
              {"sha256", facts.sha256},
              {"other_files", facts.other_files},
              {"sender_subject", facts.sender_subject},
              {"title", facts.title},
              {"note", facts.note},
              {"to", order.to},
              {"token", order.token},
              {"written", seconds(order.written)},
              {"in_reply_to", order.in_reply_to},
              {"references", order.references}};
  if (facts.due) out["due"] = {{"text", facts.due->text}, {"last", seconds(facts.due->last)}};
  if (facts.counts_version) out["counts_version"] = *facts.counts_version;
  // Texts of strangers are mended before; what is no UTF-8 all the same must not end a batch.
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

ReceiptOrder order_of(const std::string& text) {
  const json in = json::parse(text);
  ReceiptOrder order;
  ReceiptFacts& facts = order.facts;
  facts.kind = kind_named(in.at("kind").get<std::string>());
  facts.label = in.at("label").get<std::string>();
  facts.version = in.at("version").get<int>();
  facts.received = time_of(in.at("received"));
  facts.lateness = {.on_time = in.at("on_time").get<bool>(),
                    .margin = Seconds(in.at("margin").get<std::int64_t>())};
  facts.file_name = in.at("file_name").get<std::string>();
  facts.size = in.at("size").get<std::uint64_t>();
  facts.sha256 = in.at("sha256").get<std::string>();
  facts.other_files = in.at("other_files").get<std::vector<std::string>>();
  facts.sender_subject = in.at("sender_subject").get<std::string>();
  facts.title = in.at("title").get<std::string>();
  facts.note = in.at("note").get<std::string>();
  order.to = in.at("to").get<std::string>();
  order.token = in.at("token").get<std::string>();
  order.written = time_of(in.at("written"));
  order.in_reply_to = in.at("in_reply_to").get<std::string>();
  order.references = in.at("references").get<std::vector<std::string>>();
  if (const auto due = in.find("due"); due != in.end())
    facts.due = Deadline{
        .text = due->at("text").get<std::string>(), .last = time_of(due->at("last")), .remark = ""};
  if (const auto counts = in.find("counts_version"); counts != in.end())
    facts.counts_version = counts->get<int>();
  return order;
}

}  // namespace

void SqliteBatch::add_draft(std::int64_t outbox, const AwaitedCheck& awaited) {
  Query(db_, "INSERT INTO receipt_draft (outbox, sha256, track, draft) VALUES (?1, ?2, ?3, ?4)", outbox,
        awaited.sha256, awaited.track, draft_text(awaited.order))
      .run();
  Query(db_, "UPDATE outbox SET reason = ?2 WHERE id = ?1 AND state = 'queued'", outbox, waits).run();
}

void SqliteBatch::drop_draft(std::int64_t outbox) {
  Query(db_, "DELETE FROM receipt_draft WHERE outbox = ?1", outbox).run();
}

std::optional<KnownCheck> SqliteBatch::known_check(const std::string& sha256, const std::string& track) {
  require_open();
  std::optional<PaperCheckRow> row = find_check(db_, sha256, track);
  if (!row) return std::nullopt;
  return KnownCheck{.style_version = row->style_version, .paper = std::move(row->paper)};
}

std::vector<ReceiptDraft> SqliteBatch::drafts(const std::string& sha256, const std::string& track) {
  require_open();
  std::vector<ReceiptDraft> drafts;
  Query query(db_,
              "SELECT outbox, draft FROM receipt_draft WHERE sha256 = ?1 AND track = ?2 ORDER BY outbox",
              sha256, track);
  while (query.next())
    drafts.push_back({.outbox = query.integer(0), .order = order_of(query.text(1))});
  return drafts;
}

void SqliteBatch::finish_draft(std::int64_t outbox, const std::optional<WrittenReceipt>& written) {
  require_open();
  drop_draft(outbox);
  Query(db_, "UPDATE outbox SET reason = '' WHERE id = ?1 AND reason = ?2", outbox, waits).run();
  if (!written) return;
  Query(db_, "UPDATE outbox SET subject = ?2, bytes = ?3 WHERE id = ?1", outbox, written->subject,
        Blob{written->bytes})
      .run();
}

}  // namespace papertray
