// What has been taken in already, a batch included that is being recorded right now.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "intake/known.h"
#include "intake/log.h"

namespace papertray {

class InFlight : public Known {
 public:
  // `entries` may be nullptr: nothing is in flight.
  InFlight(const Known& recorded, const std::vector<LogEntry>* entries) : recorded_(recorded) {
    if (!entries) return;
    for (const LogEntry& entry : *entries) {
      if (const auto* mail = std::get_if<LoggedMail>(&entry.what)) {
        hashes_.insert(mail->sha256);
        places_.insert(mail->facts.place);
      } else if (const auto& what = std::get<Event>(entry.what).what;
                 const auto* again = std::get_if<SeenAgain>(&what)) {
        places_.insert(again->facts.place);
      } else if (const auto* gone = std::get_if<Vanished>(&what)) {
        places_.insert(gone->place);
      } else if (const auto* refused = std::get_if<Refused>(&what)) {
        places_.insert(refused->place);
      }
    }
  }

  std::uint32_t last_uid(const std::string& account, const std::string& folder,
                         std::uint32_t uidvalidity) const override {
    std::uint32_t last = recorded_.last_uid(account, folder, uidvalidity);
    for (const Place& place : places_)
      if (place.account == account && place.folder == folder && place.uidvalidity == uidvalidity)
        last = std::max(last, place.uid);
    return last;
  }
  bool seen(const Place& place) const override {
    return places_.contains(place) || recorded_.seen(place);
  }
  std::vector<std::uint32_t> unmarked(const std::string& account, const std::string& folder,
                                      std::uint32_t uidvalidity) const override {
    return recorded_.unmarked(account, folder, uidvalidity);
  }
  bool has_message(const std::string& sha256) const override {
    return hashes_.contains(sha256) || recorded_.has_message(sha256);
  }
  std::optional<SpamMail> spam_mail(const std::string& sha256) const override {
    return recorded_.spam_mail(sha256);
  }
  std::optional<SpamMail> mail_on_record(const std::string& sha256) const override {
    return recorded_.mail_on_record(sha256);
  }

 private:
  const Known& recorded_;
  std::set<std::string> hashes_;
  std::set<Place> places_;
};

}  // namespace papertray
