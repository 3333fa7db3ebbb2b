// What the rules say of the public site: `[site]`. All of it is the organizers' own text.
#pragma once

#include <string>
#include <vector>

#include "core/deadline.h"

namespace papertray {

struct SiteRules {
  std::string event;  // "NIPS 2017 workshop"
  std::string date;   // "2017-12-09", "" when it is not known
  std::string place;  // "Long Beach, California"
  std::string url;    // where the site will stand, with a slash at its end; "" when not known
  std::vector<std::string> about;  // paragraphs
  bool posters = true;             // accepted papers have poster numbers
  bool questions = false;          // the panels' questions are shown

  struct Link {
    std::string text;
    std::string url;  // http:// or https://
  };
  std::vector<Link> links;

  struct Date {
    std::string what;  // "Decisions"
    Deadline at;
  };
  std::vector<Date> dates;  // beside the tracks' deadlines

  struct Session {
    std::string time;  // "9:00"
    std::string what;
    std::string who;
  };
  std::vector<Session> program;

  struct Panel {
    std::string title;
    std::string who;
  };
  std::vector<Panel> panels;  // the first one is panel 1
};

}  // namespace papertray
