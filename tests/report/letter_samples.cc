// What the tests of report/ show of letters that organizers send.
#include "report/samples.h"

namespace papertray::sample {

NoticesView notices() {
  return {.command = "notify decisions",
          .rows = {{.id = "P-7",
                    .title = "Scaling Batch Norm to 4,096 Nodes",
                    .kind = "accepted",
                    .to = "ada@example.org",
                    .step = "write",
                    .text = ""},
                   {.id = "P-8",
                    .title = "Other Things",
                    .kind = "rejected",
                    .to = "bob@example.org",
                    .step = "again",
                    .text = "was told \"accepted\" before; --again writes the new decision"},
                   {.id = "P-9",
                    .title = "",
                    .kind = "accepted",
                    .to = "",
                    .step = "person",
                    .text = "a person has to write: the sender is not proven: spf=fail"}},
          .samples = {{"accepted",
                       {"[P-7] Your paper is accepted - NIPS Workshop Papers",
                        "Hello,\n\nwe are glad.\n", ""}}},
          .sample_to = {"ada@example.org"}};
}

}  // namespace papertray::sample
