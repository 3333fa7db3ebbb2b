#include <string>
#include <utility>

#include "core/printable.h"
#include "report/table.h"
#include "report/text.h"
#include "report/words.h"

namespace papertray {
namespace {

std::string deadlines(const StatusView& view, const Look& look) {
  Table table({{"track", 0, 6}, {"what", 1}, {"when", 2}, {"", 0}}, false);
  for (const DeadlineRow& row : view.deadlines) {
    const bool passed = look.now > row.at;
    const std::string what = row.kind == "due"     ? "due"
                             : row.kind == "final" ? "final copies due"
                                                   : row.kind;
    const std::string left =
        row.at == look.now ? "this very second is the last" : relative_text(row.at, look.now);
    table.add({row.track, what, row.text,
               Cell((passed ? "passed " : "") + left, passed ? Tone::dim : Tone::strong)});
  }
  return heading("Deadlines", look) + table.text(look, 2);
}

std::string tracks(const Counts& counts, const Look& look) {
  Table table({{"Tracks", 0, 8},
               {"in all", 0, 0, true},
               {"on time", 1, 0, true},
               {"late", 2, 0, true},
               {"accepted", 3, 0, true},
               {"rejected", 4, 0, true},
               {"withdrawn", 6, 0, true},
               {"final copies", 5, 0, true},
               {"with findings", 7, 0, true}});
  for (const TrackCounts& track : counts.tracks)
    table.add({"  " + track.track, grouped(track.submissions), grouped(track.on_time),
               grouped(track.late), grouped(track.accepted), grouped(track.rejected),
               grouped(track.withdrawn), grouped(track.final), grouped(track.with_findings)});
  return "\n" + table.text(look);
}

// "40 recorded, 9 in triage, ...": what is zero is left out but for the first.
std::string listed(std::initializer_list<std::pair<std::int64_t, const char*>> counts) {
  std::string text;
  for (const auto& [count, name] : counts) {
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += grouped(count) + " " + name;
  }
  return text.empty() ? "nothing yet" : text;
}

std::string spam_words(const Counts& counts) {
  if (counts.spam == 0) return "";
  std::string text = "; of them in a spam folder: " + grouped(counts.spam);
  if (counts.spam_triage > 0) text += ", " + grouped(counts.spam_triage) + " in triage";
  return text;
}

std::string mailbox_words(const MailboxState& mailbox, const Look& look) {
  std::string text = mailbox.state;
  if (!text.empty()) text += "; ";
  if (mailbox.last_contact)
    text += "last contact " + relative_text(*mailbox.last_contact, look.now) + " (" +
            time_text(*mailbox.last_contact, look) + ")";
  else
    text += "no contact yet";
  if (!mailbox.detail.empty()) text += "; " + mailbox.detail;
  // A poll that is due says nothing; a wait after trouble does. In the past: nobody is trying any more.
  if (!mailbox.detail.empty() && mailbox.next_try)
    text += *mailbox.next_try > look.now ? "; next try " + relative_text(*mailbox.next_try, look.now)
                                         : "; no daemon has tried since";
  return text;
}

std::string sending_words(const SendingState& sending, const Look& look) {
  if (sending.paused.empty()) return "";
  const std::string again =
      sending.again ? "goes on " + relative_text(*sending.again, look.now) : "papertray outbox resume";
  return "nothing is sent: " + sending.paused + "; " + again;
}

std::string flow(const StatusView& view, const Look& look) {
  const Counts& counts = view.counts;
  Facts facts;
  facts.add("Messages", counts.total == 0 ? "none yet"
                                          : grouped(counts.total) + " in all: " +
                                                listed({{counts.recorded, "recorded"},
                                                        {counts.triage, "in triage"},
                                                        {counts.ignored, "ignored"},
                                                        {counts.quarantined, "quarantined"},
                                                        {counts.vanished, "vanished"}}) +
                                                spam_words(counts));
  facts.add("Outbox", listed({{counts.queued, "queued"},
                              {counts.held, "held"},
                              {counts.sent, "sent"},
                              {counts.unknown, "of unknown outcome"},
                              {counts.failed, "failed"},
                              {counts.suppressed, "suppressed"},
                              {counts.paused, "paused"},
                              {counts.dropped, "dropped"}}));
  if (counts.unchecked > 0)
    facts.add("Checks", grouped(counts.unchecked) + (counts.unchecked == 1 ? " paper" : " papers") +
                            " not looked into yet");
  facts.add("Sending", sending_words(view.sending, look), Tone::warn);
  facts.add("Mailbox", mailbox_words(view.mailbox, look));
  return "\n" + facts.text(look);
}

std::string waiting(const StatusView& view, const Look& look) {
  const std::vector<Waiting> rows = waiting_for_people(view);
  if (rows.empty()) return block("\nNothing waits for a person.", look, 0);
  Table table({{"", 0, 0, true}, {"", 0, 10}, {"", 0}}, false);
  for (const Waiting& row : rows)
    table.add({Cell(grouped(row.count), Tone::warn), row.what, Cell(row.command, Tone::dim)});
  return heading("Waiting for a person", look) + table.text(look, 2);
}

}  // namespace

std::string status_text(const StatusView& view, const Look& look) {
  std::string text = block(one_line(view.workshop), look, 0, Tone::strong);
  if (!view.deadlines.empty()) text += deadlines(view, look);
  if (!view.counts.tracks.empty()) text += tracks(view.counts, look);
  text += flow(view, look);
  text += waiting(view, look);
  return text;
}

}  // namespace papertray
