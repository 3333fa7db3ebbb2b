#include "report/explain.h"

#include <utility>

namespace papertray {

std::vector<ClockRow> clock_rows(const MailClocks& clocks, std::string_view counted) {
  std::vector<ClockRow> rows;
  const auto put = [&](ClockUsed clock, const char* key, std::optional<Time> at) {
    const std::string_view name = clock_name(clock);
    rows.push_back({std::string(name), key, at, at && name == counted});
  };
  put(ClockUsed::internaldate, "internaldate", clocks.internaldate);
  put(ClockUsed::received, "received", clocks.received);
  put(ClockUsed::delivery_date, "delivery_date", clocks.delivery_date);
  put(ClockUsed::mbox_from, "mbox_from", clocks.mbox_from);
  put(ClockUsed::file_time, "file_time", clocks.file_time);
  put(ClockUsed::fetched, "fetched", clocks.fetched);
  rows.push_back({"Date, the sender's word", "date", clocks.date, false});
  return rows;
}

MailClocks clocks_of(const ShownMessage& shown) {
  return {.internaldate = shown.internaldate,
          .received = shown.received_header,
          .delivery_date = shown.delivery_date,
          .mbox_from = shown.mbox_from,
          .file_time = shown.file_time,
          .date = shown.date,
          .fetched = shown.fetched};
}

}  // namespace papertray
