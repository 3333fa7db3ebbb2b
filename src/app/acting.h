// What the commands of people have in common: who acts, what the things stand at, and the one event that
// is written when all of it may be done.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/globals.h"
#include "app/workspace.h"
#include "core/rules.h"
#include "desk/judge.h"
#include "report/acts.h"
#include "report/reader.h"

namespace papertray {

struct ActBy {
  std::string actor;  // --as, "" for the login name
  std::string note;   // --note
};

// Open while one command is at it: the turn to write, all of the log applied.
class Acting {
 public:
  Acting(const Globals& globals, const ActBy& by, const std::string& command);
  ~Acting();

  const std::string& actor() const { return actor_; }
  const std::string& note() const { return note_; }
  const Reader& reader() const { return *reader_; }
  const Rules& rules() const { return rules_; }
  const Config& config() const { return config_; }
  Workspace& workspace() { return *workspace_; }

  std::optional<Standing> standing(const std::string& id) const;  // nullopt: there is none
  Standing required(const std::string& id) const;                 // Failure (not_there)
  MessageStanding message(const std::string& id) const;           // Failure (not_there)

  // All or nothing: a refusal is a Failure (not_there) before anything is written. What is so already
  // is told and is no mistake.
  struct Wanted {
    Act act;
    ActVerdict verdict;
  };
  void act(const std::string& command, const std::vector<Wanted>& wanted);
  void write(decltype(Event::what) what);

  void tell(const ActedView& view) const;

 private:
  const Globals& globals_;
  Config config_;
  Rules rules_;
  std::string actor_;
  std::string note_;
  std::unique_ptr<Watcher> lines_;
  std::unique_ptr<Turn> turn_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace papertray
