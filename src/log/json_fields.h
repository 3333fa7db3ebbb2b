// The pieces that JSON in the log is made of: written by put_..., read back by ..._from_json. How texts
// and times stand in it, json_text.h tells. Internal to log/.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/time.h"
#include "intake/place.h"
#include "log/json_text.h"

namespace papertray {

// A field that holds what it cannot hold. The readers below throw this or nlohmann::json::exception.
class OddField : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string text_from_json(const nlohmann::json& json);
Time time_from_json(const nlohmann::json& json);

void put_place(JsonText& to, const Place& place);
Place place_from_json(const nlohmann::json& json);

void put_facts(JsonText& to, const MailFacts& facts);
MailFacts facts_from_json(const nlohmann::json& json);

std::string_view receipts_word(Receipts receipts);
Receipts receipts_from_json(const nlohmann::json& json);

// The value of the attribute `facts`. facts_from_text throws Failure (store) naming `entry`.
std::string facts_to_text(const MailFacts& facts);
MailFacts facts_from_text(std::string_view text, std::string_view entry);

// The value of the attribute `imap`; "" for a mail that is not from IMAP.
std::string imap_text(const Place& place);

}  // namespace papertray
