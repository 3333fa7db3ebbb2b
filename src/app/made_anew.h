// A database made anew from the log, for looking at: in a folder of its own that nobody else may read
// and that is gone with the object. Neither the desk's database nor its papers are touched, and nothing
// is sent.
#pragma once

#include <functional>
#include <string>

#include "app/globals.h"
#include "core/rules.h"
#include "intake/log.h"

namespace papertray {

// Rules as the log has them. Throws Failure (store) when this papertray does not understand them.
Rules rules_of_log(const RulesLoaded& loaded);

struct Anew {
  LogPosition end;  // the log is applied up to here
  std::function<Rules(const RulesLoaded&)> rules = rules_of_log;
  std::function<bool(const LogEntry&)> keep = [](const LogEntry&) {
    return true;
  };  // the rest is passed over
};

// Holds what the desk's database holds, so nobody else may look into it. Gone with the object.
class PrivateFolder {
 public:
  explicit PrivateFolder(const std::string& purpose);
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class MadeAnew {
 public:
  // `purpose` is one word for the folder's name. Stops when asked to (Stopped).
  MadeAnew(const Log& log, const Anew& anew, const Globals& globals, const std::string& purpose);

  std::string database() const { return folder_.path() + "/papertray.db"; }

 private:
  PrivateFolder folder_;
};

}  // namespace papertray
