// The pieces that JSON in the log is made of. Internal to log/.
//
// Texts must come back byte for byte: one that is valid UTF-8 is a JSON string, any other an object
// {"hex": "..."}. Times are RFC 3339 in UTC, or a number of seconds where that has no text.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/time.h"
#include "intake/place.h"

namespace papertray {

// A field that holds what it cannot hold. The readers below throw this or nlohmann::json::exception.
class OddField : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

nlohmann::json text_to_json(std::string_view text);
std::string text_from_json(const nlohmann::json& json);

nlohmann::json time_to_json(Time time);
Time time_from_json(const nlohmann::json& json);

nlohmann::json place_to_json(const Place& place);
Place place_from_json(const nlohmann::json& json);

nlohmann::json facts_to_json(const MailFacts& facts);
MailFacts facts_from_json(const nlohmann::json& json);

// The value of the attribute `facts`. facts_from_text throws Failure (store) naming `entry`.
std::string facts_to_text(const MailFacts& facts);
MailFacts facts_from_text(std::string_view text, std::string_view entry);

// The value of the attribute `imap`; "" for a mail that is not from IMAP.
std::string imap_text(const Place& place);

}  // namespace papertray
