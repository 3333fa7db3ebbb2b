// What `init` wrote, and what to do next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace papertray {

struct InitTest {
  std::string imap;  // "imap.gmail.com:993", where the login was tried
  std::string smtp;
  std::int64_t mails = 0;            // in the folders that are read
  std::vector<std::string> remarks;  // a folder that is not there
};

struct InitView {
  std::string config;
  std::string rules;
  std::string mode;                  // of receipts
  std::string service_user;          // whom the installed service runs as; "" when it is not for it
  std::vector<std::string> written;  // all files, the configuration last
  std::optional<InitTest> test;      // nullopt: not asked for
};

std::string init_text(const InitView& view);
std::string init_json(const InitView& view);

}  // namespace papertray
