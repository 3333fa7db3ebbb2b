// A workshop's rules as data: what `rules/dlsc2017.toml` says, checked. Nothing of a workshop is in
// the code. Reading the file is app/'s business; the deadlines' texts are already understood here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/deadline.h"
#include "core/paper_style.h"
#include "core/send_limits.h"
#include "core/site_rules.h"

namespace papertray {

enum class Needs { pdf, text };

struct Track {
  std::string id;                     // "papers"
  std::string prefix;                 // "P": submissions are P-1, P-2, ...
  std::vector<std::string> subjects;  // phrases, as written; the first names the track for people
  Needs needs = Needs::text;
  std::optional<Deadline> due;
  std::optional<Deadline> final_due;
  int panels = 0;  // 0: no panels
  // Format, told to authors in receipts; checked by the paper check.
  std::string paper;  // "letter", "a4" or ""
  int pages = 0;      // 0: no limit
  std::string style;  // "nips2017" or ""
};

struct Rules {
  std::string workshop;  // name
  std::string timezone;  // IANA; receipts tell times in it
  std::string address;   // where authors write to
  std::string from;      // the From field of what we send, "Name <address>"; "" when nothing is sent
  std::vector<std::string> own_addresses;  // all addresses of ours: never answered
  std::vector<Track> tracks;
  // By the track's id: what is asked of its PDFs, those without a style of their own too.
  std::map<std::string, PaperStyle> styles = {};
  bool checks = false;  // [check] mode: papers are looked into, and receipts wait a while for that
  std::map<std::string, std::string> templates;  // "received" -> mustache text
  std::string authserv;  // whose Authentication-Results to believe (authserv_pattern), "" for nobody's
  SendLimits limits;     // of the configuration; per_address counts here
  SiteRules site;

  const Track* track(const std::string& id) const;
};

}  // namespace papertray
