// Threads that look into papers, each with a reader process of its own. Knows nothing of receipts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/checked_paper.h"
#include "core/paper_style.h"
#include "intake/paper_inspector.h"
#include "intake/paper_stock.h"

namespace papertray {

class CheckPool {
 public:
  struct Job {
    PaperOnRecord paper;
    PaperStyle style;
    bool urgent = false;  // before all others
  };
  struct Done {
    PaperOnRecord paper;
    std::string style, style_version;
    std::optional<CheckedPaper> found;  // nullopt: the stock does not have it, or `failure`
    std::string failure;                // one sentence
  };

  // `news` is called from a thread when something urgent is there to take. The others outlive the pool.
  CheckPool(
      PaperInspector& inspector, PaperStock& stock, std::size_t threads,
      std::function<void()> news = [] {});
  // Jobs that were not begun are dropped; the inspector must see by itself that the program ends.
  ~CheckPool();
  CheckPool(const CheckPool&) = delete;
  CheckPool& operator=(const CheckPool&) = delete;

  void add(Job job);
  std::vector<Done> take();
  // Until something is there to take, at most so long.
  void wait(std::chrono::milliseconds at_most);

 private:
  void end();
  void work();
  Done look(const Job& job);

  PaperInspector& inspector_;
  PaperStock& stock_;
  std::function<void()> news_;
  std::mutex mutex_;
  std::condition_variable work_, done_;
  std::deque<Job> jobs_;
  std::vector<Done> finished_;
  bool ends_ = false;
  std::vector<std::jthread> threads_;  // last: they use the others
};

}  // namespace papertray
