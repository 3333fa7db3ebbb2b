#include "report/init.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/printable.h"
#include "report/json_value.h"

namespace papertray {
namespace {

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

// A receipt is one of a dozen files: their folder is enough.
std::string written_text(const InitView& view) {
  const std::string receipts = folder_of(view.config) + "/receipts";
  std::string text;
  bool told = false;
  for (const std::string& path : view.written) {
    const bool receipt = folder_of(path) == receipts;
    if (receipt && told) continue;
    told = told || receipt;
    text += "  " + one_line(receipt ? receipts + "/ (the receipts' words)" : path) + "\n";
  }
  return text;
}

std::string test_text(const InitView& view) {
  if (!view.test) return "The login was not tried.\n";
  std::string text =
      fmt::format("Logged in to {} ({} mail{} there) and to {}. Nothing was changed or sent.\n",
                  one_line(view.test->imap), view.test->mails, view.test->mails == 1 ? "" : "s",
                  one_line(view.test->smtp));
  for (const std::string& remark : view.test->remarks)
    text += "But: " + one_line(remark) + "\n";
  return text;
}

}  // namespace

std::string init_text(const InitView& view) {
  const std::string who = view.service_user.empty() ? "" : "sudo -u " + view.service_user + " ";
  const std::string papertray =
      who + "papertray" + (view.service_user.empty() ? " --config " + one_line(view.config) : "");
  std::string text = "\nWritten:\n" + written_text(view) + test_text(view) + "\nNext:\n";
  const auto step = [&](const std::string& command, const std::string& what) {
    text += "  " + command + "\n      " + what + "\n";
  };
  step(papertray + " doctor", "whether all of it holds: rules, deadlines, disk, sandbox, logins");
  step(papertray + " run --once --dry-run",
       "what would become of the mails that are there; changes nothing");
  if (view.service_user.empty())
    step(papertray + " run",
         "the daemon: takes mail in and " +
             std::string(view.mode == "send" ? "answers it" : "queues what is to be answered") +
             " until it is ended");
  else
    step("systemctl enable --now papertray",
         "the daemon, from now on and after each start of the machine");
  if (view.mode == "hold")
    step(papertray + " list outbox",
         "what would be sent; `outbox send` lets it go, mode = \"send\" in the configuration "
         "sends by itself");
  return text;
}

std::string init_json(const InitView& view) {
  json::Value value = json::document("init");
  value["config"] = json::words(view.config);
  value["rules"] = json::words(view.rules);
  value["written"] = json::list(view.written);
  value["test"] = nullptr;
  if (view.test)
    value["test"] = {{"imap", json::words(view.test->imap)},
                     {"smtp", json::words(view.test->smtp)},
                     {"mails", view.test->mails},
                     {"remarks", json::list(view.test->remarks)}};
  return json::printed(value);
}

}  // namespace papertray
