// One mail that waits for a person, as a screen of a terminal: everything fits, whatever a stranger
// wrote.
#pragma once

#include <string>
#include <vector>

#include "report/look.h"

namespace papertray {

struct TriageChoice {
  std::string key;   // "1"
  std::string what;  // "take as papers"
  bool own_line = false;
};

struct TriageScreen {
  std::string id;
  int number = 1, of = 1;
  std::string from;  // name and address
  std::string subject;
  Time received{};
  std::string why;  // why the machine stopped
  std::vector<std::string> notes;
  std::vector<std::string> attachments;  // "paper.pdf, 217,342 bytes, PDF"
  std::string text;
  std::vector<TriageChoice> choices;
  std::string said;  // what the last key did, "" for nothing
  int scroll = 0;    // lines of the text above the screen
};

// Exactly `height` lines of at most look.width columns; at least 6 lines are drawn. `scroll` is brought
// into the text's length.
std::vector<std::string> triage_lines(TriageScreen& screen, const Look& look, int height);

// Where to write by hand.
std::vector<std::string> by_hand_lines(const TriageScreen& screen, const std::string& to,
                                       const Look& look, int height);

}  // namespace papertray
