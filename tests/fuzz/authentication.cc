// A server's word about a sender, or what passes itself off as one.
#include "core/authentication.h"

#include <string>
#include <string_view>

#include "core/authentication_results.h"
#include "fuzz/target.h"

using namespace papertray;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view data = fuzz::text_of(bytes, size);
  const auto results = parse_authentication_results(data);
  Message message;
  message.from = {{"Ada", "ada@uni.example"}};
  message.headers = {{"Authentication-Results", std::string(data)}};
  for (const char* server : {"mx.google.com", "*.messagingengine.com", "-"}) {
    const Authentication found = authenticate(message, server);
    fuzz::expect(!found.reason.empty(), "a reason is told");
    fuzz::expect(found.reason.find_first_of("\r\n") == std::string::npos, "on one line");
    fuzz::expect(found.reason.size() < 1000, "and a short one");
    // Nobody proves anything without a method that passes.
    if (found.proof != SenderProof::passed) continue;
    bool passes = false;
    for (const AuthMethod& method : results.value().methods)
      passes = passes || method.result == "pass";
    fuzz::expect(passes, "a proof has a method that passes");
  }
  // Below a failure of the server's own it changes nothing.
  message.headers.insert(message.headers.begin(), {"Authentication-Results",
                                                   "mx.google.com; dmarc=fail header.from=uni.example"});
  fuzz::expect(authenticate(message, "mx.google.com").proof == SenderProof::failed,
               "the topmost field of the server decides");
  return 0;
}
