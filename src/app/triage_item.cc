#include "app/triage_item.h"

#include <memory>

#include <fmt/format.h>

#include "app/workspace.h"
#include "core/by_person.h"
#include "log/tar_log.h"
#include "report/words.h"

namespace papertray {
namespace {

constexpr std::size_t most_suggested = 5;
constexpr std::size_t most_attachments = 5;  // shown; a zip can hold thousands

// Adds a line with the next digit.
void offer(TriageItem& item, std::string what, TriageStep step) {
  const std::size_t number = item.steps.size() + 1;
  if (number > 9) return;
  const std::string key = std::to_string(number);
  item.screen.choices.push_back({key, std::move(what), true});
  item.steps.emplace(key, std::move(step));
}

void show_attachments(const Message& message, TriageScreen& screen) {
  for (const Part& part : message.parts) {
    if (part.name.empty() && !part.pdf && part.disposition != "attachment") continue;
    if (screen.attachments.size() == most_attachments) {
      screen.attachments.emplace_back("and more");
      return;
    }
    screen.attachments.push_back(fmt::format("{}, {}, {}", part.name.empty() ? "(no name)" : part.name,
                                             size_text(part.size), part.pdf ? "PDF" : part.type));
  }
}

// What the mail could be taken as: asked of the same function that route asks.
void offer_routes(TriageItem& item, const Inspected& inspected, const Reader& reader,
                  const Rules& rules) {
  if (!inspected.quarantine.empty()) return;
  const Message& message = inspected.message;
  const auto can_be = [&](const Track& track) {
    return decide_by_person(message, track, "").fate == Fate::recorded;
  };
  for (const Track& track : rules.tracks)
    if (can_be(track)) offer(item, "take as " + track.id, {.route_to = track.id, .settle = {}});
  std::vector<std::string> ancestors = message.references;
  ancestors.insert(ancestors.end(), message.in_reply_to.begin(), message.in_reply_to.end());
  for (const RelatedRow& row : reader.related(item.reply_to, ancestors, most_suggested)) {
    const std::optional<ShownSubmission> shown = reader.submission(row.id);
    const Track* track = shown ? rules.track(shown->track) : nullptr;
    if (!track || track->needs != Needs::pdf || !can_be(*track)) continue;
    offer(item, fmt::format("a version of {} ({}) {}", row.id, row.why, row.title),
          {.route_to = row.id, .settle = {}});
  }
}

// What it was set aside for may happen again, here and now: it is not read before a person says so.
void show_quarantined(TriageItem& item, const Rules& rules) {
  item.screen.text = quarantine_advice(item.screen.id);
  for (const Track& track : rules.tracks)
    offer(item, "read it once more, as " + track.id, {.route_to = track.id, .settle = {}});
}

void offer_what_notes_ask(TriageItem& item, const std::vector<std::string>& notes) {
  for (const std::string& note : notes)
    if (const auto command = note_command(note))
      offer(item, note_command_text(*command) + ", as the note says",
            {.route_to = "", .settle = command});
}

}  // namespace

std::optional<TriageItem> triage_item(const std::string& id, const Reader& reader, const Config& config,
                                      const Rules& rules, const Globals& globals) {
  const std::optional<ShownMessage> shown = reader.message(id);
  if (!shown) return std::nullopt;
  TriageItem item;
  TriageScreen& screen = item.screen;
  screen.id = shown->row.id;
  screen.from = person_text(shown->from_name, shown->row.from);
  screen.subject = shown->row.subject;
  screen.received = shown->row.received;
  screen.why = shown->row.reason;
  screen.notes = shown->row.notes;
  item.reply_to = shown->row.from;
  if (shown->row.fate == Fate::quarantined)
    show_quarantined(item, rules);
  else if (shown->row.fate != Fate::recorded || !shown->row.open_notes.empty()) {
    const std::unique_ptr<TarLog> log = TarLog::open(log_path(config), {}, TarLog::Mode::read);
    const std::shared_ptr<const MailBytes> mails[] = {
        log->open({.segment = shown->log_segment, .offset = shown->log_offset, .size = shown->size})};
    WorkerInspector inspector(inspector_options(globals));
    inspector.inspect(mails, [&](std::size_t, const Inspected& inspected) {
      screen.text = inspected.message.text;
      show_attachments(inspected.message, screen);
      if (shown->row.fate != Fate::recorded) offer_routes(item, inspected, reader, rules);
    });
  }
  offer_what_notes_ask(item, shown->row.open_notes);
  for (const TriageChoice& choice :
       {TriageChoice{"d", "dismiss"}, TriageChoice{"r", "reply by hand"}, TriageChoice{"l", "later"},
        TriageChoice{"u", "undo"}, TriageChoice{"q", "quit"}})
    screen.choices.push_back(choice);
  return item;
}

}  // namespace papertray
