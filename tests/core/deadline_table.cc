// Deadlines from standard input, a line each: TEXT tab ZONE OF THE WORKSHOP tab RECEIVED, in seconds
// since 1970. What they mean goes to standard output for deadlines_test.py, which asks somebody else.
#include <iostream>
#include <string>

#include "core/deadline.h"
#include "core/error.h"

using namespace papertray;

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    const std::string zone = line.substr(first + 1, second - first - 1);
    const Time received{Seconds{std::stoll(line.substr(second + 1))}};
    try {
      const Deadline due = parse_deadline(line.substr(0, first), zone);
      const Lateness late = lateness(due, received);
      std::cout << due.last.time_since_epoch().count() << '\t' << (late.on_time ? "on time" : "late")
                << '\t' << late.margin.count() << '\t' << span_text(late.margin) << '\t'
                << local_text(due.last, zone) << '\t'
                << (due.remark.find("comes twice") != std::string::npos ? "twice" : "once") << '\n';
    } catch (const Failure& failure) {
      std::cout << "! " << failure.error().text << '\n';
    }
  }
  return 0;
}
