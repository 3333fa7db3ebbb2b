#include <algorithm>

#include <nlohmann/json.hpp>

#include "report/audit.h"
#include "report/json_value.h"

namespace papertray {
namespace {

using json::Value;

Value items(const std::vector<CheckRow>& rows) {
  Value array = Value::array();
  for (const CheckRow& row : rows)
    array.push_back({{"check", json::words(row.check)},
                     {"verdict", verdict_name(row.verdict)},
                     {"text", json::words(row.text)}});
  return array;
}

Value fates(const std::optional<AuditFates>& fates) {
  if (!fates) return {};
  return {{"messages", fates->messages},
          {"lost_places", fates->lost_places},
          {"recorded", fates->recorded},
          {"triage", fates->triage},
          {"ignored", fates->ignored},
          {"quarantined", fates->quarantined},
          {"vanished", fates->vanished},

          {"places_of_nothing", fates->places_of_nothing}};
}

Value log(const std::optional<AuditLog>& log) {
  if (!log) return {};
  return {{"segments", log->segments},
          {"bytes", log->bytes},
          {"mails", log->mails},
          {"events", log->events},
          {"not_applied", log->not_applied},
          {"damaged", json::list(log->damaged)}};
}

Value papers(const AuditView& view) {
  if (!view.papers) return {};
  Value wrong = Value::array();
  for (const AuditPaper& paper : view.wrong_papers)
    wrong.push_back({{"file", json::words(paper.file)}, {"why", json::words(paper.why)}});
  return {{"recorded", *view.papers}, {"wrong", std::move(wrong)}};
}

Value folders(const std::vector<AuditFolder>& folders) {
  Value array = Value::array();
  for (const AuditFolder& folder : folders)
    array.push_back({{"name", json::words(folder.name)},
                     {"spam", folder.spam},
                     {"problem", json::words_or_null(folder.problem)},
                     {"uidvalidity", folder.uidvalidity},
                     {"mails", folder.mails},
                     {"gone", folder.gone},
                     {"missed", json::list(folder.missed)},
                     {"waiting", json::list(folder.waiting)}});
  return array;
}

}  // namespace

std::string audit_json(const AuditView& view) {
  const std::vector<CheckRow> rows = audit_rows(view);
  Value value = json::document("audit");
  value["holds"] = std::ranges::count(rows, Verdict::fail, &CheckRow::verdict) == 0;
  value["at_work"] = json::words_or_null(view.holder);
  value["items"] = items(rows);
  value["fates"] = fates(view.fates);
  value["log"] = log(view.log);
  value["difference"] = json::words_or_null(view.difference.value_or(""));
  value["papers"] = papers(view);
  value["being_sent"] = view.being_sent;
  value["mailbox"] = json::words_or_null(view.mailbox);
  value["folders"] = folders(view.folders);
  return json::printed(value);
}

}  // namespace papertray
