#include "core/route.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/automatic.h"
#include "core/bounce.h"
#include "core/content.h"
#include "core/printable.h"
#include "core/reply_text.h"
#include "core/subject.h"
#include "core/submission.h"
#include "core/withdrawal.h"

namespace papertray {
namespace {

// A stranger's words within a sentence of ours.
constexpr std::size_t longest_quote = 80;

std::string quoted(std::string_view text) {
  return '`' + cut_to(one_line(text), longest_quote) + '`';
}

constexpr std::pair<Fate, std::string_view> fate_names[] = {{Fate::recorded, "recorded"},
                                                            {Fate::triage, "triage"},
                                                            {Fate::ignored, "ignored"},
                                                            {Fate::quarantined, "quarantined"},
                                                            {Fate::vanished, "vanished"}};

struct Found {
  const Track* track = nullptr;
  PhraseMatch match = PhraseMatch::no;
  std::string phrase;
};

// What the deciding looks at, settled once.
struct Sight {
  const Message& message;
  const Rules& rules;
  Automatic automatic;
  int pdfs = 0;
  bool text = false;
  std::vector<Found> found;  // every track that the subject is exactly or nearly for
  std::optional<Oversize> oversize = {};
};

std::vector<Found> find_tracks(const Message& message, const Rules& rules) {
  std::vector<Found> all;
  const std::string subject = fold_text(message.subject);
  for (const Track& track : rules.tracks) {
    Found best;
    for (const std::string& phrase : track.subjects) {
      const PhraseMatch match = match_folded(subject, phrase);
      if (match > best.match) best = {&track, match, phrase};
    }
    if (best.track) all.push_back(best);
  }
  return all;
}

// Looked for below quotes and signatures only where it decides.
bool has_text(const Message& message, const std::vector<Found>& found) {
  const bool decides = std::any_of(found.begin(), found.end(),
                                   [](const Found& f) { return f.track->needs == Needs::text; });
  return decides ? says_something(message) : brings_text(message);
}

bool has_needs(const Sight& sight, const Track& track) {
  return track.needs == Needs::pdf ? sight.pdfs > 0 : sight.text;
}

std::string names_of(const std::vector<Found>& found) {
  std::string names;
  for (const Found& f : found)
    names += (names.empty() ? "" : " and ") + f.track->id;
  return names;
}

// Of several tracks the ones whose needs are met; a PDF is for a track that needs one, since a text
// comes with every paper.
std::vector<Found> with_needs(const Sight& sight, const std::vector<Found>& found) {
  for (const Needs needs : {Needs::pdf, Needs::text}) {
    std::vector<Found> fitting;
    for (const Found& f : found) {
      if (f.track->needs == needs && has_needs(sight, *f.track)) fitting.push_back(f);
    }
    if (!fitting.empty()) return fitting;
  }
  return {};
}

std::string_view container_words(Container container) {
  switch (container) {
    case Container::none:
      break;
    case Container::zip:
      return ", in a zip archive";
    case Container::tnef:
      return ", in winmail.dat";
    case Container::uuencode:
      return ", uuencoded in the text";
  }
  return "";
}

// With a PDF under a track's phrase the subject is a title.
bool asks_for_withdrawal(const Sight& sight) {
  const Message& message = sight.message;
  const bool by_text = speaks_of_withdrawal(message.text);
  if (!by_text && !speaks_of_withdrawal(message.subject)) return false;
  const std::string said = reply_text(message.text).said;
  if (by_text && asks_to_withdraw("", said)) return true;
  // The subject of an answer is of the mail that is answered.
  const bool title = sight.pdfs > 0 && !sight.found.empty();
  const bool reply = !message.in_reply_to.empty() || !message.references.empty();
  if (title || (reply && !said.empty() && says_answered(message.subject))) return false;
  if (asks_to_withdraw(message.subject, "")) return true;
  return std::any_of(sight.found.begin(), sight.found.end(), [&](const Found& f) {
    return asks_to_withdraw(subject_remainder(message.subject, f.phrase), "");
  });
}

class Decider {
 public:
  explicit Decider(const Sight& sight) : sight_(sight) {}

  Decision run() {
    step(sight_.automatic.reason.empty() ? "no sign of automatic mail" : sight_.automatic.reason);
    if (sight_.message.report) step(report_step(*sight_.message.report));
    step("the subject, made comparable, is " + quoted(bare_subject(sight_.message.subject)));
    for (const Found& f : sight_.found) {
      step(fmt::format("track {}: {} {}", f.track->id,
                       f.match == PhraseMatch::exact ? "the subject has the phrase"
                                                     : "the subject is near the phrase",
                       quoted(f.phrase)));
    }
    decision_.names_track = !sight_.found.empty();
    if (sight_.found.empty()) step("the subject has no track's phrase, nor is it near one");
    if (sight_.oversize)
      step(too_large_text() + ": only its header is here");
    else
      step(fmt::format("the mail brings {} PDF{} and {}", sight_.pdfs, sight_.pdfs == 1 ? "" : "s",
                       sight_.text ? "a text" : "no text"));
    if (!is_automatic()) {
      choose_track();
      look_for_withdrawal();
    }
    step(fmt::format("{}: {}", fate_name(decision_.fate), decision_.reason));
    return std::move(decision_);
  }

 private:
  void step(std::string line) { decision_.trace.push_back(std::move(line)); }

  void end(Fate fate, std::string reason) {
    decision_.fate = fate;
    decision_.reason = std::move(reason);
  }

  std::string too_large_text() const {
    return fmt::format("the mail has {} bytes, more than the {} that are taken in",
                       sight_.oversize->whole, sight_.oversize->largest);
  }

  // A paper outweighs every sign of automation but a report's: losing one cannot be made good.
  bool brings_paper() const {
    return sight_.pdfs > 0 && std::any_of(sight_.found.begin(), sight_.found.end(),
                                          [](const Found& f) { return f.track->needs == Needs::pdf; });
  }

  bool for_a_track() const {
    return std::any_of(sight_.found.begin(), sight_.found.end(), [&](const Found& f) {
      return f.match == PhraseMatch::exact || has_needs(sight_, *f.track);
    });
  }

  // True when the mail is dealt with.
  bool is_automatic() {
    const Automatic& automatic = sight_.automatic;
    switch (automatic.kind) {
      case AutomaticKind::no:
        return false;
      case AutomaticKind::report:
        end(Fate::ignored, automatic.reason);
        return true;
      case AutomaticKind::null_path:
        // A bounce by its envelope, but it may be a paper that took a strange way: a person looks.
        if (brings_paper()) {
          end(Fate::triage,
              automatic.reason + ", but it brings a PDF under a subject that asks for one");
        } else {
          end(Fate::ignored, automatic.reason);
        }
        return true;
      case AutomaticKind::machine:
        if (!brings_paper()) {
          end(Fate::ignored, automatic.reason);
          return true;
        }
        break;
      case AutomaticKind::bulk:
        if (!for_a_track()) {
          end(Fate::ignored, automatic.reason + ", and not for a track");
          return true;
        }
        break;
    }
    decision_.notes.push_back(automatic.reason + ", though it seems meant for a track");
    step("it seems meant for a track, so it is not ignored");
    return false;
  }

  void choose_track() {
    std::vector<Found> exact;
    for (const Found& f : sight_.found) {
      if (f.match == PhraseMatch::exact) exact.push_back(f);
    }
    if (exact.size() == 1) return settle(exact.front());
    const std::vector<Found>& candidates = exact.empty() ? sight_.found : exact;
    if (candidates.empty()) return no_track();
    if (sight_.oversize) {
      // What it brings would tell for which of them it is, and cannot be looked at.
      if (candidates.size() == 1) return settle(candidates.front());
      return end(Fate::triage,
                 fmt::format("the subject may mean {}, and {}", names_of(candidates), too_large_text()));
    }
    const std::vector<Found> fitting = with_needs(sight_, candidates);
    if (fitting.size() == 1) {
      step(fmt::format("track {} gets what it needs", fitting.front().track->id));
      return settle(fitting.front());
    }
    if (fitting.size() > 1) {
      return end(Fate::triage, fmt::format("the subject may mean {}, and the mail fits all of them",
                                           names_of(fitting)));
    }
    if (!exact.empty()) {
      return end(Fate::triage,
                 fmt::format("the subject names {}, and the mail brings what none of them needs",
                             names_of(exact)));
    }
    end(Fate::triage,
        fmt::format("the subject is near {}, but no {} came with it", quoted(candidates.front().phrase),
                    candidates.front().track->needs == Needs::pdf ? "PDF" : "text"));
  }

  // People and programs alike can send a mail through a list; nobody withdraws by one.
  void look_for_withdrawal() {
    if (sight_.automatic.kind != AutomaticKind::no || !asks_for_withdrawal(sight_)) return;
    decision_.asks_to_withdraw = true;
    step("it asks to withdraw a submission");
  }

  void no_track() {
    if (sight_.oversize)
      return end(Fate::triage, "the subject matches no track, and " + too_large_text());
    end(Fate::triage, sight_.pdfs > 0 ? "the subject matches no track, though the mail brings a PDF"
                                      : "the subject matches no track");
  }

  void settle(const Found& found) {
    decision_.track = found.track->id;
    const std::string by = found.match == PhraseMatch::exact
                               ? fmt::format("subject {}", quoted(found.phrase))
                               : fmt::format("subject near {}", quoted(found.phrase));
    if (sight_.oversize) {
      decision_.answer = Answer::problem;
      decision_.problem = Problem::too_large;
      return end(Fate::triage, by + ", but " + too_large_text());
    }
    if (found.track->needs == Needs::pdf) {
      sight_.pdfs > 0 ? take_paper(by) : refuse_paper(by);
    } else {
      sight_.text ? take_text(by) : refuse_text(by);
    }
  }

  void take_paper(const std::string& by) {
    decision_.paper = choose_paper(sight_.message);
    const Part& paper = sight_.message.parts[static_cast<std::size_t>(decision_.paper)];
    const std::string name = paper.name.empty() ? "without a name" : quoted(paper.name);
    decision_.answer = Answer::received;
    if (sight_.pdfs > 1) {
      decision_.notes.push_back(
          fmt::format("{} PDFs came: {} is taken as the paper, the others are kept", sight_.pdfs, name));
    }
    if (paper.in_attached_message) {
      decision_.notes.push_back(
          "the PDF came within an attached message: the sender may not be the author");
    }
    note_senders();
    step(fmt::format("the paper is the PDF {} of {} bytes, part {}{}", name, paper.size,
                     one_line(paper.path), container_words(paper.container)));
    end(Fate::recorded, by + ", with a PDF");
  }

  // On the thread of a receipt, or with its number in the subject: thanks, a remark, a program that says
  // that somebody is away. As a question it would be answered, and the answer answered.
  bool answers_us(const Track& track) const {
    return !answered_token(sight_.message).empty() ||
           number_in_subject(sight_.message.subject, track.prefix) > 0;
  }

  void take_text(const std::string& by) {
    if (answers_us(*sight_.rules.track(decision_.track)))
      return end(Fate::triage, by + ", but it answers a receipt of ours: a person reads what it says");
    decision_.answer = Answer::question;
    if (sight_.pdfs > 0) {
      decision_.notes.push_back(
          "brings a PDF under the questions' subject: a paper sent to the wrong subject?");
    }
    note_senders();
    end(Fate::recorded, by + ", with a text");
  }

  void note_senders() {
    const std::size_t senders = sight_.message.from.size();
    if (senders > 1)
      decision_.notes.push_back(fmt::format("{} From addresses: who sent it is open", senders));
    if (senders == 0) decision_.notes.push_back("no From address: who sent it is unknown");
  }

  void refuse_paper(const std::string& by) {
    const Message& message = sight_.message;
    const Missing missing = missing_pdf(message);
    const bool reply = !message.in_reply_to.empty() || !message.references.empty();
    if (missing.problem == Problem::no_pdf && reply && !has_attachment(message)) {
      return end(Fate::triage, by + ", but it is a reply with nothing attached: a person writing to us");
    }
    if (missing.problem == Problem::no_pdf && answers_us(*sight_.rules.track(decision_.track)))
      return end(Fate::triage,
                 by + ", but it answers a receipt of ours and brings no paper: a person reads it");
    decision_.answer = Answer::problem;
    decision_.problem = missing.problem;
    if (missing.problem == Problem::other_format || missing.problem == Problem::damaged) {
      decision_.problem_file = missing.what;
      decision_.problem_kind = missing.kind;
    }
    if (missing.problem == Problem::damaged)
      return end(Fate::triage,
                 fmt::format("{}, but the PDF {} is damaged: its end is missing", by,
                             missing.what.empty() ? "without a name" : quoted(missing.what)));
    end(Fate::triage, by + ", but no PDF came" + why(missing));
  }

  static std::string why(const Missing& missing) {
    switch (missing.problem) {
      case Problem::sealed:
        return fmt::format(": the mail is encrypted ({})", missing.what);
      case Problem::other_format:
        return fmt::format(": {} is no PDF", quoted(missing.what));
      case Problem::link_only:
        return fmt::format(": only a link, {}", quoted(missing.what));
      case Problem::none:
      case Problem::no_pdf:
      case Problem::empty_text:
      case Problem::too_large:
      case Problem::damaged:
        break;
    }
    return " with it";
  }

  void refuse_text(const std::string& by) {
    if (answers_us(*sight_.rules.track(decision_.track)))
      return end(Fate::triage, by + ", but it answers a receipt of ours and says nothing of its own");
    const bool sealed = sight_.message.sealed != Sealed::no;
    decision_.answer = Answer::problem;
    decision_.problem = sealed ? Problem::sealed : Problem::empty_text;
    std::string reason =
        by + (sealed ? ", but the mail is encrypted"
              : brings_text(sight_.message)
                  ? ", but the mail says nothing besides what it quotes or is signed with"
                  : ", but the mail has no text");
    if (sight_.pdfs > 0) reason += "; it brings a PDF";
    end(Fate::triage, std::move(reason));
  }

  const Sight& sight_;
  Decision decision_;
};

}  // namespace

std::string_view fate_name(Fate fate) {
  for (const auto& [value, name] : fate_names) {
    if (value == fate) return name;
  }
  return "";
}

std::optional<Fate> fate_from_name(std::string_view name) {
  for (const auto& [value, known] : fate_names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

Decision route(const Message& message, const Rules& rules, const std::optional<Oversize>& oversize) {
  std::vector<Found> found = find_tracks(message, rules);
  const bool text = has_text(message, found);
  const Sight sight{message,          rules,   automatic_of(message), count_pdfs(message), text,
                    std::move(found), oversize};
  return Decider(sight).run();
}

}  // namespace papertray
