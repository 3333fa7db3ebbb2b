// Turns of phrase that several texts share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/retry.h"
#include "core/route.h"
#include "report/explain.h"
#include "report/look.h"

namespace papertray {

// "12,345 bytes"
std::string size_text(std::uint64_t bytes);
std::string grouped(std::int64_t number);

// In the look's zone: `2017-11-03 16:59:59 PDT`, and without the seconds.
std::string time_text(Time t, const Look& look);
std::string minute_text(Time t, const Look& look);
std::string minute_text(Time t, LocalClock& clock);

// "in 3 days 4 hours", "3 days 4 hours ago", "now"
std::string relative_text(Time t, Time now);

// "on time", "3 hours late": the largest unit alone
std::string short_lateness_text(bool on_time, std::int64_t margin_s);
// "on time, 3 hours 2 minutes before the deadline"; a version without a deadline has no margin
std::string margin_text(bool on_time, std::int64_t margin_s);

// `Ada <ada@example.org>`, or the bare address; not yet made harmless.
std::string person_text(std::string_view name, std::string_view address);

// What a person can do about a mail in quarantine; `id` "" when the server never handed it over.
std::string quarantine_advice(const std::string& id);

// What of a paper a person has put right: "title and authors, by a person"; "" for nothing.
std::string corrected_words(bool title, bool authors);

// "the spam folder Junk"; "" for none.
std::string spam_folder_text(std::string_view folder);

Tone tone_of(Fate fate);
Tone tone_of(OutboxState state);
Tone tone_of_state(std::string_view submission_state);

// A bold heading with an empty line before it.
std::string heading(std::string_view text, const Look& look);

// A stranger's text of any length, made harmless and wrapped, each line indented.
std::string block(std::string_view text, const Look& look, std::size_t indent, Tone tone = Tone::plain);

// Lines `name  value`, the values under each other and wrapped; empty values are left out.
class Facts {
 public:
  void add(std::string_view name, std::string_view value, Tone tone = Tone::plain);
  std::string text(const Look& look, std::size_t indent = 0) const;

 private:
  struct Fact {
    std::string name, value;
    Tone tone;
  };
  std::vector<Fact> facts_;
};

// The clocks of a mail under their heading, one a line, the one that counts marked.
std::string clocks_block(const std::vector<ClockRow>& rows, const Look& look);

}  // namespace papertray
