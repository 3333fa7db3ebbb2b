#include "app/cmd_doctor.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/config.h"
#include "app/doctor_machine.h"
#include "app/doctor_servers.h"
#include "app/examination.h"
#include "app/readers.h"
#include "app/rules_file.h"
#include "app/signals.h"
#include "app/terminal.h"

namespace papertray {
namespace {

void look_at_deadlines(Examination& found, const Rules& rules) {
  for (const Track& track : rules.tracks)
    for (const auto& [kind, due] :
         {std::pair("due", track.due), std::pair("final_due", track.final_due)}) {
      if (!due) continue;
      const std::string reading = fmt::format("\"{}\" ends {} ({})", due->text, rfc3339(due->last),
                                              local_text(due->last, rules.timezone));
      found.add(due->remark.empty() ? Verdict::ok : Verdict::warn,
                fmt::format("deadline {} {}", track.id, kind),
                due->remark.empty() ? reading : reading + ": " + due->remark);
    }
}

void look_at_receipts(Examination& found, const Config& config) {
  if (config.receipts == Receipts::off) {
    found.add(Verdict::warn, "receipts",
              "off: authors hear nothing; set [receipts] mode = \"send\" when you are ready");
    return;
  }
  if (config.receipts == Receipts::hold)
    found.add(Verdict::warn, "receipts",
              "held: they are queued until you send them (papertray outbox send)");
  if (config.authserv_id.empty())
    found.add(
        Verdict::warn, "authserv_id",
        fmt::format("not set: a forged sender cannot be told from a true one and may be sent up to {} "
                    "receipts a day; set [receipts] authserv_id to \"gmail\", \"outlook\", "
                    "\"fastmail\" or the name that your mail server writes first into "
                    "Authentication-Results",
                    config.limits.per_address));
  else
    found.add(Verdict::ok, "authserv_id",
              fmt::format("only mail that {} confirms is answered; what fails waits in triage",
                          config.authserv_id));
}

// What keeps two machines from answering each other for ever.
void look_at_loop_guards(Examination& found, const Config& config, const Rules& rules) {
  if (config.receipts == Receipts::off) return;
  std::vector<std::string> ours;
  for (const std::string& address : rules.own_addresses)
    if (std::ranges::find(ours, address) == ours.end()) ours.push_back(address);
  found.add(
      Verdict::ok, "loop guards",
      fmt::format(
          "never answered: mail from {}, from mailing lists, and what any machine sends (RFC 3834); at "
          "most {} receipts a day to one address, {} in all; receipts go out as <>",
          fmt::join(ours, ", "), config.limits.per_address, config.limits.per_day));
  if (!config.smtp) return;
  const std::string from = from_address(config.smtp->from);
  if (from != rules.address)
    found.add(
        Verdict::warn, "reply address",
        fmt::format(
            "receipts come from {}, and authors are told to write to {}: replies must reach the same "
            "mailbox; if they do not, make [smtp] from and [workshop] address the same",
            from, rules.address));
}

std::string rules_sentence(const Config& config, const Rules& rules) {
  return fmt::format("{}: {}, {} track{}, {} templates", config.rules, rules.workshop,
                     rules.tracks.size(), rules.tracks.size() == 1 ? "" : "s", rules.templates.size());
}

void look_at_all(Examination& found, const Globals& globals, const Config& config,
                 std::optional<Rules>& rules) {
  found.attempt("rules", [&] {
    rules = present_rules(config);
    found.add(Verdict::ok, "rules", rules_sentence(config, *rules));
  });
  if (rules) look_at_deadlines(found, *rules);
  found.attempt("state", [&] { look_at_state(found, config); });
  found.attempt("sync", [&] { look_at_sync_speed(found, config); });
  found.attempt("database", [&] { look_at_database(found, config); });
  found.attempt("lock", [&] { look_at_lock(found, config); });
  found.attempt("sandbox", [&] { look_at_sandbox(found, globals); });
  found.attempt("mailbox", [&] { look_at_mailbox(found, config); });
  found.attempt("smtp", [&] { look_at_smtp(found, config); });
  look_at_certificates(found, config);
  found.attempt("clock imap", [&] { look_at_clock(found, config); });
  look_at_receipts(found, config);
  if (rules) look_at_loop_guards(found, config, *rules);
}

}  // namespace

int cmd_doctor(const Globals& globals) {
  stop_on_signals();
  Examination found;
  std::optional<Config> config;
  std::optional<Rules> rules;
  found.attempt("configuration", [&] {
    config = load_config(globals.config, globals.state);
    found.add(Verdict::ok, "configuration", config->file);
  });
  if (config) look_at_all(found, globals, *config, rules);
  print(globals.json ? doctor_json(found.rows())
                     : doctor_text(found.rows(), look_of(globals, rules ? rules->timezone : "UTC")));
  return static_cast<int>(found.exit());
}

}  // namespace papertray
