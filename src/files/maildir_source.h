// A Maildir: new/ and cur/. Other programs move and rename its files at any time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "files/hand_over.h"
#include "files/maildir_name.h"
#include "files/read_file.h"
#include "intake/clock.h"
#include "intake/mailbox_source.h"

namespace papertray {

class MaildirSource : public MailboxSource {
 public:
  // `path` is absolute. `after` is the configuration's word for what mark() does: "none"; "flag": to
  // cur/ with the flag S; "move:FOLDER": to the Maildir++ folder PATH/.FOLDER, made when it is missing.
  // Throws Failure (account, configuration) on any other word, or a FOLDER that would lie elsewhere.
  MaildirSource(std::string path, const Clock& clock, const std::string& after = "none");

  // Place: account "maildir:PATH", name: the file's name without its flags. Throws Failure (folder) when
  // neither new/ nor cur/ can be listed.
  std::size_t fetch(const SeenPlaces& seen, const BatchLimits& limits, MailReceiver& to) override;
  // Also those that fetch passed over as recorded and found in new/ still: a kill came before their
  // mark. A mail that is gone is left out. Failure (folder) with the first that failed, after trying
  // all.
  std::vector<Place> mark(std::span<const Place> places) override;
  std::string name() const override { return account(); }

 private:
  struct Found {
    std::string folder;  // "new" or "cur"
    std::string file;    // the name with flags
  };

  std::string account() const { return "maildir:" + path_; }
  Place place(const std::string& base) const;
  void list();
  std::optional<Found> look_for(const std::string& base) const;
  void take(const std::string& base, Budget& budget, MailReceiver& to);
  bool mark_one(const std::string& base);
  std::string file_path(const Found& found) const;

  std::string path_;
  const Clock& clock_;
  enum class After { none, flag, move } after_ = After::none;
  std::string folder_;                  // PATH/.FOLDER when moving
  std::map<std::string, Found> found_;  // by base name; a listing grows old
  std::vector<std::string> order_;      // base names of the present pass, oldest first
  std::size_t next_ = 0;
  bool listed_ = false;
  std::vector<Place> overdue_;  // recorded, but not marked
};

}  // namespace papertray
