#include "app/readers.h"

#include <algorithm>
#include <utility>

#include "app/rules_file.h"
#include "app/workspace.h"
#include "store/sqlite_reader.h"

namespace papertray {

Rules present_rules(const Config& config) {
  return read_rules(load_rules(config));
}

void check_rules(const Config& config) {
  static_cast<void>(present_rules(config));
}

std::unique_ptr<Reader> open_reader(const Config& config) {
  return SqliteReader::open(database_path(config));
}

std::unique_ptr<Reader> open_reader_if_there(const Config& config) {
  try {
    return open_reader(config);
  } catch (const Failure& failure) {
    if (failure.error().exit != Exit::not_there) throw;
    return nullptr;
  }
}

void complete_tracks(Counts& counts, const Rules& rules) {
  std::vector<TrackCounts> all;
  for (const Track& track : rules.tracks) {
    const auto found = std::ranges::find(counts.tracks, track.id, &TrackCounts::track);
    if (found != counts.tracks.end())
      all.push_back(*found);
    else
      all.push_back({.track = track.id});
  }
  // A track that the rules no longer have still shows what it got.
  for (const TrackCounts& track : counts.tracks)
    if (std::ranges::find(all, track.track, &TrackCounts::track) == all.end()) all.push_back(track);
  counts.tracks = std::move(all);
}

}  // namespace papertray
