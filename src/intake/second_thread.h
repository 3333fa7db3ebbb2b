// One thread that lasts, and does one thing after the other.
//
// Not std::async: the inspector's process asks the kernel to end it with the thread that started it
// (PR_SET_PDEATHSIG), so a thread for each batch meant an inspector for each batch.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

namespace papertray {

class SecondThread {
 public:
  SecondThread() : thread_([this] { work(); }) {}
  ~SecondThread() {
    {
      const std::lock_guard hold(mutex_);
      ends_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  SecondThread(const SecondThread&) = delete;
  SecondThread& operator=(const SecondThread&) = delete;

  // Runs `task` when those before are done. What it throws comes with the future.
  template <class Task>
  std::future<std::invoke_result_t<Task>> run(Task task) {
    auto packaged = std::make_shared<std::packaged_task<std::invoke_result_t<Task>()>>(std::move(task));
    auto result = packaged->get_future();
    {
      const std::lock_guard hold(mutex_);
      waiting_.push_back([packaged] { (*packaged)(); });
    }
    changed_.notify_one();
    return result;
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock hold(mutex_);
        changed_.wait(hold, [this] { return !waiting_.empty() || ends_; });
        if (waiting_.empty()) return;
        task = std::move(waiting_.front());
        waiting_.pop_front();
      }
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool ends_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace papertray
