// The database as an audit looks at it. Public header of store/ for app/.
//
// Everything is of the moment of open(): a snapshot is held until the end, beside any writer, who is not
// kept from writing. One thread. Failures are Failure (store); a damaged page may show at any call.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "intake/log.h"
#include "intake/mailbox_source.h"

namespace papertray {

class Connection;
class Snapshot;

// What must add up: every mail is a message, or a place with a fate of its own.
struct FateCounts {
  std::int64_t messages = 0;
  std::int64_t lost_places = 0;  // vanished, or not handed over
  // Of both together.
  std::int64_t recorded = 0, triage = 0, ignored = 0, quarantined = 0, vanished = 0;
  std::int64_t places_of_nothing = 0;  // whose message is not there, which must not be
};

struct RecordedPaper {
  std::string file;  // "P-007_v2.pdf"
  std::uint64_t size = 0;
  std::string sha256;
};

class AuditReader : public SeenPlaces {
 public:
  // Throws as SqliteReader::open does.
  static std::unique_ptr<AuditReader> open(const std::string& path);
  ~AuditReader() override;

  LogPosition position() const;
  // Whether SQLite finds its pages, indices, constraints and references sound: "", or the first thing
  // that it says.
  std::string fault() const;
  FateCounts fates() const;
  void each_paper(const std::function<void(const RecordedPaper&)>& paper) const;
  std::int64_t being_sent() const;  // rows of the outbox

  // first_difference (compare.h) from another database, the one that the log says.
  std::string difference_from(const std::string& path) const;

  // A place is seen when it has a fate: one of its own, or its message's.
  std::uint32_t last_uid(const std::string& account, const std::string& folder,
                         std::uint32_t uidvalidity) const override;
  bool seen(const Place& place) const override;
  std::vector<std::uint32_t> unmarked(const std::string&, const std::string&,
                                      std::uint32_t) const override {
    return {};
  }
  // Of one folder under one UIDVALIDITY, with UIDs below `below`; 0: all.
  std::int64_t places_seen(const Place& folder, std::uint32_t below) const;

 private:
  explicit AuditReader(std::unique_ptr<Connection> db);

  std::unique_ptr<Connection> db_;
  std::unique_ptr<Snapshot> still_;
};

}  // namespace papertray
