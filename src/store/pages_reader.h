// What pages need beyond the lists of SqliteReader. Public header of store/ for app/.
//
// Everything is of one moment: a snapshot is held from open() on, beside any writer. One thread.
// Failures are Failure (store).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "report/dashboard.h"
#include "report/replay.h"

namespace papertray {

class Connection;
class Snapshot;

// An accepted paper, as its readers get it: its final copy where there is one.
struct AcceptedPaper {
  std::string id;  // "P-7"
  std::string track;
  std::string title;  // "" when nobody has said one
  // As a person named them, else as its PDF does; the submitter's name where that says nobody.
  std::string authors;
  int place = 0;     // in the order of acceptance among all that ever were accepted, from 1
  std::string file;  // in papers/
  std::uint64_t size = 0;
  std::string sha256;
};

struct PanelQuestion {
  std::string id;  // "Q-3"
  int panel = 0;
  std::string text;
};

// One version of a paper, for plots.
struct Arrival {
  std::int64_t submission = 0;  // a number that tells them apart
  int version = 0;
  Time received{};
  bool on_time = true;
  std::int64_t margin_s = 0;
};

// A receipt that was handed over: when its mail came, and when it left.
struct Answered {
  Time received{};
  Time taken_in{};  // when its mail was read
  Time sent{};
};

class PagesReader {
 public:
  // Throws as SqliteReader::open does.
  static std::unique_ptr<PagesReader> open(const std::string& path);
  ~PagesReader();

  std::vector<AcceptedPaper> accepted() const;                   // by place
  std::unordered_map<std::string, std::string> authors() const;  // of "P-7": as in AcceptedPaper
  std::vector<PanelQuestion> panel_questions() const;            // shown ones, by panel and number
  std::vector<Arrival> arrivals() const;  // of all papers that are not merged, in time order
  std::vector<Answered> answered() const;
  // Of the papers that stand, as they would be printed; the most frequent first.
  std::vector<FindingCount> findings() const;
  std::vector<ReplayedMail> decided() const;  // every message, by number

 private:
  explicit PagesReader(std::unique_ptr<Connection> db);

  std::unique_ptr<Connection> db_;
  std::unique_ptr<Snapshot> still_;
};

}  // namespace papertray
