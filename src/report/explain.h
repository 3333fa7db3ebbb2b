// Why one mail went where it went, as plain data: a message of the database, or a file that somebody
// asks about. The decision is what the present rules say; what is on record stands beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/may_reply.h"
#include "core/received_at.h"
#include "core/route.h"
#include "report/reader.h"

namespace papertray {

struct ExplainView {
  std::string what;  // "M-12", or the file's name
  std::string message_id;
  std::string from;  // bare address
  std::string from_name;
  std::string subject;
  std::uint64_t size = 0;  // bytes of the mail
  std::string sha256;      // of the mail

  MailClocks clocks;
  ReceivedAt received;  // which of them counted, and the note when they differ

  std::string spam_folder;  // that it was found in and owes its fate to, "" for none

  std::vector<std::string> notes;  // of the inspector: what is odd about the mail
  Decision decision;               // with the trace
  MayReply may_reply;

  std::string submission;    // "P-7" that it became or belongs to, "" for none
  int version = 0;           // 0: none
  std::string match_reason;  // why that one
  std::string match_note;    // for a person; "" for none

  std::optional<Fate> recorded_fate;  // what the database holds; nullopt when it does not know the mail
  std::string recorded_reason;
};

struct ClockRow {
  std::string name;  // for people: clock_name, or what Date is
  std::string key;  // for programs: internaldate received delivery_date mbox_from file_time fetched date
  std::optional<Time> at;
  bool counts = false;
};

// All clocks, those that count before others first, Date last. `counted` is a clock_name.
std::vector<ClockRow> clock_rows(const MailClocks& clocks, std::string_view counted);

MailClocks clocks_of(const ShownMessage& shown);

}  // namespace papertray
