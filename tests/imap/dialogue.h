// Pieces of scripted dialogues with an IMAP server, and a source that speaks to the script.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "imap/source.h"
#include "support/mail_receiver.h"
#include "support/scripted_wire.h"

namespace papertray::testing {

class FixedClock : public Clock {
 public:
  Time now() const override { return Time(Seconds(1509753599)); }
};

// The first words. The server's answer to the login is cut in two by the hand-over: its rest is noise.
inline Script hello(const std::string& capabilities = "IMAP4rev1 UIDPLUS MOVE") {
  Script script;
  script.client("pt1 NOOP").client("pt2 CAPABILITY");
  script.raw("LITY IMAP4rev1] Logged in\r\n* CAPABILITY OLD\r\npt1 OK NOOP\r\n");
  script.server("* CAPABILITY " + capabilities).server("pt2 OK done");
  return script;
}

// pt3 SELECT "INBOX" and its answer.
inline Script& select(Script& script, const std::string& tag = "pt3",
                      const std::string& command = "SELECT \"INBOX\"", int uidvalidity = 7,
                      int uidnext = 13) {
  script.client(tag + " " + command);
  script.server("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)");
  script.server("* OK [PERMANENTFLAGS (\\Answered \\Seen \\Deleted \\*)] Flags permitted.");
  script.server("* 3 EXISTS").server("* 0 RECENT");
  script.server("* OK [UIDVALIDITY " + std::to_string(uidvalidity) + "] UIDs valid");
  script.server("* OK [UIDNEXT " + std::to_string(uidnext) + "] Predicted next UID");
  return script.server(tag + " OK [READ-WRITE] Select completed.");
}

inline std::string announced(int number, int uid, std::size_t size) {
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(uid) + " RFC822.SIZE " +
         std::to_string(size) + " INTERNALDATE \"03-Nov-2017 16:59:59 -0700\" FLAGS (\\Recent $X))";
}

inline std::string handed(int number, int uid, const std::string& mail) {
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(uid) + " BODY[] {" +
         std::to_string(mail.size()) + "}\r\n" + mail + ")";
}

inline const std::string list_items = "(UID RFC822.SIZE INTERNALDATE FLAGS)";

inline ImapSettings settings(After after = {}, std::vector<std::string> folders = {"INBOX"}) {
  ImapSettings result;
  result.server.url = "imaps://imap.test";
  result.server.user = "desk@example.org";
  result.folders = std::move(folders);
  result.after = std::move(after);
  return result;
}

// A source whose connections are these scripts, one after the other.
struct Talk {
  explicit Talk(std::deque<Script> scripts, ImapSettings with = settings(), std::size_t piece = 4096)
      : waiting(std::move(scripts)),
        source(std::move(with), clock, [this, piece](const Server&) -> std::unique_ptr<Wire> {
          if (waiting.empty()) throw OffScript("one connection more than the script has");
          ++connections;
          auto wire = std::make_unique<ScriptedWire>(waiting.front(), piece);
          waiting.pop_front();
          return wire;
        }) {}

  std::size_t fetch(const BatchLimits& limits = {}) { return source.fetch(seen, limits, got); }

  FixedClock clock;
  std::deque<Script> waiting;
  int connections = 0;
  RememberedPlaces seen;
  RecordingReceiver got;
  ImapSource source;
};

inline Place inbox(std::uint32_t uid, std::uint32_t uidvalidity = 7) {
  return Place{"imaps://desk@example.org@imap.test", "INBOX", uidvalidity, uid, ""};
}

}  // namespace papertray::testing
