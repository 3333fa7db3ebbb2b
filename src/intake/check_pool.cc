#include "intake/check_pool.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "core/error.h"

namespace papertray {

CheckPool::CheckPool(PaperInspector& inspector, PaperStock& stock, std::size_t threads,
                     std::function<void()> news)
    : inspector_(inspector), stock_(stock), news_(std::move(news)) {
  try {
    for (std::size_t i = 0; i < std::max<std::size_t>(1, threads); ++i)
      threads_.emplace_back([this] { work(); });
  } catch (...) {
    end();  // those that began would be waited for without end
    throw;
  }
}

CheckPool::~CheckPool() {
  end();
}

void CheckPool::end() {
  {
    const std::lock_guard hold(mutex_);
    ends_ = true;
    jobs_.clear();
  }
  work_.notify_all();
}

void CheckPool::add(Job job) {
  {
    const std::lock_guard hold(mutex_);
    if (job.urgent)
      jobs_.push_front(std::move(job));
    else
      jobs_.push_back(std::move(job));
  }
  work_.notify_one();
}

std::vector<CheckPool::Done> CheckPool::take() {
  const std::lock_guard hold(mutex_);
  return std::exchange(finished_, {});
}

void CheckPool::wait(std::chrono::milliseconds at_most) {
  std::unique_lock hold(mutex_);
  done_.wait_for(hold, at_most, [this] { return !finished_.empty(); });
}

void CheckPool::work() {
  for (;;) {
    std::optional<Job> job;
    {
      std::unique_lock hold(mutex_);
      work_.wait(hold, [this] { return ends_ || !jobs_.empty(); });
      if (ends_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    try {
      Done done = look(*job);
      const std::lock_guard hold(mutex_);
      if (ends_) return;
      finished_.push_back(std::move(done));
    } catch (const std::bad_alloc&) {
      // Not even its failure can be told: it stays a paper that nobody looked into, and the next start
      // does.
    }
    done_.notify_all();
    if (job->urgent) news_();
  }
}

CheckPool::Done CheckPool::look(const Job& job) {
  Done done{.paper = job.paper,
            .style = job.style.id,
            .style_version = job.style.version,
            .found = std::nullopt,
            .failure = ""};
  try {
    if (const std::unique_ptr<OpenPaper> paper = stock_.open(job.paper))
      done.found = checked_paper(inspector_.look_at(paper->descriptor()), job.style);
  } catch (const Failure& failure) {
    done.failure = failure.error().text;
  } catch (const std::exception& error) {
    done.failure = error.what();
  }
  return done;
}

}  // namespace papertray
