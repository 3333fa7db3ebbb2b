// Subjects that only machines write. Internal to core.
//
// A subject alone is a weak sign: people write about bounces, too ("Mail delivery failed, please help").
// So only what nobody types counts by itself; the rest wants a second sign (automatic.cc).
#pragma once

#include <string_view>
#include <vector>

namespace papertray {

// All take the subject as fold_text makes it, so that a leading `Re:` or `Fwd:` is still there: what
// carries one is a person's. They give the words that were found, or "".

// "automatic reply:", "abwesenheitsnotiz:": vacation programs that set no header.
std::string_view auto_reply_subject(std::string_view folded);

// Whole subjects of bounces that no person types: "undelivered mail returned to sender".
std::string_view sure_bounce_subject(std::string_view folded);

// Beginnings of bounces' subjects: "undeliverable:", "mail delivery failed".
std::string_view bounce_subject(std::string_view folded);

// "delivery status notification (delay)", "warning: could not send message for past 4 hours".
std::string_view delay_subject(std::string_view folded);

// Beginnings of spam complaints by mail: "complaint about message from".
std::string_view complaint_subject(std::string_view folded);

// Every entry of every table, for a test: they must be folded, or they match nothing.
std::vector<std::string_view> automatic_subjects();

}  // namespace papertray
