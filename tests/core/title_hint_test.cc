// Which other submission a PDF's title points to.
#include "core/title_hint.h"

#include <doctest/doctest.h>

#include "core/title.h"

using namespace papertray;

namespace {

Candidate candidate(int number, const std::string& address, const std::string& title,
                    const std::string& paper_title = "") {
  Candidate one;
  one.number = number;
  one.addresses = {address};
  if (!title.empty()) one.titles = {comparable_title(title)};
  if (!paper_title.empty()) one.paper_titles = {comparable_title(paper_title)};
  return one;
}

Incoming incoming(const std::string& title) {
  Incoming one;
  one.sender = "ada@example.org";
  one.title = comparable_title(title);
  one.prefix = "P";
  one.number = 9;
  return one;
}

}  // namespace

TEST_CASE("a PDF's title tells of another submission") {
  const Candidate bob = candidate(3, "bob@example.org", "", "Sparse Gradients on Many Nodes");
  const Candidate ada = candidate(4, "ada@example.org", "Sparse Gradients on Many Nodes");
  const Candidate near = candidate(5, "bob@example.org", "Sparse Gradients on Very Many Nodes");
  Candidate gone = bob;
  gone.state = SubmissionState::withdrawn;
  const Candidate self = candidate(9, "ada@example.org", "", "Sparse Gradients on Many Nodes");
  struct Row {
    std::vector<Candidate> others;
    const char* title;
    const char* hint;
  };
  const Row rows[] = {
      {{bob},
       "Sparse gradients, on many nodes",
       "its PDF has the title of P-3 from another address; if it is the same paper: papertray merge P-9 "
       "--into P-3"},
      {{self, near, ada},
       "Sparse Gradients on Many Nodes",
       "its PDF has the title of P-4 of the same sender; if it is the same paper: papertray merge P-9 "
       "--into P-4"},
      {{near},
       "Sparse Gradients on Many Nodes",
       "its PDF has a title similar to that of P-5 from another address; if it is the same paper: "
       "papertray merge P-9 --into P-5"},
      {{gone, self}, "Sparse Gradients on Many Nodes", ""},
      {{bob}, "Something Else Entirely", ""},
      {{bob}, "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.title));
    CHECK(title_hint(incoming(row.title), row.others) == row.hint);
  }
}
